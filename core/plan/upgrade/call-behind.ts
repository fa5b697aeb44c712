import { indentAt, lineEnd } from '../../go/edit/edit.ts';
import type { Expr } from '../../go/eval/value.ts';
import { textOf } from '../../go/eval/value.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import { callsOf } from '../../go/syntax/syntax.ts';
import { Refusal } from '../../refusal.ts';
import { functionsOf } from '../../wiring/call-sites.ts';
import { calledOperand } from '../go-tree.ts';
import type { Job } from './job.ts';

/**
 * Writes a statement right behind the app's call of one of its methods; `statement` is given what
 * the app is called there.
 */
export function callBehind(job: Job, method: string, statement: (app: string) => string): void {
  const call = callOf(job, method);
  if (!call) throw new Refusal(`nothing calls ${method}; call it before the app loads its stores`);
  const { facts, node } = call;
  const { start, end } = statementIn(node);
  const at = lineEnd(facts.text, end);
  const app = textOf({ facts, node: calledOperand(node)! });
  job.changes.edit(facts.path, at, at, `${indentAt(facts.text, start)}${statement(app)}\n`);
}

/** Where the app calls one of its methods. */
export function callOf({ repo, app }: Job, method: string): Expr | undefined {
  for (const { facts, func } of functionsOf(repo, app.dir)) {
    const node = callsOf(func.syntax, facts.text, method).find(calledOperand);
    if (node) return { facts, node };
  }
  return undefined;
}

/** The statement of the nearest block in which a node lies. */
function statementIn(node: SyntaxNode): SyntaxNode {
  let at = node;
  while (at.parent && at.parent.type !== 'block') at = at.parent;
  return at;
}
