import { dirname } from '../../files.ts';
import type { ImportSpec } from '../../go/edit/imports.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { FileFacts } from '../../go/source/facts.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import { callArguments, callsOf, childByField, namedChildren } from '../../go/syntax/syntax.ts';
import { Refusal } from '../../refusal.ts';
import { render } from '../../render.ts';
import type { GenerationFacts } from '../../sdk/generations.ts';
import { nodeText } from '../go-tree.ts';
import type { BodyGenerator, KeeperAccess } from './generated-body.ts';
import type { MigrationArgument } from './keeper.ts';
import { argumentsFrom } from './keeper.ts';
import { keysPackage } from './store-access.ts';
import { sampleValue, valueTypeOf } from './value-codec.ts';

const sdk = 'github.com/cosmos/cosmos-sdk';
const plain = (path: string): ImportSpec => ({ path, alias: undefined });

/** A collection of the keeper, and the codec that its values had. */
export interface OldCodec {
  readonly field: string;
  readonly codec: string;
}

/** Reads `Balances=sdk.IntValue`. */
export function oldCodec(text: string): OldCodec | { readonly error: string } {
  const [, field, codec] =
    /^\s*(\w+)\s*=\s*([\w.]+(?:\[[\w.*[\]]+\])?(?:\((?:cdc)?\))?)\s*$/.exec(text) ?? [];
  if (field === undefined || codec === undefined)
    return {
      error:
        `${JSON.stringify(text)} names no collection and the codec its values had; ` +
        'write FIELD=CODEC, such as Balances=sdk.IntValue or ' +
        'Balances=codec.CollValue[types.Balance](cdc)',
    };
  return { field, codec };
}

/**
 * A migration that reads the values of a collections.Map or Item with the codec they had and writes
 * them with the one they have now. Keys stay as they are.
 */
export function newCodec(
  repo: Repo,
  asked: OldCodec,
  facts: GenerationFacts,
  module: string,
): BodyGenerator {
  return access => {
    const collection = collectionNamed(repo, access, asked.field);
    const { built, value } = collection;
    const { codec: old } = asked;
    const { prefix, codec: now } = built;
    refuseOtherCodecs(collection, old);
    const needsCdc = [old, now].some(codec => codec.includes('(cdc)'));
    const handed = handedFor(repo, access, collection, needsCdc);
    const used = [old, now, prefix, value].flatMap(qualifiers);
    const keeper = access.keeper.facts;
    const imports = new Map(
      used.map(name => [name, importOf(repo, built.facts, keeper, name)] as const),
    );
    refuseUndeclared(repo, dirname(keeper.path), old, imports);
    const keys = keysPackage(facts);
    const data = {
      old,
      now,
      prefix,
      value: sampleValue(value),
      cdc: needsCdc,
      module: JSON.stringify(module),
      keys: keys.name,
    };
    const ofBody = new Map([
      ...imports,
      ['runtime', plain(`${sdk}/runtime`)] as const,
      ['storetypes', { path: facts.storeTypes, alias: 'storetypes' }] as const,
    ]);
    const ofTest = new Map([
      ...ofBody,
      [keys.name, keys.wanted],
      ['bytes', plain('bytes')],
      ['testutil', plain(`${sdk}/testutil`)],
      ['codec', plain(`${sdk}/codec`)],
      ['codectypes', { path: `${sdk}/codec/types`, alias: 'codectypes' }],
    ]);
    return {
      handed,
      types: '',
      imports: handed.flatMap(argument => argument.import ?? []),
      body: {
        text: render('migration/new-codec.go', data).trimEnd(),
        below: '',
        imports: ofBody,
        test: func => ({
          text: render('migration/new-codec-test.go', { ...data, func }),
          imports: ofTest,
        }),
      },
    };
  };
}

/** A collection of the keeper: how it is built, and the type of its values. */
interface Collection {
  readonly built: BuiltCollection;
  readonly value: string;
  readonly refuse: (why: string) => Refusal;
}

