import type { Repo } from '../go/repo.ts';
import type { Chain } from './chain.ts';

/** Understands a repository. Pure: the same repository gives the same chain. */
export function readChain(repo: Repo): Chain {
  void repo;
  return { apps: [], modules: [], unknown: [] };
}
