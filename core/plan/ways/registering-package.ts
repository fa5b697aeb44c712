import { insertStatementAfter } from '../../edit/statement.ts';
import { dirname } from '../../files.ts';
import { EditBatch } from '../../go/edit/edit-batch.ts';
import { statementAround } from '../../go/edit/repairs.ts';
import { withoutUnusedImports } from '../../go/edit/unused-imports.ts';
import type { Expr } from '../../go/eval/value.ts';
import { calledFunction } from '../../go/eval/value.ts';
import { callsOf, childByField } from '../../go/syntax/syntax.ts';
import { Refusal } from '../../refusal.ts';
import { functionsOf } from '../../wiring/call-sites.ts';
import type { Registration } from '../../wiring/style.ts';
import { calledOperand, nodeText } from '../go-tree.ts';
import type { HandlerShape } from '../handler/handler-shape.ts';
import { migrationCall, registeredHandler } from '../handler/handler-shape.ts';
import { copiedLoader } from '../loaders/copied.ts';
import { copyPackage } from '../package/copied-package.ts';
import { importLike } from '../package/import-like.ts';
import { replaceNameInCopy } from '../package/new-name.ts';
import { packageName } from '../package/package-name.ts';
import { declares } from '../package/package-parts.ts';
import { replaceBody } from '../package/rewrite.ts';
import type { Job } from '../upgrade/job.ts';
import { nameOf, newestFirst } from '../upgrade/neighbour.ts';
import { isToCome, releasedOthers } from '../upgrade/newest-only.ts';
import type { AllowedChange, Way } from './way.ts';

/**
 * R12: each upgrade's package registers its own handler and loads its own stores (S3); the app
 * calls that of the newest, in whose place the new one's call comes where older ones were taken out
 * before.
 */
export const registeringPackage: Way = { codes: ['R12'], insert: upgradeByPackage };

function upgradeByPackage(job: Job): AllowedChange {
  const { repo } = job;
  const own = job.wiring.registrations.filter(r => r.code === 'R12');
  const newest = newestFirst(own, job.name);
  const { model, shape } = modelOf(job, newest);
  const call = callInApp(job, model) ?? refuseUncalled(model);
  const newestCall = callInApp(job, newest[0]!) ?? refuseUncalled(model);
  const target = packageName(repo, job.name, newest);
  const copy = new EditBatch(repo);
  const shapes = newest.map(r => registeredHandler(repo, r)).filter(one => one !== undefined);
  replaceNameInCopy(job, copy, model);
  replaceBody(job, copy, shape, shapes);
  copiedLoader(job, copy, model);
  const { name } = model.site.func;
  const made = copyPackage(job, copy, model, target, part => declares(part, name));
  if (!migrationCall(shape))
    job.notes.push(`The handler of ${nameOf(model)} runs no migrations; that of ${job.name} does.`);
  if (job.test)
    job.notes.push(
      `No test is written: the handler of ${job.name} is registered on the app itself.`,
    );
  const { facts, node } = call;
  const callee = childByField(node, 'function')!;
  const qualifier = importLike(job, facts, model, nodeText(facts, calledOperand(node)), target);
  const written = `${qualifier}.${made.identifier(name)}${facts.text.slice(callee.end, node.end)}`;
  if (newest.length > 1 || isToCome(job, model) || !takesOthersOut(job, model)) {
    insertStatementAfter(job.changes, facts.path, statementAround(newestCall.node), written);
    return undefined;
  }
  job.changes.edit(facts.path, node.start, node.end, written);
  job.tidy.push((file, text) =>
    file === facts.path ? withoutUnusedImports(repo, file, text) : text,
  );
  job.notes.push(
    `${nameOf(model)} is no longer registered, as this chain does at every release; ` +
      'its package stays.',
  );
  return { retires: nameOf(model) };
}

/** The upgrade to follow: the newest that runs migrations, or else the newest. */
function modelOf(
  job: Job,
  newest: readonly Registration[],
): { model: Registration; shape: HandlerShape } {
  const running = newest.find(registration => {
    const handler = registeredHandler(job.repo, registration);
    return handler && migrationCall(handler);
  });
  const model = running ?? newest[0]!;
  const shape = registeredHandler(job.repo, model);
  if (!shape || (shape.maker && dirname(shape.facts.path) !== model.package))
    throw new Refusal(
      `the handler of ${nameOf(model)} is not written where it is registered; ` +
        'add this upgrade by hand',
      { file: model.place.facts.path },
    );
  return { model, shape };
}

function refuseUncalled(model: Registration): never {
  throw new Refusal(
    `no call of ${model.site.func.name} that registers ${nameOf(model)} was found in the app; ` +
      'add this upgrade by hand',
    { file: model.place.facts.path },
  );
}

/** The app's call of the function that registers an upgrade. */
function callInApp({ repo, app }: Job, { site, package: dir }: Registration): Expr | undefined {
  for (const { facts, func } of functionsOf(repo, app.dir)) {
    const node = callsOf(func.syntax, facts.text, site.func.name).find(
      call =>
        calledOperand(call) !== undefined &&
        calledFunction(repo, { facts, node: call })?.dir === dir,
    );
    if (node) return { facts, node };
  }
  return undefined;
}

/**
 * Whether the chain took earlier upgrades out: their packages are still there, or the last release
 * registered another.
 */
function takesOthersOut(job: Job, model: Registration): boolean {
  const parent = dirname(model.package);
  const isLeft = job.app.upgrades.some(
    u => !u.registered && u.package !== model.package && dirname(u.package) === parent,
  );
  return isLeft || releasedOthers(job, model);
}
