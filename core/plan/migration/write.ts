import { basename, join } from '../../files.ts';
import { indentRest } from '../../go/edit/edit.ts';
import { assemble } from '../../go/edit/go-file.ts';
import { qualifierOf } from '../../go/edit/imports.ts';
import type { Repo } from '../../go/repo/repo.ts';
import { Refusal } from '../../refusal.ts';
import { render } from '../../render.ts';
import { importsOfGeneration } from '../../sdk/generations.ts';
import type { MigrationBody } from './body.ts';
import { ownBody, prefixBody } from './body.ts';
import type { MigrationJob } from './job.ts';
import type { TakenStore } from './keeper.ts';
import type { MigrationPackage } from './package.ts';
import { parametersOf, withoutClashes } from './parameters.ts';
import type { TakenParameter } from './store-access.ts';
import { migrationTest } from './test-file.ts';

/**
 * Writes the package of a migration: the file with its function, and a test where one is asked for.
 * A folder that is there already keeps what it has.
 */
export function writeMigration(job: MigrationJob, made: MigrationPackage): void {
  const { repo } = job;
  const path = pathFor(repo, made);
  const taken = parametersOf(repo, made);
  const parameters = taken.map(({ name, type }) => `${name} ${type}`).join(', ');
  const body = made.body ?? bodyFor(job, taken, made.func);
  const clause = repo.filesOf(made.dir)[0]?.package ?? made.name;
  const spelled = withoutClashes(repo, { ...made, parameters }, body.imports);
  job.creates.push({ file: path, text: fileText(job, spelled, path, clause, body) });
  for (const create of made.beside ?? []) {
    refuseExisting(repo, create.file);
    job.creates.push(create);
  }
  if (job.test) addTest(job, made, path, clause, body, taken);
  if (made.choice) job.notes.push(noteOn(job.module.name, made.choice));
}

function noteOn(module: string, { taken, among, asBefore }: TakenStore): string {
  const which = asBefore ? `${taken}, as the one before it` : taken;
  return (
    `x/${module} has several stores (${among.join(', ')}): the migration gets ${which}. ` +
    '--store names another.'
  );
}

/** The new file in the migration's folder. */
function pathFor(repo: Repo, { dir, func, like }: MigrationPackage): string {
  if (repo.func(dir, func))
    throw new Refusal(`${func} exists already in ${dir}; register it, or remove it`, { file: dir });
  const wanted = join(dir, like ? basename(like.path) : 'store.go');
  const isTaken = repo.packages.get(dir)?.files.includes(wanted) ?? false;
  const path = isTaken ? join(dir, 'migrate.go') : wanted;
  refuseExisting(repo, path);
  return path;
}

function refuseExisting(repo: Repo, file: string): void {
  if (repo.texts.has(file))
    throw new Refusal(`${file} exists already; remove it, or write the migration by hand`, {
      file,
    });
}

function fileText(
  { repo, module, step }: MigrationJob,
  made: MigrationPackage,
  path: string,
  clause: string,
  body: MigrationBody,
): string {
  const text = render('migration/store.go', {
    func: made.func,
    module: module.name,
    from: step.from,
    to: step.to,
    parameters: made.parameters,
    body: `\t${indentRest(body.text, '\t')}`,
  });
  const imports = made.imports.map(spec => [qualifierOf(repo, made.dir, spec), spec] as const);
  return assemble(repo, {
    path,
    header: '',
    packageClause: `package ${clause}`,
    body: [made.types, text.trimEnd(), body.below].filter(Boolean).join('\n\n'),
    imports: new Map([...imports, ...body.imports]),
  });
}

function addTest(
  job: MigrationJob,
  { func }: MigrationPackage,
  path: string,
  clause: string,
  body: MigrationBody,
  taken: readonly TakenParameter[],
): void {
  const { repo, module, step, notes } = job;
  const { generation } = job.app.sdk;
  const test =
    generation === null
      ? undefined
      : migrationTest(repo, {
          module: module.name,
          step,
          made: { file: path },
          package: clause,
          func,
          taken,
          body,
          sdk: importsOfGeneration(generation),
        });
  if (!test) {
    const why =
      body.shown || body.test
        ? `${func} takes what only the app can make`
        : `${func} is handed no store that a test could fill`;
    notes.push(`No test was written of the migration of x/${module.name}: ${why}.`);
  } else if (repo.texts.has(test.file)) {
    notes.push(`${test.file} exists already: the migration's test was not written.`);
  } else {
    job.creates.push(test);
  }
}

function bodyFor(
  { app, step, prefix, module }: MigrationJob,
  taken: readonly TakenParameter[],
  func: string,
): MigrationBody {
  if (!prefix) return ownBody(step, taken);
  if (app.sdk.generation === null)
    throw new Refusal('cannot choose the imports: the Cosmos SDK version of this app is not known');
  const body = prefixBody(prefix, taken, importsOfGeneration(app.sdk.generation));
  if (!body)
    throw new Refusal(
      `${func} of ${module.name} would be handed no store, as its neighbours are not; ` +
        'move the entries by hand',
    );
  return body;
}
