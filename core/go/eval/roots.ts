import type { Repo } from '../repo/repo.ts';
import type { FileFacts } from '../source/facts.ts';
import type { SyntaxNode } from '../syntax/syntax.ts';

/** The syntax of everything that a file declares. */
export function rootsOf(repo: Repo, facts: FileFacts): SyntaxNode[] {
  return [
    ...[...facts.consts, ...facts.vars].flatMap(({ value, type }) =>
      [value ?? [], type ?? []].flat(),
    ),
    ...facts.types.map(({ syntax }) => syntax),
    ...facts.funcs.flatMap(func => repo.syntaxOf({ facts, func }) ?? []),
  ];
}
