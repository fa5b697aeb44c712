import { insertStatementAfter } from '../../edit/statement.ts';
import { dirname } from '../../files.ts';
import { EditBatch } from '../../go/edit/edit-batch.ts';
import { statementAround } from '../../go/edit/repairs.ts';
import { withoutUnusedImports } from '../../go/edit/unused-imports.ts';
import type { Expr } from '../../go/eval/value.ts';
import { calledFunction, textOf } from '../../go/eval/value.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import { callsOf, childByField } from '../../go/syntax/syntax.ts';
import { Refusal } from '../../refusal.ts';
import { functionsOf } from '../../wiring/call-sites.ts';
import type { Registration } from '../../wiring/style.ts';
import type { HandlerShape } from '../handler/handler-shape.ts';
import { handlerShape, migrationCall } from '../handler/handler-shape.ts';
import { copiedLoader } from '../loaders/copied.ts';
import { importLike } from '../package/copied-import.ts';
import { copyPackage } from '../package/copied-package.ts';
import { replaceBody, replaceName } from '../package/rewrite.ts';
import { packageName } from '../package/package-name.ts';
import type { Job } from '../upgrade/job.ts';
import { nameOf, newestFirst } from '../upgrade/neighbour.ts';
import { isToCome } from '../upgrade/newest-only.ts';
import type { AllowedChange, Way } from './way.ts';

/**
 * R12: each upgrade's package registers its own handler and loads its own stores (S3); the app
 * calls that of the newest, in whose place the new one's call comes where older ones were taken out
 * before.
 */
export const registeringPackage: Way = { codes: ['R12'], insert: upgradeByPackage };

function upgradeByPackage(job: Job): AllowedChange {
  const { repo, wiring } = job;
  const own = wiring.registrations.filter(r => r.code === 'R12');
  const like = newestFirst(own, job.name);
  const shapes = like.map(r => shapeOf(job, r));
  const at = like.findIndex((_, i) => shapes[i] && migrationCall(shapes[i]));
  const model = like[at] ?? like[0]!;
  const shape = shapeOf(job, model);
  const calls = like.map(r => callInApp(job, r));
  const call = calls[like.indexOf(model)];
  const newest = calls[0];
  if (!shape || (shape.maker && dirname(shape.facts.path) !== model.package))
    throw new Refusal(
      `the handler of ${nameOf(model)} is not written where it is registered; add this upgrade by hand`,
      { file: model.place.facts.path },
    );
  if (!call || !newest)
    throw new Refusal(
      `the call of ${model.site.func.name} that registers ${nameOf(model)} was not found in the app; add this upgrade by hand`,
      { file: model.place.facts.path },
    );
  const target = packageName(repo, job.name, like);
  const copy = new EditBatch(repo);
  replaceName(job, copy, model);
  replaceBody(
    job,
    copy,
    shape,
    shapes.filter(s => s !== undefined),
  );
  copiedLoader(job, copy, model);
  const made = copyPackage(
    job,
    copy,
    model,
    target,
    part => part.receiver === undefined && part.names.includes(model.site.func.name),
  );
  if (!migrationCall(shape))
    job.notes.push(`The handler of ${nameOf(model)} runs no migrations; that of ${job.name} does.`);

  const { facts } = call;
  const callee = childByField(call.node, 'function')!;
  const qualifier = textOf({ facts, node: childByField(callee, 'operand')! });
  const written = `${importLike(job, facts, model, qualifier, target)}.${made.identifier(model.site.func.name)}${facts.text.slice(callee.end, call.node.end)}`;
  if (job.test)
    job.notes.push(
      `No test is written: the handler of ${job.name} is registered on the app itself.`,
    );
  if (like.length > 1 || isToCome(job, model) || !takenOut(job, model)) {
    insertStatementAfter(job.changes, facts.path, statementAround(newest.node), written);
    return undefined;
  }
  job.changes.edit(facts.path, call.node.start, call.node.end, written);
  job.tidy.push((file, text) =>
    file === facts.path ? withoutUnusedImports(repo, file, text) : text,
  );
  job.notes.push(
    `${nameOf(model)} is no longer registered, as this chain does at every release; its package stays.`,
  );
  return { retires: nameOf(model) };
}

function shapeOf(job: Job, registration: Registration): HandlerShape | undefined {
  return registration.handler && handlerShape(job.repo, registration.handler, nameOf(registration));
}

/** The app's call of the function that registers an upgrade. */
function callInApp(
  { repo, app }: Job,
  { site, package: dir }: Registration,
): (Expr & { readonly node: SyntaxNode }) | undefined {
  for (const { facts, func } of functionsOf(repo, app.dir)) {
    for (const node of callsOf(func.syntax, facts.text, site.func.name)) {
      if (
        childByField(node, 'function')!.type === 'selector_expression' &&
        calledFunction(repo, { facts, node })?.dir === dir
      )
        return { facts, node };
    }
  }
  return undefined;
}

/**
 * Whether the chain took earlier upgrades out: their packages are still there, or the last release
 * registered another.
 */
function takenOut({ app, base }: Job, model: Registration): boolean {
  const before = base?.apps.find(a => a.dir === app.dir)?.upgrades.filter(u => u.registered) ?? [];
  return (
    app.upgrades.some(
      u =>
        !u.registered &&
        u.package !== model.package &&
        dirname(u.package) === dirname(model.package),
    ) || before.some(u => u.name !== nameOf(model))
  );
}
