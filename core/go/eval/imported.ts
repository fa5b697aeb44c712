import { dirname } from '../../files.ts';
import type { Repo } from '../repo/repo.ts';
import type { Expr } from './expr.ts';
import { goNode } from './go-node.ts';
import { localDefinition } from './scope.ts';

/** A package that a file imports: its path, and its folder where it is in this repository. */
export interface ImportedPackage {
  readonly path: string;
  readonly dir: string | undefined;
}

/**
 * The package that the qualifier of a selector `pkg.Name` names; undefined where that is no import,
 * or a local name hides it.
 */
export function importedPackage(repo: Repo, selector: Expr): ImportedPackage | undefined {
  const { facts } = selector;
  const operand = goNode(selector).operand;
  if (operand?.type !== 'identifier') return undefined;
  const name = operand.text;
  if (localDefinition(operand.node, name, facts.text)) return undefined;
  const path = repo.importFor(facts, name);
  return path === undefined ? undefined : { path, dir: repo.dirOf(path, dirname(facts.path)) };
}
