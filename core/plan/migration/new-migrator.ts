import { basename, dirname, join } from '../../files.ts';
import { assemble } from '../../go/edit/go-file.ts';
import type { ImportSpec } from '../../go/edit/imports.ts';
import { qualifierOf } from '../../go/edit/imports.ts';
import type { Repo } from '../../go/repo/repo.ts';
import { Refusal } from '../../refusal.ts';
import { render } from '../../render.ts';
import { importPathOf } from '../package/import-path.ts';
import type { Create } from '../plan.ts';
import type { CalledMigration } from './called-migration.ts';
import type { VersionStep } from './step.ts';

/** The file of a migrator for a keeper that has none, with the method for one step. */
export function newMigrator(
  repo: Repo,
  dir: string,
  keeper: string,
  step: VersionStep,
  { made, qualifier, given }: CalledMigration,
): Create {
  const path = join(dir, 'migrations.go');
  if (repo.texts.has(path))
    throw new Refusal(
      `${path} exists already and declares no Migrator; write the migration by hand`,
      { file: path },
    );
  const { holds } = made;
  const root = importPathOf(repo, dirname(dirname(made.dir)));
  const importPath = `${root}/migrations/${basename(made.dir)}`;
  const imports = new Map<string, ImportSpec>([
    ['sdk', { path: 'github.com/cosmos/cosmos-sdk/types', alias: 'sdk' }],
    [qualifier, { path: importPath, alias: qualifier }],
  ]);
  if (holds) imports.set(qualifierOf(repo, dir, holds.import), holds.import);
  const migrator = render('migration/migrator.go', { keeper, holds: holds ?? '' }).trimEnd();
  const call = `${qualifier}.${made.func}(${given})`;
  const text = assemble(repo, {
    path,
    header: '',
    packageClause: `package ${repo.filesOf(dir)[0]!.package}`,
    body: `${migrator}\n\n${migratorMethod(step, 'sdk', call)}`,
    imports,
  });
  return { file: path, text };
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
