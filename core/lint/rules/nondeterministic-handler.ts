import type { HandlerBody } from '../../chain/app/handler-code.ts';
import { bodiesOf, handlersOf } from '../../chain/app/handler-code.ts';
import { listType } from '../../go/eval/list-type.ts';
import { parameterType } from '../../go/eval/scope.ts';
import { calledFunction, exprAt, localDefinition, resolve, textOf } from '../../go/eval/value.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { FileFacts } from '../../go/source/facts.ts';
import { locationOf } from '../../go/source/location.ts';
import { typeRefOf } from '../../go/source/type-ref.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import {
  callArguments,
  calleeName,
  childByField,
  descend,
  enclosing,
  findAll,
  withoutParens,
} from '../../go/syntax/syntax.ts';
import type { Finding, Rule } from '../rule.ts';
import { handlersNotRead } from '../unread.ts';

const repair = 'make every node do the same: no clock, no chance, no order of a Go map';

/**
 * What differs from node to node in a handler forks the chain at the upgrade height
 * (docs/background/incidents.md#nondeterministic-handler).
 */
export const nondeterministicHandler: Rule = {
  name: 'nondeterministic-handler',
  severity: 'warning',
  summary: 'a handler is nondeterministic',
  repair,
  nodeSays: [
    {
      words: { pattern: /gives another app hash each time it is made/, when: ['repeat'] },
      repair,
    },
  ],
  silentUntilLater: 10,
  notJudged: handlersNotRead,
  *check({ apps }) {
    for (const { repo, app, wiring, pending } of apps) {
      for (const handler of handlersOf(repo, app, wiring)) {
        if (!pending.includes(handler.upgrade)) continue;
        for (const body of bodiesOf(repo, handler)) {
          yield* localSources(body);
          yield* goroutines(body);
          yield* mapLoops(repo, body);
        }
      }
    }
  },
};

const halts = 'nodes compute different states at the upgrade height, and the chain halts';

/** Functions of the standard library whose results differ from node to node. */
const sources: readonly [RegExp, string][] = [
  [/^time\.Now$/, "the node's clock"],
  [/^rand\.\w+$/, 'a random number'],
  [/^os\.(Getenv|LookupEnv|ReadFile|Open|Hostname)$/, "the node's own machine"],
  [/^http\.(Get|Post|Do)$/, 'the network'],
];

function* localSources({ facts, body }: HandlerBody): Iterable<Finding> {
  for (const call of findAll(body, 'call_expression')) {
    const callee = childByField(call, 'function');
    if (!callee) continue;
    const name = textOf({ facts, node: callee });
    const source = sources.find(([pattern]) => pattern.test(name));
    if (!source || isOnlyMeasured(facts, call, body)) continue;
    yield {
      location: locationOf(facts, call),
      message: `this depends on ${source[1]}`,
      consequence: name === 'time.Now' ? `${halts}; use ctx.BlockTime()` : halts,
    };
  }
}

function* goroutines({ facts, body }: HandlerBody): Iterable<Finding> {
  for (const statement of findAll(body, 'go_statement'))
    yield {
      location: locationOf(facts, statement),
      message: 'the timing of a goroutine in a handler differs from node to node',
      consequence: 'nodes may compute different states at the upgrade height',
    };
}

function* mapLoops(repo: Repo, handlerBody: HandlerBody): Iterable<Finding> {
  const { facts, body } = handlerBody;
  for (const loop of findAll(body, 'for_statement')) {
    const clause = loop.children.find(({ type }) => type === 'range_clause');
    const over = childByField(clause, 'right');
    if (!clause || !over || !isMap(repo, facts, over) || onlyCollects(repo, handlerBody, loop))
      continue;
    const map = textOf({ facts, node: over });
    yield {
      location: locationOf(facts, clause),
      message: `Go iterates over the map ${map} in a different order on every node`,
      consequence:
        'where the order affects the state, nodes diverge at the upgrade height; ' +
        'sort the keys first',
    };
  }
}

/** A clock that is only read to tell how long something took. */
function isOnlyMeasured(facts: FileFacts, call: SyntaxNode, body: SyntaxNode): boolean {
  const around = enclosing(
    call,
    'expression_statement',
    'defer_statement',
    'call_expression',
    'short_var_declaration',
  );
  if (!around) return false;
  if (/telemetry\.|Logger\(\)|logger\./.test(textOf({ facts, node: around }))) return true;
  const left = around.type === 'short_var_declaration' && childByField(around, 'left');
  if (!left) return false;
  const name = textOf({ facts, node: left });
  const uses = [...descend(body)].filter(
    node =>
      node.type === 'identifier' && node.start > around.end && textOf({ facts, node }) === name,
  );
  return uses.length > 0 && uses.every(use => isMeasurement(facts, use));
}

