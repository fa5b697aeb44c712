import type { Repo } from '../../core/go/repo/repo.ts';
import type { Config } from '../../core/lint/config.ts';
import { configIn } from '../../core/lint/config.ts';
import { Refusal } from '../../core/refusal.ts';

/**
 * The configuration at a repository's root; an empty one where there is none. Throws where it is
 * wrong.
 */
export function configOf(repo: Repo): Config {
  const config = configIn(repo);
  if ('error' in config) throw new Refusal(config.error as string);
  return config;
}
