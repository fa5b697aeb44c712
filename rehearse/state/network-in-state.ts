import type { Baseline } from '../../core/chain/baseline.ts';
import type { App } from '../../core/chain/chain.ts';
import { Refusal } from '../../core/refusal.ts';
import type { NetworkInState } from '../../host/commands/network-base.ts';
import type { Log } from '../../host/commands/session.ts';
import { commitOf } from '../../host/git/commit.ts';
import type { RehearsalFolder } from '../rehearsal-folder.ts';
import { versionOf } from '../rehearsal-input.ts';
import { committedSource } from '../source-trees.ts';
import { checkState, openState } from './open-state.ts';
import { modulesOf, StateProgram } from './program.ts';

/** What reading a state takes besides the code that made it. */
export interface ReadingTools {
  /** The repository. */
  readonly root: string;
  readonly place: RehearsalFolder;
  readonly signal: AbortSignal;
  readonly tell: Log;
}

/**
 * Reads what a stopped node's home, data folder or archive says of its network, in a copy, by a
 * program that is built from the release. Throws one line where that cannot be.
 */
export async function networkInState(
  path: string,
  { repo, chain, ref }: Baseline,
  app: App,
  { root, place, signal, tell }: ReadingTools,
): Promise<NetworkInState> {
  const checked = await checkState(path, { place, signal });
  const { input, archive, backend } = checked;
  if (input.kind === 'genesis' || archive?.layout.kind === 'snapshot')
    throw new Refusal(
      `${path} does not say its stores and module versions by itself: give a stopped node's home, ` +
        'its data folder or an archive of one, or rehearse on it with chain-upgrade rehearse --state',
    );
  if (!repo) throw new Error('a release is read with its files');
  tell('note: building the program that reads the state; the first time this takes minutes');
  const program = await StateProgram.build({
    what: 'old',
    modules: { ...modulesOf(versionOf(repo, chain, app, ref), root), takesOwn: true },
    source: await committedSource(root, await commitOf(root, ref)),
    backend,
    place,
    signal,
    tell,
  });
  const commands = { home: `${place.dir}/home`, must: neverNeeded };
  const { chainId, height, facts } = await openState(checked, program, commands, {
    place,
    signal,
  });
  const { stores, modules, done, plan } = facts!;
  return { source: `the state in ${path}`, chainId, height, stores, modules, done, plan };
}

/** Only snapshots take the old version's own commands. */
function neverNeeded(): never {
  throw new Error('a state that is read takes no commands of the chain');
}
