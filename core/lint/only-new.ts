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
  const known = new Set(baseProblems.map(p => identity(baseRepo, p)));
  return problems.filter(p => !known.has(identity(repo, p)));
}

function identity(repo: Repo, { rule, location, message }: Diagnostic): string {
  const facts = location.file.endsWith('.go') ? repo.facts(location.file) : undefined;
  return [
    rule,
    location.file,
    facts ? enclosingDeclaration(facts, location.start) : '',
    message,
  ].join('\n');
}
