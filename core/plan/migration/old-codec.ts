import { dirname } from '../../files.ts';
import type { ImportSpec } from '../../go/edit/imports.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { FileFacts } from '../../go/source/facts.ts';
import { callArguments, callsOf, childByField, namedChildren } from '../../go/syntax/syntax.ts';
import { Refusal } from '../../refusal.ts';
import { render } from '../../render.ts';
import type { GenerationFacts } from '../../sdk/generations.ts';
import type { BodyGenerator } from './generated-body.ts';
import { argumentsFrom } from './keeper.ts';
import { keysPackage } from './store-access.ts';
import { valueOf, valueTypeOf } from './value-codec.ts';

const sdk = 'github.com/cosmos/cosmos-sdk';
const plain = (path: string): ImportSpec => ({ path, alias: undefined });

/** Reads `Balances=sdk.IntValue`: a collection of the keeper, and the codec its values had. */
export function oldCodec(
  text: string,
): { readonly field: string; readonly codec: string } | { readonly error: string } {
  const [, field, codec] =
    /^\s*(\w+)\s*=\s*([\w.]+(?:\[[\w.*[\]]+\])?(?:\((?:cdc)?\))?)\s*$/.exec(text) ?? [];
  if (field === undefined || codec === undefined)
    return {
      error: `${JSON.stringify(text)} names no collection and the codec its values had; write FIELD=CODEC, such as Balances=sdk.IntValue or Balances=codec.CollValue[types.Balance](cdc)`,
    };
  return { field, codec };
}

/**
 * A migration that reads the values of a collections.Map or Item with the codec they had and writes
 * them with the one they have now. Keys stay as they are.
 */
