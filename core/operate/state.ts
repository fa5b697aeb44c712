import { Refusal } from '../refusal.ts';
import { WireMessage } from '../rehearse/abci/wire.ts';

/** A plan that a chain has scheduled. */
export interface PendingPlan {
  readonly name: string;
  readonly height: number;
  readonly info: string;
}

/** A plan that a chain has applied, and at which height. */
export interface DonePlan {
  readonly name: string;
  readonly height: number;
}

/** What x/upgrade keeps in its store at one height. */
export interface UpgradeState {
  readonly plan: PendingPlan | null;
  /** Oldest first. */
  readonly done: readonly DonePlan[];
  /** The consensus version of each module, by name; empty before SDK 0.43. */
  readonly modules: Readonly<Record<string, number>>;
  /** How many upgrades the chain has applied; null before SDK 0.43. */
  readonly protocolVersion: number | null;
}

/** The first bytes of x/upgrade's keys (cosmos-sdk x/upgrade/types/keys.go). */
export const upgradeKeys = { plan: 0x00, done: 0x01, modules: 0x02, protocol: 0x03 } as const;

/** The entries below each of these keys, as the store's answers to `subspace` hold them. */
export type UpgradeAnswers = Readonly<Record<keyof typeof upgradeKeys, Uint8Array>>;

/** An entry of a store. */
interface Pair {
  readonly key: Uint8Array;
  readonly value: Uint8Array;
}

/** Reads what x/upgrade keeps. Throws one line where the bytes are something else. */
export function readUpgradeState(answers: UpgradeAnswers): UpgradeState {
  const protocol = pairsIn(answers.protocol)[0];
  return {
    plan: planIn(pairsIn(answers.plan)[0]),
    done: pairsIn(answers.done)
      .map(doneIn)
      .sort((a, b) => a.height - b.height || (a.name < b.name ? -1 : 1)),
    modules: Object.fromEntries(
      pairsIn(answers.modules).map(({ key, value }) => [textOf(key.subarray(1)), number64(value)]),
    ),
    protocolVersion: protocol ? number64(protocol.value) : null,
  };
}

/** The store's answer: `Pairs{repeated Pair{key=1, value=2}}`. */
function pairsIn(answer: Uint8Array): Pair[] {
  return new WireMessage(answer)
    .messages(1)
    .map(pair => ({ key: pair.bytes(1), value: pair.bytes(2) }));
}

/** cosmos.upgrade.v1beta1.Plan{name=1, height=3, info=4}. */
function planIn(pair: Pair | undefined): PendingPlan | null {
  if (!pair) return null;
  const plan = new WireMessage(pair.value);
  return { name: plan.text(1), height: safe(plan.bigint(3)), info: plan.text(4) };
}

/**
 * `0x01 ‖ name → height` before SDK 0.46, `0x01 ‖ height ‖ name → 0x01` from then on. A chain that
 * left RunMigrations out at 0.46 holds both.
 */
function doneIn({ key, value }: Pair): DonePlan {
  if (value.length === 8) return { name: textOf(key.subarray(1)), height: number64(value) };
  return { name: textOf(key.subarray(9)), height: number64(key.subarray(1, 9)) };
}

/** Eight bytes, the greatest first. */
function number64(bytes: Uint8Array): number {
  if (bytes.length !== 8)
    throw new Refusal(`the node gave ${bytes.length} bytes where a number of 8 bytes was due`);
  return safe(new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0));
}

function safe(value: bigint): number {
  if (value >= 0n && value <= BigInt(Number.MAX_SAFE_INTEGER)) return Number(value);
  throw new Refusal(`the node gave ${value} where a height or a version was due`);
}

function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
