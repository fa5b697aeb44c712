import { basename, join } from '../../files.ts';
import { assemble } from '../../go/edit/go-file.ts';
import { qualifierOf } from '../../go/edit/imports.ts';
import { Refusal } from '../../refusal.ts';
import { render } from '../../render.ts';
import { importsOfGeneration } from '../../sdk/generations.ts';
import type { Parameters } from '../handler/handler-shape.ts';
import type { MigrationBody } from './body.ts';
import { ownBody, prefixBody } from './body.ts';
import type { MigrationJob } from './job.ts';
import type { MigrationPackage } from './package.ts';
import { migrationTest } from './test-file.ts';

/**
 * Writes the package of a migration: the file with its function, and a test where one is asked for.
 * A folder that is there already keeps what it has.
 */
export function writeMigration(job: MigrationJob, made: MigrationPackage): void {
  const { repo, app, module, step, creates, notes } = job;
  const { dir, func } = made;
  const there = repo.packages.get(dir)?.files ?? [];
  const file = made.like ? basename(made.like.path) : 'store.go';
  if (repo.func(dir, func))
    throw new Refusal(`${func} exists already in ${dir}; register it, or remove it`, { file: dir });
  const path = join(dir, there.includes(join(dir, file)) ? 'migrate.go' : file);
  if (repo.texts.has(path))
    throw new Refusal(`${path} exists already; remove it, or write the migration by hand`, {
      file: path,
    });
  const parameters = parametersIn(made.parameters);
  const body = made.body ?? bodyFor(job, parameters, func);
  const clause = repo.filesOf(dir)[0]?.package ?? made.name;
  const text = render('migration/store.go', {
    func,
    module: module.name,
    from: step.from,
    to: step.to,
    parameters: made.parameters,
    body: indented(body.text),
  });
  const imports = new Map([
    ...made.imports.map(w => [qualifierOf(repo, dir, w), w] as const),
    ...body.imports,
  ]);
  creates.push({
    file: path,
    text: assemble(repo, {
      path,
      header: '',
      packageClause: `package ${clause}`,
      body: [made.types, text.trimEnd(), body.below].filter(Boolean).join('\n\n'),
      imports,
    }),
  });
  for (const create of made.beside ?? []) {
    if (repo.texts.has(create.file))
      throw new Refusal(
        `${create.file} exists already; remove it, or write the migration by hand`,
        { file: create.file },
      );
    creates.push(create);
  }
  if (!job.test) return;
  const { generation } = app.sdk;
  const test =
    generation === null
      ? undefined
      : migrationTest(repo, {
          module: module.name,
          step,
          made: { file: path },
          package: clause,
          func,
          parameters,
          body,
          sdk: importsOfGeneration(generation),
        });
  if (test && !repo.texts.has(test.file)) creates.push(test);
  else
    notes.push(
      test
        ? `${test.file} exists already: the migration's test was not written.`
        : `No test was written of the migration of x/${module.name}: ${body.shown || body.test ? `${func} takes what only the app can make` : `${func} is handed no store that a test could fill`}.`,
    );
}

function bodyFor(
  { app, step, prefix, module }: MigrationJob,
  parameters: Parameters,
  func: string,
): MigrationBody {
  if (!prefix) return ownBody(step, parameters);
  if (app.sdk.generation === null)
    throw new Refusal(
      'the Cosmos SDK version of this app is not known, so the right imports are not either',
    );
  const body = prefixBody(prefix, parameters, importsOfGeneration(app.sdk.generation));
  if (!body)
    throw new Refusal(
      `${func} of ${module.name} would be handed no store, as its neighbours are not; move the entries by hand`,
    );
  return body;
}

/** A parameter list one by one, each with its own type. */
function parametersIn(text: string): Parameters {
  const list = text
    .split(/,(?![^([]*[)\]])/)
    .map(p => p.trim())
    .filter(p => p !== '')
    .map(p => {
      const [, name = '', type = p] = /^(\w+)\s+([^]+)$/.exec(p) ?? [];
      return { name, type, text: p };
    });
  return { text, list };
}

function indented(text: string): string {
  return text
    .split('\n')
    .map(line => (line === '' ? '' : `\t${line}`))
    .join('\n');
}
