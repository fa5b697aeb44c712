import type { Repo } from '../go/repo/repo.ts';
import { enclosingDeclaration } from '../go/source/declaration.ts';
import type { Problem } from './diagnostic.ts';

/**
 * The problems that the baseline does not have already: the same rule, file, enclosing declaration
 * and message.
 */
export function onlyNew(
  repo: Repo,
  problems: readonly Problem[],
  baseRepo: Repo,
  baseProblems: readonly Problem[],
): Problem[] {
  const known = new Set(baseProblems.map(p => identity(baseRepo, p)));
  return problems.filter(p => !known.has(identity(repo, p)));
}

function identity(repo: Repo, { rule, place, message }: Problem): string {
  const facts = place.file.endsWith('.go') ? repo.facts(place.file) : undefined;
  return [rule, place.file, facts ? enclosingDeclaration(facts, place.start) : '', message].join(
    '\n',
  );
}