/** Whether a point in time is an argument of `time.Since(start)` and the like. */
function isMeasurement({ text }: FileFacts, use: SyntaxNode): boolean {
  const call = enclosing(use, 'argument_list')?.parent;
  return call !== undefined && /(Since|Sub|Measure\w*)$/.test(calleeName(call, text));
}

/** A map that is made here or in the package, or that a parameter holds by its type. */
function isMap(repo: Repo, facts: FileFacts, over: SyntaxNode): boolean {
  if (over.type === 'identifier') {
    const name = textOf({ facts, node: over });
    if (localDefinition(over, name, facts.text) === 'parameter')
      return isMapType(repo, facts, parameterType(over, name, facts.text));
  }
  const target = resolve(repo, { facts, node: withoutParens(over) });
  if (!('expr' in target)) return false;
  const { node } = target.expr;
  if (node.type === 'composite_literal') return childByField(node, 'type')?.type === 'map_type';
  return textOf(exprAt(target.expr, node)).startsWith('make(map[');
}

/** `map[K]V`, a type of the repository that is one, or the SDK's `module.VersionMap`. */
function isMapType(repo: Repo, facts: FileFacts, type: SyntaxNode | undefined): boolean {
  if (!type) return false;
  if (listType(repo, { facts, node: type })?.kind === 'map') return true;
  const { qualifier, name } = typeRefOf(type, facts.text) ?? {};
  const path = qualifier === undefined ? undefined : repo.importFor(facts, qualifier);
  return name === 'VersionMap' && path !== undefined && /\/types\/module$/.test(path);
}

const collecting = new Set(['append', 'len', 'delete', 'copy', 'string', 'int64', 'uint64']);

/** Calls of loggers and printers: no state depends on the order of what they say. */
const onlyTells =
  /(^|\.)[lL]ogger(\(\))?(\.\w+)?$|^fmt\.S?[pP]rint\w*$|^log\.\w+$|(^|\.)UnwrapSDKContext$/;

/**
 * A loop that fills another map, or gathers keys in slices whose order does not matter: then the
 * order does not show.
 */
function onlyCollects(repo: Repo, { facts, body }: HandlerBody, loop: SyntaxNode): boolean {
  const block = childByField(loop, 'body');
  if (!block) return false;
  const calls = findAll(block, 'call_expression');
  const nameOf = (call: SyntaxNode) =>
    textOf({ facts, node: childByField(call, 'function') ?? call });
  return (
    calls.every(call => collecting.has(nameOf(call)) || onlyTells.test(nameOf(call))) &&
    calls
      .filter(call => nameOf(call) === 'append')
      .every(call => isOrderless(repo, { facts, body }, loop, callArguments(call)[0]))
  );
}

/**
 * Whether nothing depends on the order of a slice that a loop fills: it is sorted before anything
 * else is done with it, or only counted, or gone when the loop ends.
 */
function isOrderless(
  repo: Repo,
  { facts, body }: Pick<HandlerBody, 'facts' | 'body'>,
  loop: SyntaxNode,
  slice: SyntaxNode | undefined,
): boolean {
  if (slice?.type !== 'identifier') return true;
  const name = textOf({ facts, node: slice });
  const uses = [...descend(body)].filter(
    node =>
      node.type === 'identifier' && node.start >= loop.end && textOf({ facts, node }) === name,
  );
  const first = uses.find(use => !ignoresOrder(facts, use));
  return first === undefined || isSorted(repo, facts, first);
}

/** `len(list)`, `list == nil`, `list = …`; what a helper gives back is up to its caller. */
function ignoresOrder(facts: FileFacts, use: SyntaxNode): boolean {
  const around = enclosing(use, 'call_expression', 'return_statement', 'block');
  if (around?.type === 'return_statement') return true;
  if (around?.type === 'call_expression' && /^(len|cap)$/.test(calleeName(around, facts.text)))
    return true;
  if (use.parent?.type === 'binary_expression') return true;
  const isTarget = use.parent?.type === 'expression_list' && use.parent.field === 'left';
  return isTarget && use.parent.parent?.type === 'assignment_statement';
}

const sorting = /sort|^New(Dec)?Coins$/i;

/** Whether a slice is given to something that sorts it: `sort.Strings`, or a function that does. */
function isSorted(repo: Repo, facts: FileFacts, use: SyntaxNode): boolean {
  for (
    let call = enclosing(use, 'call_expression', 'block');
    call?.type === 'call_expression';
    call = enclosing(call, 'call_expression', 'block')
  ) {
    const callee = childByField(call, 'function');
    if (callee && sorting.test(textOf({ facts, node: callee }).replace(/^.*\.(?=New)/, '')))
      return true;
    const called = calledFunction(repo, { facts, node: call });
    if (called && sorts(called.facts, called.node)) return true;
  }
  return false;
}

function sorts(facts: FileFacts, fn: SyntaxNode): boolean {
  return findAll(fn, 'call_expression').some(call => {
    const callee = childByField(call, 'function');
    return callee !== undefined && sorting.test(textOf({ facts, node: callee }));
  });
}
