import assert from 'node:assert/strict';
import type { Expr, Value } from '../../core/go/eval/value.ts';
import { stringValue } from '../../core/go/eval/value.ts';
import type { Repo } from '../../core/go/repo/repo.ts';
import type { SyntaxNode } from '../../core/go/syntax/syntax.ts';
import { callArguments, calleeName, descend } from '../../core/go/syntax/syntax.ts';
import { repoOf } from './go.ts';

const gomod = { 'go.mod': 'module example.com/chain\n\ngo 1.22\n' };

/** The argument of the only call of `use` in app.go, in a repository of these texts. */
export async function used(texts: Record<string, string>): Promise<{ repo: Repo; expr: Expr }> {
  const repo = await repoOf({ ...gomod, ...texts });
  const facts = repo.facts('app/app.go')!;
  assert.equal(facts.syntaxError, undefined, "the test's Go parses");
  const calls: SyntaxNode[] = facts.funcs
    .flatMap(f => (f.syntax ? [...descend(f.syntax)] : []))
    .filter(n => n.type === 'call_expression' && calleeName(n, facts.text) === 'use');
  assert.equal(calls.length, 1, 'one call of use');
  return { repo, expr: { facts, node: callArguments(calls[0]!)[0]! } };
}

/** The value of what `use` is given in a body of package app. */
export async function valueIn(
  body: string,
  more: Record<string, string> = {},
  imports = '',
): Promise<Value> {
  const { repo, expr } = await used({
    'app/app.go': `package app\n\n${imports}\n\n${body}\n`,
    ...more,
  });
  return stringValue(repo, expr);
}

/** Asserts that a value is unknown, and why. */
export function unknown(value: Value, why: RegExp): void {
  assert.equal(value.kind, 'unknown', `expected unknown, got ${JSON.stringify(value)}`);
  assert.match(value.why, why);
}
