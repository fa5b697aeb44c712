import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { constants, copyFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Refusal } from '../../core/refusal.ts';
import type { StateFacts } from '../../core/rehearse/state-facts.ts';
import type { DaemonCommands } from '../daemon-commands.ts';
import type { RehearsalFolder } from '../rehearsal-folder.ts';
import type { Archive } from './archive.ts';
import { readArchive, unpack } from './archive.ts';
import { copyState, mustFit } from './copy.ts';
import type { GenesisFile } from './genesis-file.ts';
import { readChainId, readGenesisFile } from './genesis-file.ts';
import { mustBeStopped } from './lock.ts';
import type { StateProgram } from './program.ts';
import type { Backend, StateInput } from './recognise.ts';
import { backendOf, recogniseState } from './recognise.ts';

/** A state that was given and looked at, before anything is built or copied. */
export interface CheckedState {
  readonly input: StateInput;
  readonly backend: Backend;
  readonly archive: Archive | undefined;
  /** The genesis that was given. */
  readonly genesis: GenesisFile | undefined;
  /** From the genesis that was given, or that lies in the home. */
  readonly chainId: string | undefined;
}

/** A state in a home of the rehearsal's own. */
export interface GivenState {
  readonly source: 'home' | 'data' | 'snapshot' | 'archive' | 'genesis';
  readonly chainId: string;
  /** The height of its last block; one before the first where it is a genesis. */
  readonly height: number;
  readonly home: string;
  /** What it says of itself; undefined for a genesis, which is no state yet. */
  readonly facts: StateFacts | undefined;
  /** The genesis in `home/config/genesis.json`, where a state begins with it. */
  readonly genesis: GenesisFile | undefined;
}

/** The old version's own commands, in the home of the rehearsal. */
type OwnCommands = Pick<DaemonCommands, 'home' | 'must'>;

/** What a state is opened with. */
export interface StateTools {
  readonly place: RehearsalFolder;
  readonly signal: AbortSignal;
  /** The chain's id, for a state that does not say it. */
  readonly chainId?: string | undefined;
}

/**
 * Looks at a state that was given: what it is, whether it is whole, and that no node uses it. Only
 * reads. Throws one line where it cannot be rehearsed on.
 */
export async function checkState(path: string, tools: StateTools): Promise<CheckedState> {
  const { place, signal } = tools;
  const input = await recogniseState(path);
  const checked = {
    input,
    backend: 'goleveldb' as Backend,
    archive: undefined,
    genesis: undefined,
    chainId: undefined,
  };
  switch (input.kind) {
    case 'archive':
      return { ...checked, archive: await readArchive(input.path, place, signal) };
    case 'genesis': {
      const genesis = await readGenesisFile(input.path, signal);
      return { ...checked, genesis, chainId: genesis.chainId };
    }
    default: {
      const data = dataOf(input);
      const backend = backendOf(data);
      await mustBeStopped(data, place, signal);
      return { ...checked, backend, chainId: await chainIdIn(dirname(data), signal) };
    }
  }
}

function dataOf({ kind, path }: StateInput): string {
  return kind === 'home' ? join(path, 'data') : path;
}

/**
 * Puts a state that was checked into a home of the rehearsal's own; what was given stays as it is.
 * `commands` run the old version in that home, which restores snapshots.
 */
export async function openState(
  checked: CheckedState,
  program: Pick<StateProgram, 'settle'>,
  commands: OwnCommands,
  tools: StateTools,
): Promise<GivenState> {
  const { input, archive } = checked;
  const { home } = commands;
  if (input.kind === 'genesis') return openGenesis(checked, home);
  if (archive?.layout.kind === 'snapshot') {
    await restore(archive, commands, tools);
  } else if (archive) await unpack(archive, home, tools.place, tools.signal);
  else await copyStopped(input, home, tools);
  const facts = await program.settle(home);
  const own = await chainIdIn(home, tools.signal);
  const chainId = checked.chainId ?? own ?? (facts.chainId || tools.chainId);
  if (!chainId) throw unnamedChain(input.path);
  writeGenesis(home, chainId, facts.time);
  const source = archive?.layout.kind === 'snapshot' ? 'snapshot' : input.kind;
  return { source, chainId, height: facts.height, home, facts, genesis: undefined };
}

async function copyStopped(input: StateInput, home: string, tools: StateTools): Promise<void> {
  await copyState(input.path, input.kind === 'data' ? 'data' : '', home, tools.signal);
  // A node may have been started meanwhile: what was copied then is no state.
  await mustBeStopped(dataOf(input), tools.place, tools.signal);
}

async function openGenesis({ input, genesis }: CheckedState, home: string): Promise<GivenState> {
  if (!genesis) throw new Error('a genesis is checked before it is opened');
  const config = join(home, 'config');
  mkdirSync(config, { recursive: true });
  mkdirSync(join(home, 'data'), { recursive: true });
  await mustFit((await stat(input.path)).size, home);
  await copyFile(input.path, join(config, 'genesis.json'), constants.COPYFILE_FICLONE);
  const { chainId, initialHeight } = genesis;
  const height = initialHeight - 1;
  return { source: 'genesis', chainId, height, home, facts: undefined, genesis };
}

/** The chain's id by a genesis that came along with a state. */
async function chainIdIn(home: string, signal: AbortSignal): Promise<string | undefined> {
  const genesis = join(home, 'config/genesis.json');
  return existsSync(genesis) ? readChainId(genesis, signal) : undefined;
}

/** Nodes read their chain's id from the genesis, and nothing else of it once they have a state. */
function writeGenesis(home: string, chainId: string, time: string): void {
  const file = join(home, 'config/genesis.json');
  if (existsSync(file)) return;
  mkdirSync(join(home, 'config'), { recursive: true });
  const genesis = {
    genesis_time: time || new Date(0).toISOString(),
    chain_id: chainId,
    initial_height: '1',
    app_state: {},
  };
  writeFileSync(file, JSON.stringify(genesis, null, 1));
}

/** Restores a snapshot with the old version's own commands. */
async function restore(
  { path, snapshot, bytes }: Archive,
  commands: OwnCommands,
  { chainId, place }: StateTools,
): Promise<void> {
  if (!snapshot || !chainId) throw unnamedChain(path);
  // Once as its pieces, and once as the state.
  await mustFit(2 * bytes, place.dir);
  writeGenesis(commands.home, chainId, '');
  await commands.must('reading the snapshot', 'snapshots', 'load', path);
  await commands.must(
    'restoring the snapshot',
    'snapshots',
    'restore',
    String(snapshot.height),
    String(snapshot.format),
  );
}

function unnamedChain(path: string): Refusal {
  return new Refusal(
    `${path} does not say of which chain it is: ` +
      'write it down first with chain-upgrade lock CHAIN-ID',
  );
}
