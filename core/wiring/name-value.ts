import type { Expr, Value } from '../go/eval/value.ts';
import { stringValue } from '../go/eval/value.ts';
import type { Repo } from '../go/repo/repo.ts';

/** The name of a plan; unknown where the linker sets it, as the SDK's `version.Version`. */
export function nameValue(repo: Repo, expr: Expr): Value {
  const name = stringValue(repo, expr);
  const isLinked = name.kind === 'named' && /\/version\.\w+$/.test(name.const);
  return isLinked
    ? { kind: 'unknown', why: `${name.const} is set when the binary is linked` }
    : name;
}
