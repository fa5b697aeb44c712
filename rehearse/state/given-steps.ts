import { isLockFile, lockFolder } from '../../core/lock/lock.ts';
import type { ChainNode } from '../chain-node.ts';
import type { DaemonCommands } from '../daemon-commands.ts';
import type { RehearsedNetwork } from '../network.ts';
import type { RehearseOptions } from '../options.ts';
import type { RehearsalFolder } from '../rehearsal-folder.ts';
import type { Rehearsed } from '../rehearsal-input.ts';
import { committedSource, workingSource } from '../source-trees.ts';
import type { Steps } from '../steps.ts';
import type { Ground } from './ground.ts';
import { heightToWrite, layGround, pendingHeight } from './ground.ts';
import type { CheckedState } from './open-state.ts';
import { checkState } from './open-state.ts';
import { modulesOf, StateProgram } from './program.ts';
import type { Backend } from './recognise.ts';

/** A state in the rehearsal's home, and the program that changes it. */
export interface GivenGround extends Ground {
  readonly program: StateProgram;
}

/** Looks at the state that was given, before anything is built; undefined where none was. */
export async function checkGiven(
  place: RehearsalFolder,
  { state, signal }: RehearseOptions,
  steps: Steps,
): Promise<CheckedState | undefined> {
  if (state === undefined) return undefined;
  return steps.run(
    'state',
    () => checkState(state, { place, signal }),
    ({ input }) => input.kind,
  );
}

/** Builds the program that checks and changes a given state, of the old version's modules. */
function buildWriter(
  { old, root, commit }: Rehearsed,
  backend: Backend,
  place: RehearsalFolder,
  { signal, tell }: Pick<RehearseOptions, 'signal' | 'tell'>,
  steps: Steps,
): Promise<StateProgram> {
  const common = { backend, place, signal, tell };
  return steps.run('build writer', async () => {
    // A commit never changes: its own files may count.
    const modules = { ...modulesOf(old, root), takesOwn: true };
    const source = await committedSource(root, commit);
    return StateProgram.build({ what: 'old', modules, source, ...common });
  });
}

/**
 * Builds the program that reads the states before and after, of the new version's modules: the old
 * one's may not know how the new version's trees are stored.
 */
export function buildReader(
  { now, root }: Rehearsed,
  backend: Backend,
  place: RehearsalFolder,
  { signal, tell }: Pick<RehearseOptions, 'signal' | 'tell'>,
  steps: Steps,
): Promise<StateProgram> {
  const common = { backend, place, signal, tell };
  return steps.run('build reader', async () => {
    const source = await workingSource(root);
    return StateProgram.build({ what: 'new', modules: modulesOf(now, root), source, ...common });
  });
}

/** Puts the state into the rehearsal's home. */
export async function layGiven(
  checked: CheckedState,
  subject: Rehearsed,
  commands: DaemonCommands,
  place: RehearsalFolder,
  options: RehearseOptions,
  steps: Steps,
): Promise<GivenGround> {
  const { signal } = options;
  const program = await buildWriter(subject, checked.backend, place, options, steps);
  const ground = await steps.run(
    'home',
    () =>
      layGround(checked, subject, program, commands, {
        place,
        signal,
        chainId: lockedChain(subject.now),
      }),
    ({ state }) => `of ${state.chainId} at height ${state.height}`,
  );
  return { ...ground, program };
}

/** The network that the repository has a lock of; undefined where it has none, or several. */
export function lockedChain({ repo }: Rehearsed['now']): string | undefined {
  const [only, ...others] = [...repo.texts.keys()].filter(isLockFile);
  return others.length === 0 ? only?.slice(lockFolder.length + 1, -'.json'.length) : undefined;
}

/** Makes the plan pending in a state whose old version runs, where it is not; gives its height. */
export async function writeGivenPlan(
  { state, program }: GivenGround,
  network: RehearsedNetwork,
  before: ChainNode,
  name: string,
): Promise<{ readonly height: number; readonly halting: ChainNode }> {
  const pending = pendingHeight(state, name);
  if (pending !== undefined) return { height: pending, halting: before };
  if (!network.change) throw new Error('a state is rehearsed on a driven network only');
  const height = heightToWrite(await before.height());
  const halting = await network.change(home => program.writePlan(home, { name, height }));
  return { height, halting };
}
