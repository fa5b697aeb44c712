import { Refusal } from '../core/refusal.ts';
import { freshStartWords } from '../core/rehearse/fresh-start.ts';
import type { RehearsedState } from '../core/rehearse/result.ts';
import type { Binaries } from './build-both.ts';
import { buildBoth } from './build-both.ts';
import { CommandFailed, DaemonCommands } from './daemon-commands.ts';
import { freePorts } from './free-ports.ts';
import type { KeptHalt } from './halted-homes.ts';
import { haltKey, keptHalt } from './halted-homes.ts';
import type { Home } from './home.ts';
import { makeHome } from './home.ts';
import type { RehearseOptions } from './options.ts';
import type { RehearsalFolder } from './rehearsal-folder.ts';
import type { Rehearsed } from './rehearsal-input.ts';
import { copyState } from './state/copy.ts';
import type { GivenGround } from './state/given-steps.ts';
import { buildReader, checkGiven, layGiven } from './state/given-steps.ts';
import type { StateProgram } from './state/program.ts';
import type { Steps } from './steps.ts';

/** What a rehearsal starts from: both binaries and a home. */
export interface Laid {
  readonly built: Binaries;
  readonly commands: DaemonCommands;
  readonly home: Home;
  /** What the halted home is known by; undefined where it cannot be kept. */
  readonly key: string | undefined;
  /** Where the old version had halted in that home before. */
  readonly kept: KeptHalt | undefined;
  /** A state that was given and is new to the rehearsal. */
  readonly ground: GivenGround | undefined;
  /** The state that is rehearsed on; null for a fresh chain. */
  readonly state: RehearsedState | null;
  /** What reads states, where one was given: it may be too large to be asked for. */
  readonly reader: StateProgram | undefined;
}

/**
 * Builds both versions and makes the home: from a state where one was given, else a fresh chain's.
 * One that was kept from a rehearsal of the same is taken as it halted then.
 */
export async function lay(
  subject: Rehearsed,
  place: RehearsalFolder,
  options: RehearseOptions,
  steps: Steps,
): Promise<Laid> {
  const given = await checkGiven(place, options, steps);
  const built = await buildBoth(subject, place, options, steps);
  const commands = new DaemonCommands(built.old, place, options.signal);
  const reader = given && (await buildReader(subject, given.backend, place, options, steps));
  const key = await haltKey(subject, options, given);
  const kept = key === undefined ? undefined : keptHalt(key);
  const common = { built, commands, key, reader };
  if (kept) {
    const home = await steps.run(
      'home',
      () => layKept(kept, commands, options.signal),
      () => `of a rehearsal before, halted for height ${kept.height}`,
    );
    return { ...common, home, kept, ground: undefined, state: kept.state };
  }
  const ground = given && (await layGiven(given, subject, commands, place, options, steps));
  const home =
    ground?.home ?? (await steps.run('home', () => freshHome(commands, subject.from, options)));
  return { ...common, home, kept, ground, state: ground ? factsOf(ground) : null };
}

async function freshHome(
  commands: DaemonCommands,
  from: string,
  { genesisPatch }: RehearseOptions,
): Promise<Home> {
  try {
    return await makeHome(commands, genesisPatch);
  } catch (error) {
    throw error instanceof CommandFailed
      ? new Refusal(freshStartWords(from, 'home', error.message))
      : error;
  }
}

function factsOf({ state: { source, chainId, height } }: GivenGround): RehearsedState {
  return { source, chainId, height };
}

/** Puts a home that was kept into the rehearsal's own; nothing more is signed or paid in it. */
async function layKept(
  { home }: KeptHalt,
  commands: DaemonCommands,
  signal: AbortSignal,
): Promise<Home> {
  await copyState(home, '', commands.home, signal);
  const [rpc, p2p] = await freePorts(2);
  return { ports: { rpc: rpc!, p2p: p2p! }, denom: '', voteSeconds: 0, proposal: '' };
}
