import type { Handler } from '../../chain/app/handler-code.ts';
import { bodiesOf, handlersOf, migrationRuns, versionMapOf } from '../../chain/app/handler-code.ts';
import type { Module } from '../../chain/chain.ts';
import { sameModule } from '../../chain/compare.ts';
import { branchesOf, saysNil } from '../../go/eval/conditions.ts';
import { mayBothRun } from '../../go/eval/flow.ts';
import type { GoNode } from '../../go/eval/go-node.ts';
import type { Expr } from '../../go/eval/value.ts';
import type { FileFacts } from '../../go/source/facts.ts';
import { locationOf } from '../../go/source/location.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import {
  callArguments,
  childByField,
  descend,
  enclosing,
  enclosingFunction,
  findAll,
  namedChildren,
} from '../../go/syntax/syntax.ts';
import { isNeverRead } from '../ignored-error.ts';
import { moduleIsBehind } from '../node-words.ts';
import type { AppContext, Finding, Rule, RuleContext, SuggestedFix } from '../rule.ts';
import { handlersNotRead } from '../unread.ts';

const repair = 'return what RunMigrations gives, its map and its error, from the handler';
const runAgain =
  'the chain stores the old versions, and the next upgrade runs the migrations again';

/**
 * What a handler makes of RunMigrations: its map is what the chain stores, its error is what stops
 * a failed upgrade (docs/background/incidents.md#run-migrations-result).
 */
export const runMigrationsResult: Rule = {
  name: 'run-migrations-result',
  severity: 'error',
  summary: "a handler discards RunMigrations' map or error, or does not call it",
  repair,
  nodeSays: [{ words: moduleIsBehind, repair }],
  silentUntilLater: 1,
  notJudged: handlersNotRead,
  *check(subject) {
    for (const app of subject.apps) {
      for (const handler of handlersOf(app.repo, app.app, app.wiring)) {
        if (!app.pending.includes(handler.upgrade) || handler.parameters.length !== 3) continue;
        yield* inHandler(subject, app, handler);
      }
    }
  },
};

function* inHandler(
  subject: RuleContext,
  { repo }: AppContext,
  handler: Handler,
): Iterable<Finding> {
  const runs = migrationRuns(repo, handler);
  if (runs.length === 0) {
    const [risen] = risenModules(subject);
    if (risen && !handsOn(handler) && bodiesOf(repo, handler).length > 0)
      yield notCalled(handler, risen);
    return;
  }
  for (const { call, via } of runs) {
    if (!via) yield* inCall(handler, call.node);
  }
}

/** Whether a handler passes its map to a function that is not here, or is two calls away. */
function handsOn(handler: Handler): boolean {
  const { facts, body } = handler;
  const map = versionMapOf(handler);
  if (map === undefined) return false;
  return findAll(body, 'call_expression').some(call =>
    callArguments(call).some(argument => written(facts, argument) === map),
  );
}

function notCalled({ facts, fn, body }: Handler, { name }: Module): Finding {
  return {
    location: locationOf(facts, { start: fn.start, end: body.start }),
    severity: 'warning',
    message:
      'this handler does not call RunMigrations, ' +
      `and x/${name} has a new version since the last release`,
    consequence: 'its migration does not run',
  };
}

/** What becomes of the two results of one call. */
function* inCall(handler: Handler, call: SyntaxNode): Iterable<Finding> {
  const { facts } = handler;
  const statement = enclosing(
    call,
    'return_statement',
    'short_var_declaration',
    'assignment_statement',
    'expression_statement',
    'block',
  );
  if (!statement || statement.type === 'return_statement') return;
  const location = locationOf(facts, call);
  const [map, error] = targetsOf(facts, statement);
  if (map === undefined || map === '_') {
    yield {
      location,
      message: 'the map that RunMigrations returns is discarded',
      consequence: runAgain,
    };
    return;
  }
  if (error === '_' || isNeverRead(facts, call)) {
    yield {
      location,
      message: 'the error of RunMigrations is discarded',
      consequence:
        'a failed migration goes on as if it had worked, and nodes compute different states',
    };
  }
  yield* otherMaps(handler, map, call);
  const ignored =
    error === undefined || error === '_' ? undefined : errorCheck(handler, error, statement);
  if (ignored) yield ignored;
}

/** The variables that a statement assigns to; none for a call that is a statement of its own. */
function targetsOf(facts: FileFacts, statement: SyntaxNode): string[] {
  if (statement.type === 'block' || statement.type === 'expression_statement') return [];
  return namedChildren(childByField(statement, 'left')).map(target => written(facts, target));
}

/** Returns after the call that give back something else than its map. */
function* otherMaps(handler: Handler, result: string, call: SyntaxNode): Iterable<Finding> {
  const { facts, body, fn } = handler;
  for (const statement of findAll(body, 'return_statement')) {
    if (statement.start < call.end || enclosingFunction(statement) !== fn) continue;
    if (!mayBothRun(call, statement, facts.text)) continue;
    const [value, error] = namedChildren(namedChildren(statement)[0]);
    if (!value || !error || written(facts, error) !== 'nil') continue;
    const other = otherMap(handler, result, call, value);
    if (!other) continue;
    yield {
      location: locationOf(facts, statement),
      message: `this returns ${other} instead of ${result}, the result of RunMigrations`,
      consequence: runAgain,
      fixes: returnFix(facts, value, result, call),
    };
  }
}

