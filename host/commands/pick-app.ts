import { relative, resolve, sep } from 'node:path';
import type { App, Chain } from '../../core/chain/chain.ts';
import { join } from '../../core/files.ts';
import { folder } from '../../core/inspect/inspect.ts';
import { Refusal } from '../../core/refusal.ts';

/**
 * The app a command works on: the only one, or the one named by its folder. Throws with the list
 * where that is not clear.
 */
export function pickApp(chain: Chain, root: string, wanted?: string): App {
  const { apps } = chain;
  const names = listed(apps.map(app => folder(app.dir)));
  if (apps.length === 0)
    throw new Refusal(
      `no Cosmos SDK app found in ${root}: name the folder of a chain's repository with --dir`,
    );
  if (wanted === undefined) {
    if (apps.length > 1)
      throw new Refusal(`there are several apps here, name one with --app DIR: ${names}`);
    return apps[0]!;
  }
  // As listed, or as the shell completes it.
  const folders = [
    join(wanted.replaceAll('\\', '/')),
    relative(root, resolve(wanted)).split(sep).join('/'),
  ];
  const app = folders
    .map(dir => apps.find(candidate => candidate.dir === dir))
    .find(found => found);
  if (!app)
    throw new Refusal(
      `there is no app in ${JSON.stringify(wanted)}, name one with --app DIR: ${names}`,
    );
  return app;
}

/** A folder far above may hold hundreds of chains: a message names some. */
function listed(names: readonly string[]): string {
  const shown = 12;
  return (
    names.slice(0, shown).join(', ') +
    (names.length > shown ? ` and ${names.length - shown} more` : '')
  );
}
