import type { Analysis } from '../../core/chain/analysis.ts';
import { analyse } from '../../core/chain/analysis.ts';
import type { FactsCache } from '../../core/go/repo/repo.ts';
import { loadRepo } from '../../core/go/repo/repo.ts';
import type { GoParser } from '../../core/go/syntax/parser.ts';
import { gitFiles } from '../../host/git/git-files.ts';

/**
 * Reads commits of one bare repository. Facts of files that stayed as they were are shared, and the
 * last commits remembered.
 */
export class Commits {
  private readonly repository: string;
  private readonly parser: GoParser;
  private readonly cache: FactsCache = new Map();
  private readonly recent = new Map<string, Promise<Analysis>>();

  constructor(repository: string, parser: GoParser) {
    this.repository = repository;
    this.parser = parser;
  }

  at(commit: string): Promise<Analysis> {
    const known = this.recent.get(commit) ?? this.read(commit);
    this.recent.delete(commit);
    this.recent.set(commit, known);
    if (this.recent.size > 4) this.recent.delete(this.recent.keys().next().value!);
    return known;
  }

  private async read(commit: string): Promise<Analysis> {
    const repo = await loadRepo(
      gitFiles(this.repository, commit, () => {}),
      this.parser,
      { cache: this.cache },
    );
    return analyse(repo);
  }
}
