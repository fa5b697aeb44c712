import { dirname } from '../../files.ts';
import type { GoNode } from '../../go/eval/go-node.ts';
import { goNode } from '../../go/eval/go-node.ts';
import type { Expr, StructValue } from '../../go/eval/value.ts';
import { exprAt, fieldOf, functionNamed, structOf } from '../../go/eval/value.ts';
import type { Repo } from '../../go/repo/repo.ts';
import { typeRefOf } from '../../go/source/type-ref.ts';
import { returnedValue } from '../../go/syntax/results.ts';
import { callArguments } from '../../go/syntax/syntax.ts';
import type { Registration } from '../style.ts';
import type { HandlerFunction } from './handler-function.ts';
import { functionBehind, handlerFunction, handlerIn } from './handler-function.ts';

/**
 * The function that runs for a registration, also where it is a method (`app.runV2`), the field of
 * a struct (`next.run(app)`), made by a method of what a field holds (`upgrade.Maker.Make(mm)`), or
 * returned by a name.
 */
export function registeredFunction(
  repo: Repo,
  { handler, site, struct }: Registration,
): HandlerFunction | undefined {
  const found = handler && handlerFunction(repo, handler);
  const given = handler ?? exprAt(site.call, callArguments(site.call.node)[1] ?? site.call.node);
  return found ?? functionOf(repo, goNode(given), struct) ?? returnedFunction(repo, given);
}

const deepest = 4;

/**
 * The handler that a function returns by a name, or gets from another function: `return handler`,
 * `return steps.run`, `return makeHandler(mm)`.
 */
function returnedFunction(repo: Repo, given: Expr, depth = 0): HandlerFunction | undefined {
  const maker = depth < deepest ? functionBehind(repo, given) : undefined;
  const result = maker && returnedValue(maker.node, maker.facts.text);
  if (!result) return undefined;
  const returned = exprAt(maker, result);
  return (
    handlerFunction(repo, returned) ??
    functionOf(repo, goNode(returned), undefined) ??
    returnedFunction(repo, returned, depth + 1)
  );
}

/** The function behind a selector, called or not. `element` is what a loop's variable stands for. */
function functionOf(
  repo: Repo,
  expr: GoNode,
  element: StructValue | undefined,
): HandlerFunction | undefined {
  const written = expr.withoutParens;
  const selector = written.callee ?? written;
  if (selector.type !== 'selector_expression' || !selector.operand) return undefined;
  const owner = ownerOf(repo, selector.operand, element);
  const field = owner && fieldOf(owner, selector.name);
  if (field) return handlerFunction(repo, field) ?? functionOf(repo, goNode(field), undefined);
  const method = owner ? methodOf(repo, owner, selector.name) : functionNamed(repo, selector);
  return method && handlerIn(method.facts, method.node);
}

/** The struct before the dot, through the fields of other structs. */
function ownerOf(
  repo: Repo,
  expr: GoNode,
  element: StructValue | undefined,
): StructValue | undefined {
  const known = structOf(repo, expr);
  if (known) return known;
  if (expr.type === 'identifier') return element;
  const owner =
    expr.type === 'selector_expression' && expr.operand
      ? ownerOf(repo, expr.operand, element)
      : undefined;
  const field = owner && fieldOf(owner, expr.name);
  return field && structOf(repo, field);
}

/** The method of a literal's type. */
function methodOf(
  repo: Repo,
  { expr, type }: StructValue,
  name: string,
): Pick<HandlerFunction, 'facts' | 'node'> | undefined {
  const ref = typeRefOf(type, expr.facts.text);
  const dir = ref?.qualifier ? repo.folderOf(expr.facts, ref.qualifier) : dirname(expr.facts.path);
  if (!ref || dir === undefined) return undefined;
  const [only, ...others] = repo
    .functions(dir, name)
    .filter(({ func }) => func.receiver?.type === ref.name);
  const node = others.length === 0 ? only?.func.syntax : undefined;
  return only && node && { facts: only.facts, node };
}
