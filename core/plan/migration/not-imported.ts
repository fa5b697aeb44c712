import type { Chain, Module } from '../../chain/chain.ts';
import type { Repo } from '../../go/repo/repo.ts';
import { rootOf } from './find-module.ts';

/** A note where no app's code leads to the module, so that its migration never runs. */
export function notImportedNotes(
  repo: Repo,
  { apps }: Chain,
  { name, dir }: Pick<Module, 'name' | 'dir'>,
): string[] {
  if (apps.some(app => repo.layout.closure(app.dir).has(dir))) return [];
  return [
    `No app here imports x/${name}, so its migration does not run: ` +
      `mount it first (chain-upgrade mount ${rootOf(dir)}).`,
  ];
}