export function newCodec(
  repo: Repo,
  { field, codec: old }: { readonly field: string; readonly codec: string },
  facts: GenerationFacts,
  module: string,
): BodyGenerator {
  return holder => {
    const { keeper } = holder;
    const dir = dirname(keeper.facts.path);
    const refuse = (why: string) =>
      new Refusal(`${field} of the Keeper in ${dir} ${why}; write the migration by hand`, {
        file: keeper.facts.path,
      });
    const type = keeper.fields.find(f => f.name === field)?.type;
    const value = /^collections\.(?:Map\[[^]+,\s*|Item\[)([^]+)\]$/.exec(type ?? '')?.[1];
    if (type === undefined)
      throw new Refusal(`the Keeper in ${dir} has no field ${field}`, { file: keeper.facts.path });
    if (value === undefined)
      throw refuse(`is ${type}, and only a collections.Map or Item is followed`);
    const built = builtIn(repo, dir, field);
    if (!built)
      throw refuse('is not built by collections.NewMap or NewItem where it can be followed');
    const { prefix, codec: now } = built;
    const given = argumentsFrom(repo, keeper, holder.text);
    const store = given.find(h => h.name === 'storeService');
    const cdc = given.find(h => h.name === 'cdc');
    if (now === old) throw refuse(`has ${old} now; name the codec that its values had`);
    for (const codec of [old, now]) {
      const of = valueTypeOf(codec);
      if (of === undefined || !sameType(of, value))
        throw refuse(
          `holds ${value}, and ${codec} is ${of === undefined ? 'not known to be' : `one of ${of}, not`} a codec of that`,
        );
    }
    if (!store || holder.dir !== dir)
      throw refuse('lies in a store service that is not at hand where the migration is called');
    const needsCdc = [old, now].some(c => c.includes('(cdc)'));
    if (needsCdc && !cdc) throw refuse('needs a codec that the Keeper does not hold');
    const handed = needsCdc ? [store, cdc!] : [store];
    const texts = [old, now, prefix, value];
    const imports = new Map(
      texts
        .flatMap(text => qualifiers(text))
        .map(name => [name, importOf(repo, built.facts, keeper.facts, name)] as const),
    );
    const keys = keysPackage(facts);
    const more: readonly (readonly [string, ImportSpec])[] = [
      ['runtime', plain(`${sdk}/runtime`)],
      ['storetypes', { path: facts.storeTypes, alias: 'storetypes' }],
    ];
    refuseUndeclared(repo, dir, old, imports);
    const data = {
      old,
      now,
      prefix,
      value: valueOf(value),
      cdc: needsCdc,
      module: JSON.stringify(module),
      keys: keys.name,
    };
    const tested = new Map([
      ...imports,
      ...more,
      [keys.name, keys.wanted],
      ['bytes', plain('bytes')],
      ['testutil', plain(`${sdk}/testutil`)],
      ['codec', plain(`${sdk}/codec`)],
      ['codectypes', { path: `${sdk}/codec/types`, alias: 'codectypes' }],
    ]);
    return {
      handed,
      types: '',
      imports: handed.flatMap(h => h.import ?? []),
      body: {
        text: render('migration/new-codec.go', data).trimEnd(),
        below: '',
        imports: new Map([...imports, ...more]),
        test: func => ({
          text: render('migration/new-codec-test.go', { ...data, func }),
          imports: tested,
        }),
      },
    };
  };
}

/**
 * Where a collection is built: its prefix and the codec of its values, both of which a migration
 * can name.
 */
export function builtIn(
  repo: Repo,
  dir: string,
  field: string,
): { facts: FileFacts; prefix: string; codec: string } | undefined {
  for (const found of repo.functions(dir)) {
    const { text } = found.facts;
    if (!/\bNew(Map|Item)\(/.test(text.slice(found.func.start, found.func.end))) continue;
    for (const call of callsOf(repo.syntaxOf(found), text, 'NewMap', 'NewItem')) {
      const around = call.parent;
      const name =
        around?.type === 'keyed_element'
          ? namedChildren(around)[0]
          : around?.type === 'expression_list'
            ? namedChildren(childByField(around.parent, 'left'))[0]
            : undefined;
      const said = name && text.slice(name.start, name.end);
      const given = callArguments(call).map(n => text.slice(n.start, n.end));
      const [prefix, codec] = [given[1] ?? '', given.at(-1) ?? ''];
      if (said === undefined || said.replace(/^.*\./, '') !== field) continue;
      return /^\w+\.[A-Z]\w*(\((\d+|"[^"]*")\))?$/.test(prefix) &&
        'codec' in oldCodec(`x=${codec}`) &&
        /^\w+\./.test(codec)
        ? { facts: found.facts, prefix, codec }
        : undefined;
    }
  }
  return undefined;
}

function qualifiers(text: string): string[] {
  return [...text.matchAll(/(?<![.\w])(\w+)\.[A-Z]/g)].map(m => m[1]!);
}

const customary: Readonly<Record<string, string>> = {
  collections: 'cosmossdk.io/collections',
  sdk: `${sdk}/types`,
  codec: `${sdk}/codec`,
  math: 'cosmossdk.io/math',
};

function importOf(repo: Repo, built: FileFacts, keeper: FileFacts, name: string): ImportSpec {
  const path = repo.importFor(built, name) ?? repo.importFor(keeper, name) ?? customary[name];
  if (path === undefined)
    throw new Refusal(
      `${name} is imported by no file that builds the Keeper, so what it stands for is not known; write the codec as the Keeper's files would`,
      { file: keeper.path },
    );
  return { path, alias: repo.packageName(path, dirname(keeper.path)) === name ? undefined : name };
}

/** A codec of this repository has to be there still. */
function refuseUndeclared(
  repo: Repo,
  from: string,
  codec: string,
  imports: ReadonlyMap<string, ImportSpec>,
): void {
  const [, qualifier = '', name = ''] = /^(\w+)\.(\w+)/.exec(codec) ?? [];
  const path = imports.get(qualifier)?.path;
  const dir = path === undefined ? undefined : repo.dirOf(path, from);
  if (dir === undefined || repo.func(dir, name) || repo.value(dir, name)) return;
  throw new Refusal(
    `${dir} declares no ${name}; the codec that the values had has to stay until the migration has run`,
    { file: dir },
  );
}

function sameType(a: string, b: string): boolean {
  const last = (type: string) => type.replace(/\b(sdkmath|math|sdk)\./g, '');
  return last(a) === last(b);
}
