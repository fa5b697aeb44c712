import { commentStart } from '../../go/edit/comment-above.ts';
import { lineEnd } from '../../go/edit/edit.ts';
import { EditBatch } from '../../go/edit/edit-batch.ts';
import type { FileFacts, Import } from '../../go/source/facts.ts';
import { importsOf } from '../../go/source/facts.ts';
import { childByField, enclosing } from '../../go/syntax/syntax.ts';
import { Refusal } from '../../refusal.ts';
import { importClosure } from '../../wiring/call-sites.ts';
import { storeLists } from '../../wiring/loading/read-store-upgrades.ts';
import { storesResult } from '../../wiring/registration/method-results.ts';
import type { Registration } from '../../wiring/style.ts';
import { migrationCall, registeredHandler } from '../handler/handler-shape.ts';
import { copyPackage } from '../package/copied-package.ts';
import { importPathOf } from '../package/import-path.ts';
import { replaceNameInCopy } from '../package/new-name.ts';
import { packageName } from '../package/package-name.ts';
import type { Part } from '../package/package-parts.ts';
import { declares } from '../package/package-parts.ts';
import { replaceBody, replaceStoresLiteral } from '../package/rewrite.ts';
import type { Job } from '../upgrade/job.ts';
import { changesStores } from '../upgrade/job.ts';
import { nameOf, newestFirst } from '../upgrade/neighbour.ts';
import { releasedOthers } from '../upgrade/newest-only.ts';
import type { Way } from './way.ts';

/**
 * R8: packages that enter their upgrade into the app's registry in `init`, reached by a blank
 * import; a method gives the stores (S4).
 */
export const selfRegistering: Way = { codes: ['R8'], insert: upgradeThatRegisters };

function upgradeThatRegisters(job: Job): undefined {
  const { repo } = job;
  const own = job.wiring.registrations.filter(r => r.code === 'R8');
  const newest = newestFirst(own, job.name);
  const running = newest.find(registration => {
    const handler = registeredHandler(repo, registration);
    return handler && migrationCall(handler);
  });
  const model = running ?? newest[0]!;
  const shape = registeredHandler(repo, model);
  const entry = importOf(job, newest[0]!);
  const init = enclosing(model.place.node, 'function_declaration');
  if (!shape || !init || !entry)
    throw new Refusal(
      `${model.package} registers ${nameOf(model)} in a way that cannot be followed; ` +
        'add this upgrade by hand',
      { file: model.place.facts.path },
    );
  const target = packageName(repo, job.name, newest);
  const copy = new EditBatch(repo);
  const body = childByField(init, 'body')!;
  replaceNameInCopy(job, copy, model);
  // What else is registered there, such as migrations, belongs to that release.
  const { facts, node: call } = model.place;
  copy.edit(facts.path, body.start, call.start, '{\n\t');
  copy.edit(facts.path, call.end, body.end, '\n}');
  const shapes = newest.map(r => registeredHandler(repo, r)).filter(one => one !== undefined);
  replaceBody(job, copy, shape, shapes);
  replaceStores(job, copy, model);
  copyPackage(job, copy, model, target, isInit);
  importBlankly(job, entry.facts, entry.import, importPathOf(repo, target.dir));
  if (newest.length === 1 && releasedOthers(job, model))
    job.notes.push(
      `This chain imports only its newest upgrade: take ${nameOf(model)} out of ` +
        `${entry.facts.path} once no network still has to run it.`,
    );
  if (job.test)
    job.notes.push(`No test is written: the handler of ${job.name} needs the app's own struct.`);
}

/** An `init` that calls something. */
function isInit(part: Part): boolean {
  return declares(part, 'init') && part.code.includes('(');
}

/** The import that has an upgrade's package linked in. */
function importOf(
  { repo, app }: Job,
  { package: dir }: Registration,
): { facts: FileFacts; import: Import } | undefined {
  for (const one of importClosure(repo, app.dir)) {
    for (const facts of repo.filesOf(one)) {
      const found = importsOf(facts).find(i => i.alias === '_' && repo.dirOf(i.path, one) === dir);
      if (found) return { facts, import: found };
    }
  }
  return undefined;
}

/** Imports a package beside another one in gofmt's order, with the same comment above. */
function importBlankly(
  { changes }: Job,
  { text, path: file }: FileFacts,
  beside: Import,
  path: string,
): void {
  const comment = commentStart(text, beside.start);
  const spec = text.slice(beside.start, beside.end).replace(/"[^"]*"/, `"${path}"`);
  const at = path < beside.path ? comment : lineEnd(text, beside.end);
  changes.edit(file, at, at, `${text.slice(comment, beside.start)}${spec}\n`);
}

function replaceStores(job: Job, copy: EditBatch, model: Registration): void {
  const given = storesResult(job.repo, model.package);
  const isNil = given?.node.type === 'nil';
  const lists = given && !isNil ? storeLists(job.repo, given) : undefined;
  if (lists) replaceStoresLiteral(job, copy, lists.literal);
  else if (!isNil || changesStores(job))
    throw new Refusal(
      `${model.package} has no stores that could be followed; ` +
        'have its method return an empty StoreUpgrades',
      { file: (given?.facts ?? model.place.facts).path },
    );
}
