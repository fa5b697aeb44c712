import type { Chain } from '../../core/chain/chain.ts';
import { readChain } from '../../core/chain/read.ts';
import type { FactsCache, Repo } from '../../core/go/repo/repo.ts';
import { loadRepo } from '../../core/go/repo/repo.ts';
import type { GoParser } from '../../core/go/syntax/parser.ts';
import { gitFiles } from '../../host/git/git-files.ts';

/** A repository as of a commit, read and understood. */
export interface Read {
  readonly repo: Repo;
  readonly chain: Chain;
}

/**
 * Reads commits of one bare repository. Facts of files that stayed as they were are shared, and the
 * last commits remembered.
 */
export class Commits {
  private readonly repository: string;
  private readonly parser: GoParser;
  private readonly cache: FactsCache = new Map();
  private readonly recent = new Map<string, Promise<Read>>();

  constructor(repository: string, parser: GoParser) {
    this.repository = repository;
    this.parser = parser;
  }

  at(commit: string): Promise<Read> {
    const known = this.recent.get(commit) ?? this.read(commit);
    this.recent.delete(commit);
    this.recent.set(commit, known);
    if (this.recent.size > 4) this.recent.delete(this.recent.keys().next().value!);
    return known;
  }

  private async read(commit: string): Promise<Read> {
    const repo = await loadRepo(
      gitFiles(this.repository, commit, () => {}),
      this.parser,
      { cache: this.cache },
    );
    return { repo, chain: readChain(repo) };
  }
}
