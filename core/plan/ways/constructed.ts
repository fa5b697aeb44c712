import { insertStatementAfter, insertStatementBefore } from '../../edit/statement.ts';
import { EditBatch } from '../../go/edit/edit-batch.ts';
import { statementAround } from '../../go/edit/repairs.ts';
import { calledFunction, exprAt, textOf } from '../../go/eval/value.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import { callArguments, childByField, findAll } from '../../go/syntax/syntax.ts';
import { Refusal } from '../../refusal.ts';
import { storeLists } from '../../wiring/loading/read-store-upgrades.ts';
import { givesStores, methodResult } from '../../wiring/registration/method-results.ts';
import type { Registration } from '../../wiring/style.ts';
import type { HandlerShape } from '../handler/handler-shape.ts';
import { handlerParameters, handlerShape, migrationCall } from '../handler/handler-shape.ts';
import { importLike } from '../package/copied-import.ts';
import { copyPackage } from '../package/copied-package.ts';
import { replaceBody, replaceName, replaceStoresLiteral } from '../package/rewrite.ts';
import { packageName } from '../package/package-name.ts';
import type { Job } from '../upgrade/job.ts';
import { changesStores } from '../upgrade/job.ts';
import { loadStores } from '../upgrade/load-stores.ts';
import { isDescending, nameOf, newestFirst } from '../upgrade/neighbour.ts';
import type { Way } from './way.ts';

/**
 * R6: a type per upgrade that gives its name, handler and stores (S4), made by a constructor and
 * handed to a helper.
 */
export const constructed: Way = { codes: ['R6'], insert: upgradeByConstructor };

function upgradeByConstructor(job: Job): undefined {
  const { repo, wiring } = job;
  const own = wiring.registrations.filter(r => r.code === 'R6');
  const like = newestFirst(own, job.name);
  const shapes = like.map(r => shapeOf(job, r));
  const model =
    like.find((r, i) => shapes[i] && migrationCall(shapes[i]) && takesOnlyManager(job, r)) ??
    like.find((_, i) => shapes[i] && migrationCall(shapes[i])) ??
    like[0]!;
  const call = constructorCall(job, model);
  const shape = shapeOf(job, model);
  if (!call || !shape)
    throw new Refusal(
      `${textOf(model.place).slice(0, 60)} gives an upgrade that cannot be followed; add this one by hand`,
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
  const loaded = replaceStores(job, copy, model);
  const made = copyPackage(
    job,
    copy,
    model,
    target,
    part => part.receiver === undefined && part.names.includes(call.name),
  );
  const { facts } = model.place;
  const now = importLike(job, facts, model, call.qualifier, target);
  const statement = statementAround(model.place.node);
  const callee = childByField(call.node, 'function')!;
  const text =
    facts.text.slice(statement.start, callee.start) +
    `${now}.${made.identifier(call.name)}` +
    facts.text.slice(callee.end, statement.end);
  const beside = like[0]!.place;
  const last = own
    .filter(r => r.site.fn === like[0]!.site.fn && r.place.facts === beside.facts)
    .sort((a, b) => b.place.node.start - a.place.node.start);
  if (isDescending(own))
    insertStatementBefore(job.changes, facts.path, statementAround(last.at(-1)!.place.node), text);
  else insertStatementAfter(job.changes, facts.path, statementAround(last[0]!.place.node), text);
  if (!loaded) loadStores(job, { constant: undefined, after: like[0]!.site });
  if (job.test)
    job.notes.push(`No test is written: ${nameOf(model)} has none that could be followed.`);
}

function shapeOf(job: Job, registration: Registration): HandlerShape | undefined {
  return registration.handler && handlerShape(job.repo, registration.handler, nameOf(registration));
}

interface ConstructorCall {
  readonly node: SyntaxNode;
  readonly name: string;
  readonly qualifier: string;
}

/** The call, among what the helper is given, of a function of the upgrade's own package. */
function constructorCall(
  { repo }: Job,
  { place, package: dir }: Registration,
): ConstructorCall | undefined {
  for (const node of findAll(place.node, 'call_expression').filter(n => n !== place.node)) {
    const callee = childByField(node, 'function');
    if (
      callee?.type !== 'selector_expression' ||
      calledFunction(repo, exprAt(place, node))?.dir !== dir
    )
      continue;
    return {
      node,
      name: textOf(exprAt(place, childByField(callee, 'field')!)),
      qualifier: textOf(exprAt(place, childByField(callee, 'operand')!)),
    };
  }
  return undefined;
}

function takesOnlyManager(job: Job, registration: Registration): boolean {
  const call = constructorCall(job, registration);
  const made = call && calledFunction(job.repo, exprAt(registration.place, call.node));
  return (
    made !== undefined &&
    callArguments(call!.node).length > 0 &&
    handlerParameters(made.node, made.facts).list.every(p => /(Manager|Configurator)$/.test(p.type))
  );
}

/** Whether the stores are the type's own affair; then the copy gives the new ones. */
function replaceStores(job: Job, copy: EditBatch, model: Registration): boolean {
  const given = methodResult(job.repo, model.package, givesStores);
  if (!given) {
    const unread = job.repo
      .functions(model.package)
      .some(({ facts, func }) => func.receiver && givesStores(facts, func));
    if (unread)
      throw new Refusal(
        `the stores of ${nameOf(model)} are not written as a literal; add this upgrade by hand`,
        { file: model.package },
      );
    return false;
  }
  if (given.node.type === 'nil') {
    if (changesStores(job))
      throw new Refusal(
        `${nameOf(model)} gives no stores (nil) that could be followed; have it return an empty StoreUpgrades`,
        { file: given.facts.path },
      );
    return true;
  }
  const lists = storeLists(job.repo, given);
  if (!lists)
    throw new Refusal(
      `the stores of ${nameOf(model)} are not written as a literal; add this upgrade by hand`,
      { file: given.facts.path },
    );
  replaceStoresLiteral(job, copy, lists.literal);
  return true;
}