/** What is given back in the place of the map that RunMigrations returned; undefined for that. */
function otherMap(
  handler: Handler,
  result: string,
  call: SyntaxNode,
  value: SyntaxNode,
): string | undefined {
  const map = written(handler.facts, value);
  if (isEmptyMap(map)) return 'an empty map';
  const isSame = map === result;
  if (isSame && endsBefore(call, value)) return `another ${map}, which is declared outside,`;
  if (isSame || map !== versionMapOf(handler) || isGiven(handler, map, result)) return undefined;
  return `${map}, the map from before the migrations,`;
}

/**
 * Whether the variables that `:=` makes of a call's results end before a node: they live in the
 * block of the statement, or in the `if` or `switch` whose header it is.
 */
function endsBefore(call: SyntaxNode, node: SyntaxNode): boolean {
  const statement = enclosing(call, 'short_var_declaration', 'assignment_statement', 'block');
  const scope = statement?.type === 'short_var_declaration' ? statement.parent : undefined;
  return scope !== undefined && node.start >= scope.end;
}

/** Whether one map is assigned to the other: `fromVM = migrated`. */
function isGiven({ facts, body }: Handler, map: string, result: string): boolean {
  return findAll(body, 'assignment_statement').some(statement => {
    const [target, value] = ['left', 'right'].map(
      field => namedChildren(childByField(statement, field))[0],
    );
    return written(facts, target) === map && written(facts, value) === result;
  });
}

function isEmptyMap(text: string): boolean {
  return text === 'nil' || /^(make\(|(module\.)?VersionMap\{\}|map\[string\]uint64\{\})/.test(text);
}

/** Gives back the result, where its variable is still there. */
function returnFix(
  facts: FileFacts,
  value: SyntaxNode,
  result: string,
  call: SyntaxNode,
): SuggestedFix[] {
  if (endsBefore(call, value)) return [];
  return [
    {
      title: `Return ${result}`,
      preferred: true,
      edit: changes => changes.edit(facts.path, value.start, value.end, result),
    },
  ];
}

/** `if err != nil { … }` after the call that goes on, or returns without the error. */
function errorCheck(
  { facts, body }: Handler,
  error: string,
  call: SyntaxNode,
): Finding | undefined {
  const isIt = ({ text }: GoNode) => text === error;
  const [check] = [...descend(body)]
    .filter(node => node.start >= call.end && !isDeclaredAgain(facts, error, node, call))
    .flatMap(node => failingBranch({ facts, node }, isIt) ?? []);
  if (!check) return undefined;
  const { statement, then } = check;
  const last = findAll(then, 'return_statement').at(-1);
  if (stops(facts, then) || (last && returnsError(facts, last))) return undefined;
  return {
    location: locationOf(facts, { start: statement.start, end: then.start }),
    message: last
      ? 'a failed migration is answered with a nil error'
      : 'the error of a failed migration is not returned',
    consequence: 'the upgrade goes on with a state that is only partly migrated',
  };
}

/** What a statement does where an error is not nil. */
function failingBranch(
  statement: Expr,
  isError: (side: GoNode) => boolean,
): { readonly statement: SyntaxNode; readonly then: SyntaxNode } | undefined {
  const then = branchesOf(statement).find(({ facts }) =>
    facts.some(fact => saysNil(fact, isError) === false),
  )?.body;
  return then && { statement: statement.node, then };
}

/**
 * Whether a name means another variable in the header of an `if` than behind an earlier statement:
 * a header or a block around it that the statement is not in declares it anew.
 */
function isDeclaredAgain(
  facts: FileFacts,
  name: string,
  node: SyntaxNode,
  statement: SyntaxNode,
): boolean {
  for (let at: SyntaxNode | undefined = node; at; at = at.parent) {
    if (at.start <= statement.start && at.end >= statement.end) return false;
    const declares = at.children.some(
      child =>
        child.type === 'short_var_declaration' &&
        child.start <= node.end &&
        targetsOf(facts, child).includes(name),
    );
    if (declares) return true;
  }
  return false;
}

function stops(facts: FileFacts, block: SyntaxNode): boolean {
  return /\bpanic\(|os\.Exit|\.Fatal|tmos\.Exit|cmtos\.Exit/.test(written(facts, block));
}

function returnsError(facts: FileFacts, statement: SyntaxNode): boolean {
  const error = namedChildren(namedChildren(statement)[0]).at(-1);
  return written(facts, error) !== 'nil';
}

function written({ text }: FileFacts, node: SyntaxNode | undefined): string {
  return node ? text.slice(node.start, node.end) : '';
}

/** The modules of the repository whose ConsensusVersion rose since the baseline. */
function risenModules({ chain, base }: RuleContext): Module[] {
  if (!base) return [];
  return chain.modules.filter(module => {
    const now = module.consensusVersion;
    const before = sameModule(base.chain.modules, module)?.consensusVersion;
    return now !== null && before != null && now > before;
  });
}
