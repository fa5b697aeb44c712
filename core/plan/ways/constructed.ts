import { insertStatementAfter, insertStatementBefore } from '../../edit/statement.ts';
import { EditBatch } from '../../go/edit/edit-batch.ts';
import { statementAround } from '../../go/edit/repairs.ts';
import { calledFunction, exprAt, textOf } from '../../go/eval/value.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import { callArguments, childByField, findAll } from '../../go/syntax/syntax.ts';
import { Refusal } from '../../refusal.ts';
import { storeLists } from '../../wiring/loading/read-store-upgrades.ts';
import { givesStores, storesResult } from '../../wiring/registration/method-results.ts';
import type { Registration } from '../../wiring/style.ts';
import { calledName, calledOperand, nodeText } from '../go-tree.ts';
import { handlerParameters, migrationCall, registeredHandler } from '../handler/handler-shape.ts';
import { copyPackage } from '../package/copied-package.ts';
import { importLike } from '../package/import-like.ts';
import { replaceNameInCopy } from '../package/new-name.ts';
import { packageName } from '../package/package-name.ts';
import { declares } from '../package/package-parts.ts';
import { replaceBody, replaceStoresLiteral } from '../package/rewrite.ts';
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
  const { repo } = job;
  const own = job.wiring.registrations.filter(r => r.code === 'R6');
  const newest = newestFirst(own, job.name);
  const model = modelOf(job, newest);
  const call = constructorCall(job, model);
  const shape = registeredHandler(repo, model);
  if (!call || !shape)
    throw new Refusal(
      `${textOf(model.place).slice(0, 60)} gives an upgrade that cannot be followed; ` +
        'add this one by hand',
      { file: model.place.facts.path },
    );
  const target = packageName(repo, job.name, newest);
  const copy = new EditBatch(repo);
  const shapes = newest.map(r => registeredHandler(repo, r)).filter(one => one !== undefined);
  replaceNameInCopy(job, copy, model);
  replaceBody(job, copy, shape, shapes);
  const loaded = replaceStores(job, copy, model);
  const made = copyPackage(job, copy, model, target, part => declares(part, call.name));
  const { facts } = model.place;
  const qualifier = importLike(job, facts, model, call.qualifier, target);
  const statement = statementAround(model.place.node);
  const callee = childByField(call.node, 'function')!;
  addStatement(
    job,
    own,
    newest[0]!,
    facts.path,
    facts.text.slice(statement.start, callee.start) +
      `${qualifier}.${made.identifier(call.name)}` +
      facts.text.slice(callee.end, statement.end),
  );
  if (!loaded) loadStores(job, { constant: undefined, after: newest[0]!.site });
  if (job.test)
    job.notes.push(`No test is written: ${nameOf(model)} has none that could be followed.`);
}

/**
 * The newest upgrade that runs migrations, rather one whose constructor takes nothing but what
 * they need.
 */
function modelOf(job: Job, newest: readonly Registration[]): Registration {
  const running = newest.filter(registration => {
    const shape = registeredHandler(job.repo, registration);
    return shape && migrationCall(shape);
  });
  return running.find(r => takesOnlyManager(job, r)) ?? running[0] ?? newest[0]!;
}

/** Writes a statement below the last of its kind; above the first where newer ones come first. */
function addStatement(
  job: Job,
  own: readonly Registration[],
  newest: Registration,
  file: string,
  text: string,
): void {
  const ordered = own
    .filter(r => r.site.fn === newest.site.fn && r.place.facts === newest.place.facts)
    .map(r => r.place.node)
    .sort((a, b) => a.start - b.start);
  if (isDescending(own))
    insertStatementBefore(job.changes, file, statementAround(ordered[0]!), text);
  else insertStatementAfter(job.changes, file, statementAround(ordered.at(-1)!), text);
}

/** A call of an upgrade's constructor: its function, and the package's name. */
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
  const { facts } = place;
  const node = findAll(place.node, 'call_expression').find(
    call =>
      call !== place.node &&
      calledOperand(call) !== undefined &&
      calledFunction(repo, exprAt(place, call))?.dir === dir,
  );
  return (
    node && {
      node,
      name: nodeText(facts, calledName(node)),
      qualifier: nodeText(facts, calledOperand(node)),
    }
  );
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

/**
 * Gives the copy the new stores, where the upgrade's type has a method for them; false where stores
 * are loaded elsewhere.
 */
function replaceStores(job: Job, copy: EditBatch, model: Registration): boolean {
  const given = storesResult(job.repo, model.package);
  if (!given) {
    const isUnread = job.repo
      .functions(model.package)
      .some(({ facts, func }) => func.receiver && givesStores(job.repo, facts, func));
    if (isUnread) throw notLiteral(model, model.package);
    return false;
  }
  if (given.node.type === 'nil') {
    if (changesStores(job))
      throw new Refusal(
        `${nameOf(model)} has no stores (nil) that could be followed; ` +
          'have it return an empty StoreUpgrades',
        { file: given.facts.path },
      );
    return true;
  }
  const lists = storeLists(job.repo, given);
  if (!lists) throw notLiteral(model, given.facts.path);
  replaceStoresLiteral(job, copy, lists.literal);
  return true;
}

function notLiteral(model: Registration, file: string): Refusal {
  return new Refusal(
    `the stores of ${nameOf(model)} are not written as a literal; add this upgrade by hand`,
    { file },
  );
}
