import type { Analysis } from '../core/chain/analysis.ts';
import { analyse } from '../core/chain/analysis.ts';
import type { Repo } from '../core/go/repo/repo.ts';
import type { Progress } from './progress.ts';

/** With more files than this, a first reading computes long enough to say so. */
const many = 300;

/** Understands a repository. `first` where nothing of it is known from an earlier reading. */
export async function understand(
  repo: Repo,
  { announce }: Progress,
  first: boolean,
): Promise<Analysis> {
  if (first && repo.texts.size > many) await announce();
  return analyse(repo);
}
