import type { VersionStep } from '../../edit/version-step.ts';
import { assemble } from '../../go/edit/go-file.ts';
import type { ImportSpec } from '../../go/edit/imports.ts';
import type { Repo } from '../../go/repo/repo.ts';
import { quote } from '../../go/syntax/syntax.ts';
import { render } from '../../render.ts';
import type { GenerationFacts } from '../../sdk/generations.ts';
import type { Create } from '../plan.ts';
import type { Entry, MigrationBody } from './body.ts';
import type { Piece, TakenParameter } from './store-access.ts';
import { keysPackage, testArgument } from './store-access.ts';

/** What a test is written for: the file with the migration's function, and what that does. */
export interface TestedMigration {
  readonly module: string;
  readonly step: VersionStep;
  readonly made: Pick<Create, 'file'>;
  /** The package clause's name. */
  readonly package: string;
  readonly func: string;
  readonly taken: readonly TakenParameter[];
  readonly body: MigrationBody;
  readonly sdk: GenerationFacts;
}

/**
 * The test of a migration, beside its file: entries in an in-memory store, migrated, and compared
 * with what has to be there. A migration that leaves the store alone fails it. Undefined where a
 * test cannot make what the function takes.
 */
export function migrationTest(repo: Repo, tested: TestedMigration): Create | undefined {
  const test = tested.body.test?.(tested.func) ?? storeTest(tested);
  if (!test) return undefined;
  const file = tested.made.file.replace(/\.go$/, '_test.go');
  const text = assemble(repo, {
    path: file,
    header: '',
    packageClause: `package ${tested.package}`,
    body: test.text,
    imports: new Map<string, ImportSpec>([
      ['testing', { path: 'testing', alias: undefined }],
      ['sdk', { path: tested.sdk.sdk, alias: 'sdk' }],
      ...test.imports,
    ]),
  });
  return { file, text };
}

/** A test that compares the entries of a store before and after. */
function storeTest(tested: TestedMigration): Piece | undefined {
  const { module, step, func, taken, body, sdk } = tested;
  const given = taken.map(({ known }) => testArgument(known));
  if (!body.shown || !given.every(piece => piece !== undefined)) return undefined;
  const keys = keysPackage(sdk);
  const { before, after, again, example } = body.shown;
  const text = render('migration/test.go', {
    func,
    module: quote(module),
    from: step.from,
    to: step.to,
    keys: keys.name,
    testutil: 'testutil',
    before: aligned(before),
    after: aligned(after),
    again,
    example,
    call: `${func}(${given.map(piece => piece.text).join(', ')})`,
  });
  const imports = new Map<string, ImportSpec>([
    ['reflect', { path: 'reflect', alias: undefined }],
    [keys.name, keys.wanted],
    ['testutil', { path: 'github.com/cosmos/cosmos-sdk/testutil', alias: undefined }],
    ...given.flatMap(piece => [...piece.imports]),
  ]);
  return { text, imports };
}

/** The entries of a map literal, as gofmt lines them up. */
export function aligned(entries: readonly Entry[]): string[] {
  const width = Math.max(...entries.map(e => e.key.length)) + 1;
  return entries.map(({ key, value }) => `${`${key}:`.padEnd(width)} ${value},`);
}
