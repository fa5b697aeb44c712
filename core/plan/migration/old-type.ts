import type { VersionStep } from '../../edit/version-step.ts';
import { dirname, join } from '../../files.ts';
import type { ImportSpec } from '../../go/edit/imports.ts';
import type { FoundFunc, Repo } from '../../go/repo/repo.ts';
import { typeRef } from '../../go/source/type-ref.ts';
import { childByField } from '../../go/syntax/syntax.ts';
import { Refusal } from '../../refusal.ts';
import { render } from '../../render.ts';
import type { GenerationFacts } from '../../sdk/generations.ts';
import { isExported, nodeText } from '../go-tree.ts';
import { handlerParameters } from '../handler/handler-shape.ts';
import type { BodyGenerator, KeeperAccess, MigrationFolder } from './generated-body.ts';
import type { MigrationArgument } from './keeper.ts';
import { argumentsFrom } from './keeper.ts';
import { knownType } from './known-type.ts';
import { builtIn } from './old-codec.ts';
import { carryOver, example } from './old-message/carry-over.ts';
import type { OldType, TypeChange } from './old-message/compare.ts';
import { freeze } from './old-message/freeze.ts';
import type { KeyPrefix } from './old-message/key-prefix.ts';
import { keyPrefix } from './old-message/key-prefix.ts';
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
export function oldType(repo: Repo, read: OldType, migration: TypeMigration): BodyGenerator {
  return (access, folder) => {
    const { change, ref, today } = read;
    const { module, step, facts } = migration;
    const { message } = change;
    const { name, facts: declared } = message.now;
    const prefix = prefixOf(repo, access, change, read.prefix);
    const { store, opened, argument } = storeFor(repo, access);
    const dir = join(folder.dir, belowOlder(repo, folder));
    const names = { now: declared.package, old: 'oldtypes' };
    const written = change.changes.map(one => carryOver(one, names, { to: step.to, ref }));
    const imports = new Map<string, ImportSpec>([
      [names.now, todaysPackage(repo, change, folder.dir)],
      [names.old, { path: repo.importPath(dir)!, alias: names.old }],
      ...written.flatMap(one => [...one.imports]),
    ]);
    if (prefix.import) imports.set(qualifierIn(prefix.text), prefix.import);
    const keys = keysPackage(facts);
    const data = {
      name,
      prefix: prefix.text,
      store: opened.text,
      storetypes: 'storetypes',
      old: names.old,
      ref,
      to: step.to,
      module: JSON.stringify(module),
      keys: keys.name,
    };
    migration.notes.push(...notesOn(change, prefix, module));
    const tested = {
      ...data,
      given: argument,
      before: example(message, names, 'old', '\t'),
      after: example(message, names, 'now', '\t'),
    };
    return {
      handed: [store],
      types: '',
      imports: store.import ? [store.import] : [],
      beside: freeze(repo, change, { dir, ref, module, today }),
      body: {
        text: render('migration/old-type.go', data).trimEnd(),
        below: written.map(one => one.text).join('\n\n'),
        imports: new Map([
          ...imports,
          ...opened.imports,
          ['storetypes', { path: facts.storeTypes, alias: 'storetypes' }],
        ]),
        test: func => testOf(func, tested, new Map([...imports, [keys.name, keys.wanted]])),
      },
    };
  };
}

/** The package that declares the message today, as a migration's folder imports it. */
function todaysPackage(repo: Repo, { dir, message }: TypeChange, from: string): ImportSpec {
  const path = repo.importPath(dir)!;
  const name = message.now.facts.package;
  return { path, alias: repo.packageName(path, from) === name ? undefined : name };
}

