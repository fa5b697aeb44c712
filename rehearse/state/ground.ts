import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Refusal } from '../../core/refusal.ts';
import { appToml, clientToml, configToml, setToml } from '../../core/rehearse/node-files.ts';
import { misfit } from '../../core/rehearse/state-fits.ts';
import type { DaemonCommands } from '../daemon-commands.ts';
import { freePorts } from '../free-ports.ts';
import type { Home } from '../home.ts';
import { blockTime } from '../home.ts';
import type { Rehearsed } from '../rehearsal-input.ts';
import type { CheckedState, GivenState, StateTools } from './open-state.ts';
import { openState } from './open-state.ts';
import type { StateProgram } from './program.ts';

/** Blocks between a plan that is written and its height. */
const blocksToPlan = 3;
/** How far a plan that is pending may be for the blocks up to it to be made. */
const farthest = 1000;

/** A home with a given state, ready to start. */
export interface Ground {
  readonly home: Home;
  readonly state: GivenState;
}

/** Puts a state that was checked into the rehearsal's home. Throws where the plan does not fit it. */
export async function layGround(
  checked: CheckedState,
  subject: Rehearsed,
  program: StateProgram,
  commands: DaemonCommands,
  tools: StateTools,
): Promise<Ground> {
  const state = await openState(checked, program, commands, tools);
  const { from, plan, old } = subject;
  const wrong = state.facts && misfit({ app: old.app, from, plan }, state.facts);
  if (wrong !== undefined) throw new Refusal(wrong);
  const [rpc, p2p] = await freePorts(2);
  const home: Home = {
    ports: { rpc: rpc!, p2p: p2p! },
    // Nothing is paid here: any name of a coin does.
    denom: 'stake',
    voteSeconds: 0,
    proposal: '',
  };
  await configure(commands, state, checked, home);
  return { home, state };
}

/** Turns off all that would listen, and says which database it is. */
async function configure(
  commands: DaemonCommands,
  { home, chainId }: GivenState,
  { backend }: CheckedState,
  { ports, denom }: Home,
): Promise<void> {
  // Any command writes the configuration that is missing.
  if (!existsSync(join(home, 'config/app.toml'))) await commands.try('version');
  const change = (file: string, edit: (text: string) => string) => {
    const path = join(home, 'config', file);
    if (existsSync(path)) writeFileSync(path, edit(readFileSync(path, 'utf8')));
  };
  change('app.toml', text =>
    setToml(appToml(text, denom), { 'app-db-backend': JSON.stringify(backend) }),
  );
  change('config.toml', text => configToml(text, ports, blockTime));
  change('client.toml', text => clientToml(text, chainId, ports));
}

/**
 * The height of a plan that is pending in a state at `height`, near enough to make the blocks up to
 * it; undefined where the plan has to be written, or moved.
 */
export function pendingHeight({ facts }: GivenState, plan: string): number | undefined {
  const pending = facts?.plan;
  if (pending?.name !== plan) return undefined;
  return pending.height - facts!.height <= farthest ? pending.height : undefined;
}

/** The height for a plan that is written into a state at `height`. */
export function heightToWrite(height: number): number {
  // Writing it takes a height.
  return height + 1 + blocksToPlan;
}
