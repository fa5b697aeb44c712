import type { VersionStep } from '../../edit/version-step.ts';
import { basename, dirname, join } from '../../files.ts';
import { assemble } from '../../go/edit/go-file.ts';
import type { ImportSpec } from '../../go/edit/imports.ts';
import { qualifierOf } from '../../go/edit/imports.ts';
import { freeImport } from '../../go/edit/imports-in-use.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { FileFacts } from '../../go/source/facts.ts';
import { Refusal } from '../../refusal.ts';
import { render } from '../../render.ts';
import { importPathOf } from '../package/import-path.ts';
import type { Create } from '../plan.ts';
import type { CalledMigration } from './called-migration.ts';
import { importCall } from './called-migration.ts';
import type { MigrationJob } from './job.ts';
import type { MigratorField } from './keeper.ts';

/**
 * Writes a migrator for a keeper that has none, with the method for one step: into a file of its
 * own, or below what its usual file has.
 */
export function writeMigrator(
  job: MigrationJob,
  dir: string,
  keeper: string,
  called: CalledMigration,
): void {
  const { repo } = job;
  const free = ['migrations.go', 'migrator.go']
    .map(name => join(dir, name))
    .find(path => !repo.texts.has(path) || isPlain(repo, path));
  if (free === undefined)
    throw new Refusal(
      `${join(dir, 'migrations.go')} and migrator.go exist already and are not for every build; ` +
        'write the migration by hand',
      { file: dir },
    );
  const facts = repo.facts(free);
  if (facts) addMigrator(job, facts, keeper, called);
  else job.creates.push(newFile(job, free, keeper, called));
}

/** Whether a file is written by people, and for every build. */
function isPlain(repo: Repo, path: string): boolean {
  const facts = repo.facts(path);
  return facts?.generated === false && facts.buildTags === undefined;
}

/** The migrator at the end of a file. */
function addMigrator(
  { repo, changes, step }: MigrationJob,
  facts: FileFacts,
  keeper: string,
  called: CalledMigration,
): void {
  const { text, path } = facts;
  const { holds } = called.made;
  const sdk = freeImport(repo, facts, { path: 'github.com/cosmos/cosmos-sdk/types', alias: 'sdk' });
  changes.import(path, sdk);
  if (holds) changes.import(path, holds.import);
  const call = importCall(repo, changes, facts, called);
  const qualifier = qualifierOf(repo, dirname(path), sdk);
  const declarations = declarationsOf(keeper, step, qualifier, call, holds);
  const newline = text.endsWith('\n') ? '' : '\n';
  changes.edit(path, text.length, text.length, `${newline}\n${declarations}\n`);
}

function newFile(
  { repo, step }: MigrationJob,
  path: string,
  keeper: string,
  { made, qualifier, given }: CalledMigration,
): Create {
  const { holds } = made;
  const dir = dirname(path);
  const root = importPathOf(repo, dirname(dirname(made.dir)));
  const importPath = `${root}/migrations/${basename(made.dir)}`;
  const imports = new Map<string, ImportSpec>([
    ['sdk', { path: 'github.com/cosmos/cosmos-sdk/types', alias: 'sdk' }],
    [qualifier, { path: importPath, alias: qualifier }],
  ]);
  if (holds) imports.set(qualifierOf(repo, dir, holds.import), holds.import);
  const call = `${qualifier}.${made.func}(${given})`;
  const text = assemble(repo, {
    path,
    header: '',
    packageClause: `package ${repo.filesOf(dir)[0]!.package}`,
    body: declarationsOf(keeper, step, 'sdk', call, holds),
    imports,
  });
  return { file: path, text };
}

/** The migrator, its constructor, and its method for a step. */
function declarationsOf(
  keeper: string,
  step: VersionStep,
  sdk: string,
  call: string,
  holds: MigratorField | undefined,
): string {
  const migrator = render('migration/migrator.go', { keeper, holds: holds ?? '' }).trimEnd();
  return `${migrator}\n\n${migratorMethod(step, sdk, call)}`;
}

/** What a migrator's method for a step is called in our own layout. */
export function methodFor({ from, to }: VersionStep): string {
  return `Migrate${from}to${to}`;
}

/** A method of the Migrator that runs one step; `sdk`: how its file calls the SDK's types. */
export function migratorMethod(step: VersionStep, sdk: string, call: string): string {
  const name = methodFor(step);
  return (
    `// ${name} migrates the state of the module from version ${step.from} to ${step.to}.\n` +
    `func (m Migrator) ${name}(ctx ${sdk}.Context) error {\n\treturn ${call}\n}`
  );
}
