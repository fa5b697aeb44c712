import { dirname, join } from '../../files.ts';
import type { ImportSpec } from '../../go/edit/imports.ts';
import type { Repo } from '../../go/repo/repo.ts';
import { childByField } from '../../go/syntax/syntax.ts';
import { Refusal } from '../../refusal.ts';
import { render } from '../../render.ts';
import type { GenerationFacts } from '../../sdk/generations.ts';
import { handlerParameters } from '../handler/handler-shape.ts';
import type { BodyGenerator, KeeperAccess, MigrationFolder } from './generated-body.ts';
import type { MigrationArgument } from './keeper.ts';
import { argumentsFrom } from './keeper.ts';
import { builtIn } from './old-codec.ts';
import { carryOver, example } from './old-message/carry-over.ts';
import type { OldType, TypeChange } from './old-message/compare.ts';
import { freeze } from './old-message/freeze.ts';
import type { KeyPrefix } from './old-message/key-prefix.ts';
import { keyPrefix } from './old-message/key-prefix.ts';
import type { VersionStep } from './step.ts';
import type { Piece } from './store-access.ts';
import { keysPackage, storeOf, testArgument } from './store-access.ts';

/** What a migration of one type is written for. */
export interface TypeMigration {
  readonly module: string;
  readonly step: VersionStep;
  readonly facts: GenerationFacts;
  readonly notes: string[];
}

const sdk = 'github.com/cosmos/cosmos-sdk';
const plain = (path: string): ImportSpec => ({ path, alias: undefined });

/**
 * A migration that reads values as the message they were, kept below it, and writes them as the
 * message they are now.
 */
