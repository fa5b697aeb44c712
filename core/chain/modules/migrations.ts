import type { Int } from '../../go/eval/integers.ts';
import { intValue } from '../../go/eval/integers.ts';
import type { Expr, Value } from '../../go/eval/value.ts';
import { bind, exprAt, stringValue, textOf } from '../../go/eval/value.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { FileFacts, Func } from '../../go/source/facts.ts';
import { locationOf } from '../../go/source/location.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import { callArguments, callsOf, childByField } from '../../go/syntax/syntax.ts';
import { allFilesWith } from '../app/app-code.ts';
import type { Migration, Unknown } from '../chain.ts';

/** A RegisterMigration call: what it says, and where it stands. */
export interface Registered extends Migration {
  readonly name: Value;
  readonly dir: string;
  /** The type whose method makes the call. */
  readonly receiver: string | undefined;
}

/**
 * The migrations a repository registers; calls whose module or version is only known at run time
 * are reported.
 */
export function registeredMigrations(
  repo: Repo,
  unknown: (unknown: Unknown) => void,
): Registered[] {
  const found: Registered[] = [];
  for (const [dir, files] of allFilesWith(repo, 'migrations', text =>
    text.includes('RegisterMigration'),
  )) {
    for (const facts of files) {
      for (const func of facts.funcs) {
        if (func.name === 'RegisterMigration') continue;
        for (const call of callsOf(func.syntax, facts.text, 'RegisterMigration')) {
          if (callArguments(call).length === 3)
            found.push(...registrations(repo, dir, facts, func, call, unknown));
        }
      }
    }
  }
  return found;
}

function registrations(
  repo: Repo,
  dir: string,
  facts: FileFacts,
  func: Func,
  call: SyntaxNode,
  unknown: (unknown: Unknown) => void,
): Registered[] {
  const location = locationOf(facts, call);
  const read = (bindings: Expr['bindings']) => {
    const [name, from, handler] = callArguments(call).map(
      (node): Expr => ({ facts, node, ...(bindings ? { bindings } : {}) }),
    );
    const given =
      bindings && handler!.node.type === 'identifier' ? bindings.get(textOf(handler!)) : undefined;
    return {
      name: stringValue(repo, name!),
      from: intValue(repo, from!),
      handler: handlerText(given ?? handler!),
    };
  };
  let readings = [read(undefined)];
  if (readings.some(r => isParameter(r.name) || isParameter(r.from))) {
    const callers = repo
      .functions(dir)
      .filter(other => other.func !== func)
      .flatMap(other =>
        callsOf(other.func.syntax, other.facts.text, func.name).map(node => ({
          facts: other.facts,
          node,
        })),
      );
    if (callers.length)
      readings = callers.map(caller => read(bind(caller, { node: func.syntax! }, facts.text)));
  }
  return readings.flatMap(({ name, from, handler }) => {
    if (name.kind !== 'unknown' && 'value' in from)
      return [{ name, from: from.value, handler, location, dir, receiver: func.receiver?.type }];
    const what =
      name.kind === 'unknown'
        ? `a module that is not known: ${name.why}`
        : `a version that is not known: ${'why' in from ? from.why : ''}`;
    unknown({ location, why: `a migration is registered for ${what}` });
    return [];
  });
}

function isParameter(value: Value | Int): boolean {
  return 'why' in value && / is a parameter$/.test(value.why);
}

/** A handler as it is written, a closure without its body. */
function handlerText(expr: Expr): string {
  const body = expr.node.type === 'func_literal' ? childByField(expr.node, 'body') : undefined;
  const text = (
    body ? `${textOf(exprAt(expr, { ...expr.node, end: body.start }))}{…}` : textOf(expr)
  ).replace(/\s+/g, ' ');
  return text.length > 100 ? `${text.slice(0, 99)}…` : text;
}
