import type { HandlerBody } from '../../chain/app/handler-code.ts';
import { bodiesOf, handlersOf } from '../../chain/app/handler-code.ts';
import { exprAt, resolve } from '../../go/eval/value.ts';
import type { Repo } from '../../go/repo/repo.ts';
import { locationOf } from '../../go/source/location.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import {
  childByField,
  descend,
  enclosing,
  findAll,
  withoutParens,
} from '../../go/syntax/syntax.ts';
import type { Finding, Rule } from '../rule.ts';

/**
 * What differs from node to node in a handler forks the chain at the upgrade height (incidents.md
 * R14).
 */
export const nondeterministicHandler: Rule = {
  name: 'nondeterministic-handler',
  severity: 'warning',
  summary: 'a handler does what differs from node to node',
  *check({ apps }) {
    for (const { repo, app, wiring, pending } of apps) {
      for (const handler of handlersOf(repo, app, wiring)) {
        if (pending.includes(handler.upgrade))
          for (const body of bodiesOf(repo, handler)) yield* inBody(repo, body);
      }
    }
  },
};

const sources: readonly [RegExp, string][] = [
  [/^time\.Now$/, "the node's clock; take the block's time (ctx.BlockTime())"],
  [/^rand\.\w+$/, 'a random number'],
  [/^os\.(Getenv|LookupEnv|ReadFile|Open|Hostname)$/, "the node's own machine"],
  [/^http\.(Get|Post|Do)$/, 'the network'],
];

function* inBody(repo: Repo, { facts, body }: HandlerBody): Iterable<Finding> {
  const text = (node: SyntaxNode) => facts.text.slice(node.start, node.end);
  for (const call of findAll(body, 'call_expression')) {
    const callee = childByField(call, 'function');
    const source = callee && sources.find(([pattern]) => pattern.test(text(callee)));
    if (source && !onlyMeasured(text, call, body))
      yield {
        location: locationOf(facts, call),
        message: `this depends on ${source[1]}; nodes come to different states at the upgrade height, and the chain halts`,
      };
  }
  for (const statement of findAll(body, 'go_statement'))
    yield {
      location: locationOf(facts, statement),
      message:
        'a goroutine in a handler runs at its own time; nodes may come to different states at the upgrade height',
    };
  for (const loop of findAll(body, 'for_statement')) {
    const clause = loop.children.find(c => c.type === 'range_clause');
    const over = clause && childByField(clause, 'right');
    if (!clause || !over || !isMap(repo, facts, over) || onlyCollects(text, loop)) continue;
    yield {
      location: locationOf(facts, clause),
      message: `Go goes over the map ${text(over)} in another order on every node; where the order shows in the state, nodes come apart at the upgrade height. Sort the keys first`,
    };
  }
}

/** A clock that is only read to tell how long something took. */
function onlyMeasured(
  text: (node: SyntaxNode) => string,
  call: SyntaxNode,
  body: SyntaxNode,
): boolean {
  const around = enclosing(
    call,
    'expression_statement',
    'defer_statement',
    'call_expression',
    'short_var_declaration',
  );
  if (around && /telemetry\.|Logger\(\)|logger\./.test(text(around))) return true;
  const left = around?.type === 'short_var_declaration' ? childByField(around, 'left') : undefined;
  const name = left && text(left);
  if (name === undefined) return false;
  const uses = [...descend(body)].filter(
    n => n.type === 'identifier' && text(n) === name && n.start > around!.end,
  );
  return (
    uses.length > 0 &&
    uses.every(n =>
      /(Since|Sub|Measure\w*)\([^()]*$/.test(
        text({ ...n, start: Math.max(body.start, n.start - 40), end: n.start }),
      ),
    )
  );
}

/** A map that is made here or in the package: a literal, or make. */
function isMap(repo: Repo, facts: HandlerBody['facts'], over: SyntaxNode): boolean {
  const target = resolve(repo, exprAt({ facts, node: over }, withoutParens(over)));
  if (!('expr' in target)) return false;
  const { node } = target.expr;
  const written = target.expr.facts.text.slice(node.start, node.end);
  return (
    (node.type === 'composite_literal' && childByField(node, 'type')?.type === 'map_type') ||
    /^make\(map\[/.test(written)
  );
}

/** A loop that gathers keys to be sorted, or fills another map: then the order does not show. */
function onlyCollects(text: (node: SyntaxNode) => string, loop: SyntaxNode): boolean {
  const block = childByField(loop, 'body');
  return (
    block !== undefined &&
    findAll(block, 'call_expression').every(call =>
      /^(append|len|delete|copy|string|int64|uint64)$/.test(
        text(childByField(call, 'function') ?? call),
      ),
    )
  );
}
