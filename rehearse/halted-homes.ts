import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RehearsedState } from '../core/rehearse/result.ts';
import { buildSettings, settle, sweepHalves } from './build.ts';
import type { Standing } from './consensus/standing.ts';
import type { RehearseOptions } from './options.ts';
import { rehearsalFolder } from './rehearsal-folder.ts';
import type { Rehearsed } from './rehearsal-input.ts';
import { copyState } from './state/copy.ts';
import { fingerprint } from './state/fingerprint.ts';
import { lockedChain } from './state/given-steps.ts';
import type { CheckedState } from './state/open-state.ts';

/** Where an old version halted for a plan. */
export interface Halt {
  /** The height of the plan. */
  readonly height: number;
  readonly standing: Standing;
  /** The state that it was rehearsed on; null for a fresh chain. */
  readonly state: RehearsedState | null;
}

/** A home in which an old version has halted, kept for further rehearsals. */
export interface KeptHalt extends Halt {
  readonly home: string;
}

/** Where halted homes are kept. */
export function haltedHomes(): string {
  return join(rehearsalFolder(), 'homes');
}

/**
 * What a halted home is known by: all that it comes from. Undefined where that cannot be said: a
 * validator's home goes on, and a command of the user's own may do another thing each time.
 */
export async function haltKey(
  { commit, old, plan, now }: Rehearsed,
  options: RehearseOptions,
  given: CheckedState | undefined,
): Promise<string | undefined> {
  const { validator, cosmovisor, propose, build, startArgs, genesisPatch, fees } = options;
  if (validator || cosmovisor || propose !== undefined) return undefined;
  const state = given && [await fingerprint(given.input.path), lockedChain(now)];
  const parts = [
    1,
    commit,
    old.daemon,
    plan,
    state,
    [build, startArgs, genesisPatch, fees],
    [process.platform, process.arch, buildSettings()],
  ];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);
}

/** A home that was kept before; undefined where there is none. */
export function keptHalt(key: string): KeptHalt | undefined {
  const folder = join(haltedHomes(), key);
  const file = join(folder, 'halt.json');
  if (!existsSync(file)) return undefined;
  const now = new Date();
  utimesSync(folder, now, now);
  const halt = JSON.parse(readFileSync(file, 'utf8'), reviveValue) as Halt;
  return { ...halt, home: join(folder, 'home') };
}

/** Keeps a home in which no node runs any more. */
export async function keepHalt(
  key: string,
  home: string,
  halt: Halt,
  signal: AbortSignal,
): Promise<void> {
  const folder = join(haltedHomes(), key);
  if (existsSync(folder)) return;
  const half = `${folder}.${process.pid}`;
  try {
    mkdirSync(half, { recursive: true });
    sweepHalves(haltedHomes());
    await copyState(home, '', join(half, 'home'), signal);
    writeFileSync(join(half, 'halt.json'), JSON.stringify(halt, writeValue));
    settle(half, folder);
  } finally {
    rmSync(half, { recursive: true, force: true });
  }
}

/** JSON has neither bytes nor numbers of 64 bits. */
function writeValue(this: Readonly<Record<string, unknown>>, name: string): unknown {
  // A Buffer has been turned into an object by its own method.
  const value = this[name];
  if (value instanceof Uint8Array) return { bytes: Buffer.from(value).toString('hex') };
  return typeof value === 'bigint' ? { integer: String(value) } : value;
}

function reviveValue(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const { bytes, integer } = value as { readonly bytes?: unknown; readonly integer?: unknown };
  if (typeof bytes === 'string') return new Uint8Array(Buffer.from(bytes, 'hex'));
  return typeof integer === 'string' ? BigInt(integer) : value;
}
