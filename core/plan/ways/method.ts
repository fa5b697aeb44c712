import { insertStatementAfter } from '../../edit/statement.ts';
import { commentAbove } from '../../go/edit/comment-above.ts';
import { statementAround } from '../../go/edit/repairs.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import { quote } from '../../go/syntax/syntax.ts';
import { Refusal } from '../../refusal.ts';
import { callersOfFunction } from '../../wiring/registration/callers.ts';
import type { Registration } from '../../wiring/style.ts';
import { calledName, functionAround } from '../go-tree.ts';
import { migrationCall, registeredHandler } from '../handler/handler-shape.ts';
import { noteInfo } from '../package/name-constant.ts';
import type { Job } from '../upgrade/job.ts';
import { nameOf, newestFirst } from '../upgrade/neighbour.ts';
import { helperStatement } from './helper-call.ts';
import { declareMethod } from './new-method.ts';
import type { Way } from './way.ts';

/**
 * R5: a method for each upgrade, and often a helper for those that only run migrations; both may
 * hand their stores to another helper (S6).
 */
export const byMethod: Way = { codes: ['R5'], insert: upgradeByMethod };

function upgradeByMethod(job: Job): undefined {
  const own = job.wiring.registrations.filter(r => r.code === 'R5');
  const newest = newestFirst(own, job.name);
  const running = newest.filter(r => runsMigrations(job, r));
  const helped = running.find(r => !isOwnMethod(r));
  const statement = helped && helperStatement(job, helped, quote(job.name));
  if (helped && statement !== undefined) addCall(job, own, helped, statement);
  else addMethod(job, own, newest, running.find(isOwnMethod));
  noteInfo(job);
  if (job.test) job.notes.push('No test is written: the handler is a method of the app.');
}

/** Whether an upgrade has a method of its own, rather than a call of a helper. */
export function isOwnMethod({ place, site }: Registration): boolean {
  return place.node === site.call.node;
}

function runsMigrations(job: Job, registration: Registration): boolean {
  const shape = registeredHandler(job.repo, registration);
  return shape !== undefined && migrationCall(shape) !== undefined;
}

/** Declares a method like the model's, and calls it as the model's is called. */
function addMethod(
  job: Job,
  own: readonly Registration[],
  newest: readonly Registration[],
  model: Registration | undefined,
): void {
  if (!model)
    throw new Refusal(
      'none of the methods that register upgrades runs migrations, so there is none to follow; ' +
        'add this upgrade by hand',
      { file: newest[0]!.place.facts.path },
    );
  const ident = declareMethod(job, newest, model);
  const { node } = callOf(job, model) ?? refuseUncalled(model);
  const { text } = model.place.facts;
  const statement = statementAround(node);
  const name = calledName(node)!;
  addCall(
    job,
    own,
    model,
    text.slice(statement.start, name.start) + ident + text.slice(name.end, statement.end),
  );
}

/** A call that registers an upgrade, and the function that makes it. */
interface RegisteringCall {
  readonly node: SyntaxNode;
  readonly fn: SyntaxNode;
}

/** Where an upgrade's method is called: the helper's call itself, or that of its own method. */
function callOf({ repo }: Job, registration: Registration): RegisteringCall | undefined {
  const { place, site } = registration;
  if (!isOwnMethod(registration)) {
    const fn = functionAround(place)?.syntax;
    return fn && { node: place.node, fn };
  }
  const [caller] = callersOfFunction(repo, site, []);
  if (caller?.expr.facts !== place.facts) return undefined;
  return { node: caller.expr.node, fn: caller.fn };
}

/**
 * Writes a statement below the last one of its kind in the function that calls the model. It gets a
 * comment where that one's is nothing but the name.
 */
function addCall(
  job: Job,
  own: readonly Registration[],
  model: Registration,
  statement: string,
): void {
  const { facts } = model.place;
  const { fn } = callOf(job, model) ?? refuseUncalled(model);
  const last = own
    .map(registration => ({ registration, call: callOf(job, registration) }))
    .filter(({ call }) => call?.fn === fn)
    .sort((a, b) => b.call!.node.start - a.call!.node.start)[0]!;
  const after = statementAround(last.call!.node);
  const named = commentAbove(facts.text, after.start) === `// ${nameOf(last.registration)}`;
  const comment = named ? `// ${job.name}\n` : '';
  insertStatementAfter(job.changes, facts.path, after, comment + statement);
}

function refuseUncalled({ site, place }: Registration): never {
  throw new Refusal(
    `no call of ${site.func.name} was found beside which another one could be written; ` +
      'add this upgrade by hand',
    { file: place.facts.path },
  );
}
