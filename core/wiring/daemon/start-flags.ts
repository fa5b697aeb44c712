import { goNode } from '../../go/eval/go-node.ts';
import type { Expr } from '../../go/eval/value.ts';
import { exprAt, localDefinition } from '../../go/eval/value.ts';
import type { FoundFunc, Repo } from '../../go/repo/repo.ts';
import { withoutParens } from '../../go/syntax/syntax.ts';
import type { ServerCommands } from './server-commands.ts';

/**
 * What gets the `start` command: a closure in the call, a function or method of the same package,
 * something else that can be called with it, or nothing.
 */
export type StartFlags =
  | { readonly kind: 'closure'; readonly fn: Expr }
  | { readonly kind: 'function'; readonly fn: Expr; readonly declared: FoundFunc }
  | { readonly kind: 'other'; readonly expr: Expr }
  | { readonly kind: 'none' };

/** What a call that adds the server's commands gives the `start` command to. */
export function startFlagsOf(repo: Repo, commands: ServerCommands): StartFlags {
  const { startFlags, within } = commands;
  if (!startFlags) return { kind: 'none' };
  const expr = exprAt(startFlags, withoutParens(startFlags.node));
  const { type, text, name, operand } = goNode(expr);
  if (type === 'nil') return { kind: 'none' };
  if (type === 'func_literal') return { kind: 'closure', fn: expr };
  const isMethod = type === 'selector_expression';
  if (type !== 'identifier' && !isMethod) return { kind: 'other', expr };
  const first = isMethod ? operand : goNode(expr);
  const local = first && localDefinition(first.node, first.text, expr.facts.text);
  if (!isMethod && local) {
    const isClosure = typeof local === 'object' && local.type === 'func_literal';
    return isClosure ? { kind: 'closure', fn: exprAt(expr, local) } : { kind: 'other', expr };
  }
  // A package's function is no method; one of the same name here is not meant.
  const isOfPackage = isMethod && !local && repo.importFor(expr.facts, operand?.text ?? '');
  const found = repo
    .functions(within.dir, isMethod ? name : text)
    .filter(({ func }) => (func.receiver !== undefined) === isMethod);
  const [declared, ...others] = found;
  const node = declared && repo.syntaxOf(declared);
  if (isOfPackage || !declared || !node || others.length > 0) return { kind: 'other', expr };
  return { kind: 'function', fn: { facts: declared.facts, node }, declared };
}
