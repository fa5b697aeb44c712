import type { Repo } from '../go/repo/repo.ts';
import { enclosingDeclaration } from '../go/source/declaration.ts';
import type { Diagnostic } from './diagnostic.ts';

/**
 * The problems that the baseline does not have already: the same rule, file, enclosing declaration
 * and message.
 */
export function onlyNew(
  repo: Repo,
  problems: readonly Diagnostic[],
  baseRepo: Repo,
  baseProblems: readonly Diagnostic[],
): Diagnostic[] {
  const known = new Set(baseProblems.map(problem => identity(baseRepo, problem)));
  return problems.filter(problem => !known.has(identity(repo, problem)));
}

function identity(repo: Repo, { rule, location, message }: Diagnostic): string {
  const facts = location.file.endsWith('.go') ? repo.facts(location.file) : undefined;
  const declaration = facts ? enclosingDeclaration(facts, location.start) : '';
  return [rule, location.file, declaration, message].join('\n');
}