/** The package's name in a prefix such as `[]byte(types.VoteKey)`. */
function qualifierIn(prefix: string): string {
  return prefix.replace(/^\[\]byte[({]/, '').replace(/\..*$/s, '');
}

/** What the developers have to know of the migration, and to decide in it. */
function notesOn({ message, changes }: TypeChange, prefix: KeyPrefix, module: string): string[] {
  const { name } = message.now;
  const notes = [
    `All that lies under ${prefix.text} in the store of x/${module} has to be a ${name}: ` +
      'an entry that does not read as one fails the upgrade.',
  ];
  for (const { now, fields, gone } of changes) {
    const open = fields.filter(field => field.how === 'new' || field.how === 'changed');
    if (open.length > 0) {
      const list = open.map(field => field.name).join(', ');
      const what = open.length === 1 ? 'it gets' : 'they get';
      notes.push(`migrate${now.name} leaves ${list} empty: decide there what ${what}.`);
    }
    if (gone.length > 0)
      notes.push(`Nothing takes what ${gone.map(f => f.name).join(', ')} of ${now.name} held.`);
  }
  return notes;
}

/** The store that a migration's function is handed. */
interface HandedStore {
  readonly store: MigrationArgument;
  /** How the function opens it. */
  readonly opened: Piece;
  /** What a test hands over for it. */
  readonly argument: Piece;
}

function storeFor(repo: Repo, access: KeeperAccess): HandedStore {
  const store = storeHanded(repo, access);
  const argument = store && testArgument(store.known);
  const opened = store && storeOf([{ name: 'ctx', known: 'sdkContext' }, store]);
  if (store && argument && opened) return { store, opened, argument };
  const { path } = access.keeper.facts;
  throw new Refusal(
    `the Keeper in ${dirname(path)} has no store that is at hand where the migration is called; ` +
      'write the migration by hand',
    { file: path },
  );
}

/**
 * The keeper's store as the caller gets at it: the field itself in the keeper's package, or a
 * method that gives it.
 */
function storeHanded(repo: Repo, access: KeeperAccess): MigrationArgument | undefined {
  const { keeper, text, dir, store: asked } = access;
  const home = dirname(keeper.facts.path);
  const field = argumentsFrom(repo, keeper, text, asked).find(
    argument => argument.known !== 'codec',
  );
  if (field && (dir === home || /\.[A-Z]\w*$/.test(field.given))) return field;
  const methods = repo
    .functions(home)
    .filter(({ func }) => func.receiver?.type === 'Keeper' && isExported(func.name));
  for (const method of methods) {
    const given = storeGiven(repo, method, access);
    if (given) return given;
  }
  return undefined;
}

/** The store service that a method of the keeper gives; undefined where it gives none. */
function storeGiven(
  repo: Repo,
  method: FoundFunc,
  { text }: KeeperAccess,
): MigrationArgument | undefined {
  const { facts, func } = method;
  const syntax = repo.syntaxOf(method);
  const type = nodeText(facts, childByField(syntax, 'result'));
  const qualifier = typeRef(type)?.qualifier;
  const known = knownType(repo, facts, type);
  if (qualifier === undefined || type.startsWith('*') || known !== 'storeService') return undefined;
  const path = repo.importFor(facts, qualifier);
  const takesNothing = syntax && handlerParameters(syntax, facts).list.length === 0;
  if (path === undefined || !takesNothing) return undefined;
  const isPlain = repo.packageName(path, dirname(facts.path)) === qualifier;
  return {
    name: 'storeService',
    type,
    known,
    given: `${text}.${func.name}()`,
    import: { path, alias: isPlain ? undefined : qualifier },
  };
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
  const values = new RegExp(`^collections\\.(Map\\[.+,\\s*|Item\\[)(\\w+\\.)?${name}\\]$`, 's');
  const fields = keeper.fields.filter(field => values.test(field.type));
  const home = dirname(keeper.facts.path);
  const built = fields.length === 1 ? builtIn(repo, home, fields[0]!.name) : undefined;
  if (built && new RegExp(`^codec\\.CollValue\\[(\\w+\\.)?${name}\\]\\(`).test(built.codec))
    return keyPrefix(repo, built.prefix, built.facts, dir);
  const which =
    fields.length > 1
      ? `several collections of the Keeper in ${home} hold`
      : `no collection of the Keeper in ${home} is known to hold`;
  throw new Refusal(
    `${which} ${name} as it is encoded; name the prefix of its keys, as ${name}=PREFIX, ` +
      `such as ${name}=0x01`,
    { file: keeper.facts.path },
  );
}

/**
 * What the older migration calls the package below it that keeps old types; `types` where there is
 * none.
 */
function belowOlder(repo: Repo, { older }: MigrationFolder): string {
  const path = older === undefined ? undefined : repo.importPath(older);
  if (older === undefined || path === undefined) return 'types';
  const files = repo.packages.get(older)?.files ?? [];
  const imported = files
    .flatMap(file => repo.imports(file))
    .find(one => one.startsWith(`${path}/`) && one.endsWith('types'));
  return imported?.slice(path.length + 1) ?? 'types';
}