function collectionNamed(repo: Repo, { keeper }: KeeperAccess, field: string): Collection {
  const { path } = keeper.facts;
  const dir = dirname(path);
  const refuse = (why: string) =>
    new Refusal(`${field} of the Keeper in ${dir} ${why}; write the migration by hand`, {
      file: path,
    });
  const type = keeper.fields.find(f => f.name === field)?.type;
  if (type === undefined)
    throw new Refusal(`the Keeper in ${dir} has no field ${field}`, { file: path });
  const value = /^collections\.(?:Map\[.+,\s*|Item\[)(.+)\]$/s.exec(type)?.[1];
  if (value === undefined)
    throw refuse(`is ${type}, and only a collections.Map or Item is followed`);
  const built = builtIn(repo, dir, field);
  if (!built)
    throw refuse('is not built by collections.NewMap or NewItem where it can be followed');
  return { built, value, refuse };
}

/** Refuses codecs that are not of the collection's values, and the one that it has already. */
function refuseOtherCodecs({ built, value, refuse }: Collection, old: string): void {
  if (built.codec === old) throw refuse(`has ${old} now; name the codec that its values had`);
  for (const codec of [old, built.codec]) {
    const type = valueTypeOf(codec);
    if (type === undefined)
      throw refuse(`holds ${value}, and ${codec} is not known to be a codec of that`);
    if (!sameType(type, value))
      throw refuse(`holds ${value}, and ${codec} is one of ${type}, not a codec of that`);
  }
}

/** What the migration is handed by the keeper: its store, and a codec where one is needed. */
function handedFor(
  repo: Repo,
  { keeper, text, dir, store: asked }: KeeperAccess,
  { refuse }: Collection,
  needsCdc: boolean,
): MigrationArgument[] {
  const found = argumentsFrom(repo, keeper, text, asked);
  const store = found.find(argument => argument.known === 'storeService');
  if (!store || dir !== dirname(keeper.facts.path))
    throw refuse('lies in a store service that is not at hand where the migration is called');
  if (!needsCdc) return [store];
  const cdc = found.find(argument => argument.known === 'codec');
  if (!cdc) throw refuse('needs a codec that the Keeper does not hold');
  return [store, cdc];
}

/** Where a collection is built: its prefix and the codec of its values. */
export interface BuiltCollection {
  readonly facts: FileFacts;
  readonly prefix: string;
  readonly codec: string;
}

/**
 * Where a collection is built; undefined where a migration cannot name its prefix and the codec of
 * its values.
 */
export function builtIn(repo: Repo, dir: string, field: string): BuiltCollection | undefined {
  for (const found of repo.functions(dir)) {
    const { facts, func } = found;
    if (!/\bNew(Map|Item)\(/.test(facts.text.slice(func.start, func.end))) continue;
    const call = callsOf(repo.syntaxOf(found), facts.text, 'NewMap', 'NewItem').find(
      one => assignedName(facts, one) === field,
    );
    if (call) return namable(facts, call);
  }
  return undefined;
}

/** The field that a call's result goes to, in a literal or an assignment. */
function assignedName(facts: FileFacts, { parent }: SyntaxNode): string | undefined {
  if (parent?.type === 'keyed_element') return nodeText(facts, namedChildren(parent)[0]);
  if (parent?.type !== 'expression_list') return undefined;
  const [target] = namedChildren(childByField(parent.parent, 'left'));
  const isField = target?.type === 'selector_expression';
  return nodeText(facts, isField ? childByField(target, 'field') : target);
}

/** Prefix and codec of a collection, where other packages can name both. */
function namable(facts: FileFacts, call: SyntaxNode): BuiltCollection | undefined {
  const given = callArguments(call).map(node => nodeText(facts, node));
  const [, prefix = ''] = given;
  const codec = given.at(-1) ?? '';
  const isNamed = /^\w+\.[A-Z]\w*(\((\d+|"[^"]*")\))?$/.test(prefix) && /^\w+\./.test(codec);
  return isNamed && 'codec' in oldCodec(`x=${codec}`) ? { facts, prefix, codec } : undefined;
}

/** The names of the packages that a piece of Go names. */
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
      `${name} is imported by no file that builds the Keeper, so it is not known which package it ` +
        "means; write the codec as the Keeper's files would",
      { file: keeper.path },
    );
  const isPlain = repo.packageName(path, dirname(keeper.path)) === name;
  return { path, alias: isPlain ? undefined : name };
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
    `${dir} declares no ${name}; ` +
      'the codec that the values had has to stay until the migration has run',
    { file: dir },
  );
}

function sameType(a: string, b: string): boolean {
  // The SDK's numbers go by several names.
  const plainType = (type: string) => type.replace(/\b(sdkmath|math|sdk)\./g, '');
  return plainType(a) === plainType(b);
}
