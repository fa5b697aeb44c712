import type { Handler, HandlerBody } from '../../chain/app/handler-code.ts';
import { bodiesOf, handlersOf } from '../../chain/app/handler-code.ts';
import { dirname } from '../../files.ts';
import { textOf } from '../../go/eval/value.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { FileFacts } from '../../go/source/facts.ts';
import { locationOf } from '../../go/source/location.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import { childByField, findAll, namedChildren } from '../../go/syntax/syntax.ts';
import { appNames } from '../../wiring/app-names.ts';
import { givesError, mayFail } from '../error-result.ts';
import { isNeverRead } from '../ignored-error.ts';
import { moduleIsBehind } from '../node-words.ts';
import type { AppContext, Finding, Rule } from '../rule.ts';
import { shadowedErrors } from '../shadowed-error.ts';
import { handlersNotRead } from '../unread.ts';

/**
 * A keeper's error that a handler discards, and errors that the handler or the start of the app
 * takes and drops (docs/background/incidents.md#errors-thrown-away).
 */
export const swallowedError: Rule = {
  name: 'swallowed-error',
  severity: 'warning',
  summary: 'a handler, or the start of the app, drops an error',
  repair: 'return the error from the function',
  nodeSays: [{ words: moduleIsBehind, rank: 2 }],
  silentUntilLater: 5,
  notJudged: handlersNotRead,
  *check({ apps }) {
    for (const app of apps) {
      yield* inHandlers(app);
      yield* atStart(app);
    }
  },
};

function* inHandlers({ repo, app, wiring, pending }: AppContext): Iterable<Finding> {
  for (const handler of handlersOf(repo, app, wiring)) {
    if (!pending.includes(handler.upgrade)) continue;
    for (const body of bodiesOf(repo, handler)) {
      yield* inBody(body);
      if (!isOwn(handler, body)) continue;
      yield* bareCalls(repo, body);
      yield* ignored(repo, body, name => !ownRules.test(name));
      if (body.body.parent) yield* shadowed(repo, body.facts, body.body.parent);
    }
  }
}

/** Calls of which a rule of their own says what becomes of their errors. */
const ownRules = /(^|\.)(RunMigrations|RegisterMigration|RegisterServices)$/;

/** In the functions that build the app, register its upgrades and load their stores. */
function* atStart({ repo, app, wiring }: AppContext): Iterable<Finding> {
  const names = appNames({ repo, dir: app.dir, type: app.type });
  const sites = [...wiring.registrations, ...wiring.loadings].map(({ site }) => site);
  const started = new Map<SyntaxNode, FileFacts>();
  for (const { call, fn, reachable } of sites) if (reachable) started.set(fn, call.facts);
  for (const { fn } of names?.builds ?? []) {
    if (fn.func.syntax) started.set(fn.func.syntax, fn.facts);
  }
  for (const [fn, facts] of started) {
    const body = childByField(fn, 'body');
    if (body) yield* ignored(repo, { facts, body }, name => ofStart.test(name));
    yield* shadowed(repo, facts, fn);
  }
}

/** What has to work before the stores of an upgrade can be loaded. */
const ofStart = /\.(LoadLatestVersion|LoadVersion|ReadUpgradeInfoFromDisk)$/;

/** Calls whose error goes to a variable that nothing reads. */
function* ignored(
  repo: Repo,
  { facts, body }: Pick<HandlerBody, 'facts' | 'body'>,
  isMeant: (name: string) => boolean,
): Iterable<Finding> {
  for (const call of findAll(body, 'call_expression')) {
    const name = textOf({ facts, node: childByField(call, 'function') ?? call });
    if (!isMeant(name) || !isNeverRead(facts, call)) continue;
    if (givesError(repo, { facts, node: call }) === false) continue;
    yield {
      location: locationOf(facts, call),
      message: `the error of ${name} is assigned and not used`,
      consequence: 'a step that failed goes unnoticed',
    };
  }
}

/** Errors that a function gives back and that another variable of the same name shadows. */
function* shadowed(repo: Repo, facts: FileFacts, fn: SyntaxNode): Iterable<Finding> {
  for (const { name, returned, call } of shadowedErrors(facts, fn)) {
    if (givesError(repo, { facts, node: call }) === false) continue;
    const callee = textOf({ facts, node: childByField(call, 'function') ?? call });
    yield {
      location: locationOf(facts, returned),
      message: `${name} is always nil here: the ${name} that := declares for ${callee} shadows it`,
      consequence: 'a step that failed goes unnoticed',
      related: [{ location: locationOf(facts, call), message: `this ${name} is another variable` }],
    };
  }
}

function* inBody({ facts, body }: HandlerBody): Iterable<Finding> {
  for (const statement of findAll(body, 'assignment_statement')) {
    const discarded = discardedCall(statement);
    const callee = discarded && childByField(discarded.call, 'function');
    if (!callee || textOf({ facts, node: discarded.target }) !== '_') continue;
    const name = textOf({ facts, node: callee });
    if (writesState.test(name)) yield discardedAt(facts, statement, name);
  }
}

/** Whether a body is the handler's, or that of a helper beside it: not what a chain runs every day. */
function isOwn({ facts }: Handler, body: HandlerBody): boolean {
  return dirname(body.facts.path) === dirname(facts.path);
}

/** Calls that stand alone, whose last result is an error. */
function* bareCalls(repo: Repo, { facts, body }: HandlerBody): Iterable<Finding> {
  for (const call of findAll(body, 'call_expression')) {
    if (!isStatement(call)) continue;
    const name = textOf({ facts, node: childByField(call, 'function') ?? call });
    // What closes something has done its work already.
    if (closing.test(name) || !mayFail(repo, { facts, node: call })) continue;
    yield discardedAt(facts, call, name);
  }
}

const closing = /\.(Close|Flush|Sync)$/;

function isStatement({ parent }: SyntaxNode): boolean {
  return parent?.type === 'expression_statement' || parent?.type === 'block';
}

function discardedAt(facts: FileFacts, node: SyntaxNode, name: string): Finding {
  return {
    location: locationOf(facts, node),
    message: `the error of ${name} is discarded`,
    consequence: 'a step of the upgrade that failed goes unnoticed',
  };
}

/** A method of a keeper that changes state, as it is called. */
const writesState = /[kK]eeper\b[\w.()]*\.(Set|Create|Delete|Update|Mint|Burn|Send|Migrate)\w*$/;

/** The parts of an assignment `target = call(…)` with one target. */
function discardedCall(
  statement: SyntaxNode,
): { readonly target: SyntaxNode; readonly call: SyntaxNode } | undefined {
  const [target, ...others] = namedChildren(childByField(statement, 'left'));
  const call = namedChildren(childByField(statement, 'right'))[0];
  if (!target || others.length > 0 || call?.type !== 'call_expression') return undefined;
  return { target, call };
}
