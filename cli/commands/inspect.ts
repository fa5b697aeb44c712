import type { App } from '../../core/chain/chain.ts';
import { readDaemonOf } from '../../core/chain/daemon/daemon.ts';
import type { Eras } from '../../core/chain/eras/eras.ts';
import { readErasOf } from '../../core/chain/eras/eras.ts';
import type { Guard } from '../../core/chain/guard.ts';
import { readGuardOf } from '../../core/chain/guard.ts';
import type { Repo } from '../../core/go/repo/repo.ts';
import { inspect } from '../../core/inspect/inspect.ts';
import { inspectionText } from '../../core/inspect/inspect-text.ts';
import { Refusal } from '../../core/refusal.ts';
import { sharedOptions } from '../../host/commands/options.ts';
import { pickApp } from '../../host/commands/pick-app.ts';
import { openSession } from '../../host/commands/session.ts';
import type { Command, Input } from '../command.ts';
import { formatOf, formatOption } from '../command.ts';
import { exit } from '../exit.ts';
import { logTo } from '../messages.ts';
import { jsonText } from '../plan-json.ts';

/** `chain-upgrade inspect [DIR]`: what the tool reads from a repository. Writes nothing. */
export const inspectCommand: Command = {
  name: 'inspect',
  summary: 'show what is read from a chain: apps, upgrades, stores, modules',
  argument: { name: 'DIR', help: sharedOptions.dir.help },
  options: [sharedOptions.dir, sharedOptions.app, formatOption],
  examples: ['inspect', 'inspect ../mychain --format json'],
  async run(input, terminal) {
    const format = formatOf(input, ['text', 'json']);
    const { root, chain, repo } = await openSession(argumentFolder(input), logTo(terminal));
    const wanted = input.text('app');
    const apps = wanted === undefined ? chain.apps : [pickApp(chain, root, wanted)];
    const shown = inspect(
      root,
      { ...chain, apps },
      {
        daemon: readDaemonOf(repo, apps),
        guards: guardsOf(repo, apps),
        eras: erasOf(repo, apps),
      },
    );
    terminal.out(format === 'json' ? jsonText(shown) : inspectionText(shown));
    return exit.done;
  },
};

/** The version guards of apps, by the apps' folders. */
function guardsOf(repo: Repo, apps: readonly App[]): ReadonlyMap<string, Guard> {
  return new Map(
    apps.flatMap(app => {
      const guard = readGuardOf(repo, app);
      return guard ? [[app.dir, guard] as const] : [];
    }),
  );
}

/** The eras of apps, likewise. */
function erasOf(repo: Repo, apps: readonly App[]): ReadonlyMap<string, Eras> {
  return new Map(
    apps.flatMap(app => {
      const eras = readErasOf(repo, app);
      return eras ? [[app.dir, eras] as const] : [];
    }),
  );
}

/** The folder, given as argument or with --dir. */
export function argumentFolder(input: Input): string {
  const dir = input.text('dir');
  if (dir !== undefined && input.argument !== undefined)
    throw new Refusal('the folder is given twice: as argument and with --dir');
  if (input.argument === '') throw new Refusal('the folder has no name');
  return dir ?? input.argument ?? '.';
}
