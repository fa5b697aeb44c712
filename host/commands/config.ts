import type { Repo } from '../../core/go/repo/repo.ts';
import type { Config } from '../../core/lint/config.ts';
import { configFile, readConfig } from '../../core/lint/config.ts';
import { ruleNames } from '../../core/lint/names.ts';
import { Refusal } from '../../core/refusal.ts';

/**
 * The configuration at a repository's root; an empty one where there is none. Throws where it is
 * wrong.
 */
export function configOf(repo: Repo): Config {
  const text = repo.texts.get(configFile);
  const config = text === undefined ? {} : readConfig(text, ruleNames);
  if ('error' in config) throw new Refusal(config.error as string);
  return config;
}