export function oldType(
  repo: Repo,
  { change, prefix: asked, ref, today }: OldType,
  { module, step, facts, notes }: TypeMigration,
): BodyGenerator {
  return (holder, place) => {
    const { keeper } = holder;
    const { message } = change;
    const name = message.now.name;
    const prefix = prefixOf(repo, holder, change, asked);
    const store = storeHanded(repo, holder);
    const given = store && testArgument(store.type);
    const access =
      store &&
      storeOf({
        text: '',
        list: [
          { name: 'ctx', type: 'sdk.Context', text: '' },
          { ...store, text: '' },
        ],
      });
    if (!store || !access || !given)
      throw new Refusal(
        `the Keeper in ${dirname(keeper.facts.path)} has no store that is at hand where the migration is called; write the migration by hand`,
        { file: keeper.facts.path },
      );
    const below = belowOlder(repo, place);
    const dir = join(place.dir, below);
    const live = repo.importPath(change.dir)!;
    const own = message.now.facts.package;
    const names = { now: own, old: 'oldtypes' };
    const written = change.changes.map(c => carryOver(c, names, { to: step.to, ref }));
    const imports = new Map<string, ImportSpec>([
      [own, { path: live, alias: repo.packageName(live, place.dir) === own ? undefined : own }],
      ['oldtypes', { path: repo.importPath(dir)!, alias: 'oldtypes' }],
      ...written.flatMap(w => [...w.imports]),
    ]);
    if (prefix.import)
      imports.set(prefix.text.replace(/^\[\]byte[({]/, '').replace(/\..*$/s, ''), prefix.import);
    const keys = keysPackage(facts);
    const data = {
      name,
      prefix: prefix.text,
      store: access.text,
      storetypes: 'storetypes',
      old: 'oldtypes',
      ref,
      to: step.to,
      module: JSON.stringify(module),
      keys: keys.name,
    };
    notes.push(
      `All that lies under ${prefix.text} in the store of x/${module} has to be a ${name}: an entry that does not read as one fails the upgrade.`,
    );
    for (const { now, fields, gone } of change.changes) {
      const open = fields.filter(f => f.how === 'new' || f.how === 'changed').map(f => f.name);
      if (open.length)
        notes.push(
          `migrate${now.name} leaves ${open.join(', ')} empty: decide there what ${open.length === 1 ? 'it gets' : 'they get'}.`,
        );
      if (gone.length)
        notes.push(`Nothing takes what ${gone.map(f => f.name).join(', ')} of ${now.name} held.`);
    }
    return {
      handed: [store],
      types: '',
      imports: store.import ? [store.import] : [],
      beside: freeze(repo, change, { dir, ref, module, today }),
      body: {
        text: render('migration/old-type.go', data).trimEnd(),
        below: written.map(w => w.text).join('\n\n'),
        imports: new Map([
          ...imports,
          ...access.imports,
          ['storetypes', { path: facts.storeTypes, alias: 'storetypes' }],
        ]),
        test: func =>
          testOf(
            func,
            {
              ...data,
              given,
              before: example(message, names, 'old', '\t'),
              after: example(message, names, 'now', '\t'),
            },
            new Map([...imports, [keys.name, keys.wanted]]),
          ),
      },
    };
  };
}

/**
 * The keeper's store as the caller gets at it: the field itself in the keeper's package, or a
 * method that gives it.
 */
function storeHanded(
  repo: Repo,
  { keeper, text, dir }: KeeperAccess,
): MigrationArgument | undefined {
  const home = dirname(keeper.facts.path);
  const field = argumentsFrom(repo, keeper, text).find(h => h.name !== 'cdc');
  if (field && (dir === home || /\.[A-Z]\w*$/.test(field.given))) return field;
  for (const found of repo
    .functions(home)
    .filter(({ func }) => func.receiver?.type === 'Keeper' && /^[A-Z]/.test(func.name))) {
    const syntax = repo.syntaxOf(found);
    const result = childByField(syntax, 'result');
    const type = result ? found.facts.text.slice(result.start, result.end) : '';
    const [, qualifier] = /^(\w+)\.KVStoreService$/.exec(type) ?? [];
    const path = qualifier === undefined ? undefined : repo.importFor(found.facts, qualifier);
    if (path !== undefined && syntax && handlerParameters(syntax, found.facts).list.length === 0)
      return {
        name: 'storeService',
        type,
        given: `${text}.${found.func.name}()`,
        import: { path, alias: repo.packageName(path, home) === qualifier ? undefined : qualifier },
      };
  }
  return undefined;
}

function testOf(
  func: string,
  data: Readonly<Record<string, unknown>> & { readonly given: Piece },
  imports: Piece['imports'],
): Piece {
  const { given } = data;
  return {
    text: render('migration/old-type-test.go', {
      ...data,
      func,
      call: `${func}(ctx, ${given.text})`,
    }),
    imports: new Map([
      ...imports,
      ...given.imports,
      ['bytes', plain('bytes')],
      ['testutil', plain(`${sdk}/testutil`)],
    ]),
  };
}

/** The prefix that was named, or that of the one collection whose values are of the type. */
function prefixOf(
  repo: Repo,
  { keeper }: KeeperAccess,
  { dir, message }: TypeChange,
  asked: string | undefined,
): KeyPrefix {
  if (asked !== undefined) return keyPrefix(repo, asked, keeper.facts, dir);
  const { name } = message.now;
  const held = keeper.fields.filter(f =>
    new RegExp(`^collections\\.(Map\\[[^]+,\\s*|Item\\[)(\\w+\\.)?${name}\\]$`).test(f.type),
  );
  const home = dirname(keeper.facts.path);
  const built = held.length === 1 ? builtIn(repo, home, held[0]!.name) : undefined;
  if (!built || !new RegExp(`^codec\\.CollValue\\[(\\w+\\.)?${name}\\]\\(`).test(built.codec))
    throw new Refusal(
      `${held.length > 1 ? `several collections of the Keeper in ${home} hold` : `no collection of the Keeper in ${home} is known to hold`} ${name} as it is encoded; name the prefix of its keys, as ${name}=PREFIX, such as ${name}=0x01`,
      { file: keeper.facts.path },
    );
  return keyPrefix(repo, built.prefix, built.facts, dir);
}

/**
 * What the older migration calls the package below it that keeps old types; `types` where there is
 * none.
 */
function belowOlder(repo: Repo, { older }: MigrationFolder): string {
  const path = older === undefined ? undefined : repo.importPath(older);
  const imported = (older === undefined ? undefined : repo.packages.get(older))?.files
    .flatMap(file => repo.imports(file))
    .find(i => path !== undefined && i.startsWith(`${path}/`) && /types$/.test(i));
  return imported === undefined ? 'types' : imported.slice(path!.length + 1);
}
