import { dirname } from '../../files.ts';
import { literalBody } from '../../go/edit/repairs.ts';
import type { GoNode } from '../../go/eval/go-node.ts';
import { goNode } from '../../go/eval/go-node.ts';
import type { Expr } from '../../go/eval/value.ts';
import { exprAt } from '../../go/eval/value.ts';
import type { FoundFunc, Repo } from '../../go/repo/repo.ts';
import { namedChildren } from '../../go/syntax/syntax.ts';
import type { EraName } from './names.ts';
import type { EraSwitch } from './switches.ts';

/** A switch's behaviour in one era: the entry of its table. */
export interface Behaviour {
  /** The literal's body that holds it. */
  readonly body: Expr;
  readonly key: EraName;
  readonly value: GoNode;
  /** The function of the package that the value names, where it is one. */
  readonly func: FoundFunc | undefined;
}

/** A switch's behaviour in an era; undefined where its table is not read as a whole, or lacks it. */
export function behaviourIn(repo: Repo, one: EraSwitch, era: string): Behaviour | undefined {
  const { table } = one;
  const body = table && literalBody(table.node);
  const key = one.eras.find(held => held.name === era);
  const element =
    body && namedChildren(body).find(({ children: [first] }) => first === key?.expr.node);
  const value = element && namedChildren(element)[1];
  if (!one.isWhole || !table || !body || !key || !value) return undefined;
  const held = goNode(exprAt(table, value));
  const isName = held.type === 'identifier';
  const func = isName ? repo.func(dirname(held.facts.path), held.text) : undefined;
  return { body: exprAt(table, body), key, value: held, func };
}
