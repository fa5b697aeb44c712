import { dirname } from '../../files.ts';
import { goNode } from '../../go/eval/go-node.ts';
import { behindLocals } from '../../go/eval/locals.ts';
import type { Expr } from '../../go/eval/value.ts';
import { calledFunction, exprAt, returnedBy, stringValue, textOf } from '../../go/eval/value.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { FileFacts, Func } from '../../go/source/facts.ts';
import {
  callArguments,
  callsOf,
  findAll,
  parameterNames,
  withoutAddressOf,
} from '../../go/syntax/syntax.ts';
import { importClosure } from '../call-sites.ts';
import type { Registration } from '../style.ts';
import { methodResult, storesResult } from './method-results.ts';
import type { Registering } from './style-at.ts';
import { fromCall } from './style-at.ts';

/**
 * R8: the upgrades that packages enter into a map in their `init`, behind the call that the loop
 * asks for it.
 */
export function fromRegistry(call: Registering, source: Expr): Registration[] {
  const { repo, dir } = call.app;
  const map = returnedBy(repo, exprAt(source, withoutAddressOf(source.node)));
  if (map?.node.type !== 'identifier') return [];
  const home = dirname(map.facts.path);
  const enter = enteringFunction(repo, home, textOf(map));
  if (!enter) return [];
  return [...importClosure(repo, dir)].sort().flatMap(one =>
    runAtStart(repo, one).flatMap(({ facts, func }) =>
      callsOf(func.syntax, facts.text, enter)
        .filter(node => calledFunction(repo, { facts, node })?.dir === home)
        .flatMap(node => entered(call, { facts, node }, one)),
    ),
  );
}

/** The `init` functions of a package, and the free functions of it that they call. */
function runAtStart(repo: Repo, dir: string): readonly { facts: FileFacts; func: Func }[] {
  const all = repo.functions(dir).filter(({ func }) => !func.receiver && func.syntax);
  const found = all.filter(({ func }) => func.name === 'init');
  for (const { facts, func } of found) {
    const called = all.filter(
      other =>
        !found.includes(other) && callsOf(func.syntax, facts.text, other.func.name).length > 0,
    );
    found.push(...called);
  }
  return found;
}

/** The function `func Register(name, make) { upgrades[name] = make }` of a registry. */
function enteringFunction(repo: Repo, dir: string, map: string): string | undefined {
  return repo
    .functions(dir)
    .find(({ facts, func }) => !func.receiver && entersInto(facts, func, map))?.func.name;
}

function entersInto(facts: FileFacts, { syntax }: Func, map: string): boolean {
  const [key, value, ...others] = parameterNames(syntax, facts.text);
  if (value === undefined || others.length > 0) return false;
  return findAll(syntax, 'assignment_statement').some(node => {
    const statement = goNode({ facts, node });
    const entry = statement.field('left')?.children[0];
    return (
      statement.operator === '=' &&
      entry?.type === 'index_expression' &&
      entry.operand?.text === map &&
      entry.field('index')?.text === key &&
      statement.field('right')?.text === value
    );
  });
}

/** One entry: its name, and what the methods of its type give. */
function entered(call: Registering, place: Expr, dir: string): Registration[] {
  const { repo } = call.app;
  const [name] = callArguments(place.node);
  if (!name) return [];
  const nameExpr = exprAt(place, name);
  const made = behindLocals(call.handler).name;
  const handler = methodResult(repo, dir, (_, func) => func.name === made);
  const stores = storesResult(repo, dir);
  return [
    {
      ...fromCall(call),
      code: 'R8',
      name: stringValue(repo, nameExpr),
      nameExpr,
      place,
      package: dir,
      ...(handler ? { handler } : {}),
      ...(stores ? { stores } : {}),
    },
  ];
}
