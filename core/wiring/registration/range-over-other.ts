import { dirname } from '../../files.ts';
import type { Expr } from '../../go/eval/value.ts';
import { exprAt, fieldsOf, resolve, stringValue, structOf, textOf } from '../../go/eval/value.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import {
  callArguments,
  calleeName,
  childByField,
  findAll,
  namedChildren,
  withoutAddressOf,
  withoutParens,
} from '../../go/syntax/syntax.ts';
import type { Registration, Site, StyleCode } from '../style.ts';
import { embeddedNames } from './embedded-names.ts';
import { listLiteral, loopUse } from './lists.ts';
import { fromRegistry } from './registry.ts';
import type { Registering, RegistrationStyle } from './style-at.ts';
import { fromCall, packageBehind } from './style-at.ts';

/**
 * Loops over something else than a list of structs: a map (R7a), a router (R7b), a registry (R8),
 * names that share one handler (R9).
 */
export const looped: RegistrationStyle = {
  codes: ['R7a', 'R7b', 'R8', 'R9'],
  recognise(call) {
    const { app, site, name } = call;
    const use = loopUse(app.repo, site, name);
    const clause = site.loop?.children.find(c => c.type === 'range_clause');
    const source = use?.list ?? (clause && exprAt(site.call, childByField(clause, 'right')!));
    if (!source) return undefined;
    const embedded = embeddedNames(app.repo, source);
    if (embedded)
      return embedded.names.map(value => ({
        ...fromCall(call),
        code: 'R9',
        name: { kind: 'known', value },
      }));
    const literal = listLiteral(app.repo, source, site);
    const map = literal && childByField(literal.literal.node, 'type')?.type === 'map_type';
    // An empty map is a registry that others fill.
    if (map && namedChildren(literal.body.node).length > 0) return fromMap(call, literal.body);
    if (literal && !map && !use)
      return namedChildren(literal.body.node).map(node =>
        element(call, 'R9', exprAt(literal.body, node), exprAt(literal.body, node)),
      );
    if (!mentionsLoop(site, name)) return undefined;
    const routed = fromRouter(call, source);
    if (routed.length > 0) return routed;
    const entered = fromRegistry(call, source);
    if (entered.length > 0) return entered;
    const why = `${textOf(name)} takes its name from ${textOf(source).slice(0, 60)}`;
    return [{ ...fromCall(call), code: sourceCode(source), name: { kind: 'unknown', why } }];
  },
};

function fromMap(call: Registering, body: Expr): Registration[] {
  return namedChildren(body.node).flatMap(node => {
    const key = namedChildren(node)[0];
    const value = namedChildren(node)[1];
    const struct = value && structOf(call.app.repo, exprAt(body, value));
    return key
      ? [
          {
            ...element(call, 'R7a', exprAt(body, key), exprAt(body, node)),
            package: dirname(body.facts.path),
            ...(struct ? { struct } : {}),
          },
        ]
      : [];
  });
}

/**
 * R7b: the elements that a chain of `.Register(…)` calls is given, behind the variable or call that
 * the loop asks.
 */
function fromRouter(call: Registering, source: Expr): Registration[] {
  const { repo } = call.app;
  let target = exprAt(source, withoutAddressOf(source.node));
  if (target.node.type === 'call_expression')
    target = exprAt(
      target,
      childByField(childByField(target.node, 'function'), 'operand') ?? target.node,
    );
  const defined = resolve(repo, target);
  if (!('expr' in defined)) return [];
  const found: Registration[] = [];
  const { expr } = defined;
  let node: SyntaxNode | undefined = expr.node;
  while (node?.type === 'call_expression') {
    const callee = childByField(node, 'function');
    if (callee?.type !== 'selector_expression') break;
    if (calleeName(node, expr.facts.text) === 'Register' && callArguments(node).length === 1) {
      const place = exprAt(expr, callArguments(node)[0]!);
      const struct = structOf(repo, place);
      const name = struct && fieldsOf(struct).find(f => /name$/i.test(f.name));
      const handler = struct && fieldsOf(struct).find(f => /handler/i.test(f.name));
      if (struct && name) {
        found.unshift({
          ...fromCall(call),
          code: 'R7b',
          name: stringValue(repo, name.value),
          nameExpr: name.value,
          place,
          struct,
          package: packageBehind(repo, place) ?? dirname(struct.expr.facts.path),
          ...(handler ? { handler: handler.value } : {}),
        });
      }
    }
    node = childByField(callee, 'operand');
  }
  return found;
}

function element(call: Registering, code: StyleCode, name: Expr, place: Expr): Registration {
  return { ...fromCall(call), code, name: stringValue(call.app.repo, name), nameExpr: name, place };
}

function sourceCode(source: Expr): StyleCode {
  const text = textOf(source);
  if (/strings\.|embed|names/i.test(text)) return 'R9';
  return /\.\w*List\(|\.\w*Upgrades\(|registry/i.test(text) && !/router/i.test(text) ? 'R8' : 'R7b';
}

function mentionsLoop(site: Site, name: Expr): boolean {
  const clause = site.loop?.children.find(c => c.type === 'range_clause');
  const variables = namedChildren(childByField(clause, 'left')).map(v =>
    textOf(exprAt(site.call, v)),
  );
  return (
    variables.includes(textOf(exprAt(name, withoutParens(name.node)))) ||
    findAll(name.node, 'identifier').some(n => variables.includes(textOf(exprAt(name, n))))
  );
}
