import { eraCommandFile } from '../../core/plan/era/command-file.ts';
import type { EraFacts } from '../../core/plan/era/facts.ts';
import { eraFiles } from '../../core/plan/era/files.ts';
import type { Generation } from '../../core/sdk/generations.ts';
import { repoOf } from './go.ts';

/** Facts of x/era in the example chain, with two eras. */
export function eraFacts(generation: Generation, more: Partial<EraFacts> = {}): EraFacts {
  return {
    generation,
    dir: 'x/era',
    path: 'example.com/tiny/x/era',
    supported: [{ name: 'thales' }, { name: 'pythagoras', since: 'v2.1.0' }],
    switches: [],
    governed: true,
    ...more,
  };
}

/** The files of x/era and of the daemon's command in the example chain, by their paths. */
export async function eraTexts(facts: EraFacts): Promise<Record<string, string>> {
  const repo = await repoOf({
    'go.mod': 'module example.com/tiny\n\ngo 1.22\n',
    'cmd/tinyd/main.go': 'package main\n',
  });
  const command = eraCommandFile(repo, { dir: 'cmd/tinyd', package: 'main' }, facts);
  return Object.fromEntries(
    [...eraFiles(repo, facts), command].map(({ file, text }) => [file, text]),
  );
}
