import { Refusal } from '../refusal.ts';
import type { ReadyReport } from './reports.ts';
import { compareSoftware } from './software-version.ts';
import type { StakingValidator } from './staking.ts';

/**
 * How something is known of a validator, the best first: its node said its version; its operator
 * signed a tag; its operator sent a line that nobody signed.
 */
export type ReadyEvidence = 'measured' | 'signed' | 'reported';

export const allEvidence: readonly ReadyEvidence[] = ['measured', 'signed', 'reported'];

/** What validators should be ready for. */
export type WantedSoftware =
  | { readonly kind: 'release'; readonly version: string }
  /** An era, by its name and the release that supports it first. */
  | { readonly kind: 'era'; readonly name: string; readonly version: string }
  | { readonly kind: 'upgrade'; readonly name: string };

/** A version that an endpoint of a validator said; empty where it did not. */
export interface SeenVersion {
  readonly endpoint: string;
  readonly version: string;
}

/** All that was gathered, by consensus address. */
export interface ReadinessInput {
  readonly chainId: string;
  readonly height: number;
  readonly wanted: WantedSoftware;
  readonly set: readonly { readonly address: string; readonly power: bigint }[];
  readonly staking: ReadonlyMap<string, StakingValidator>;
  readonly seen: ReadonlyMap<string, readonly SeenVersion[]>;
  readonly reports: readonly ReadyReport[];
  /** Which evidence counts. */
  readonly count: readonly ReadyEvidence[];
  /** The least share, a decimal from 0 to 1. */
  readonly min: string;
  readonly problems: readonly { readonly endpoint: string; readonly why: string }[];
}

/** One validator of the set. */
export interface ReadyValidator {
  readonly address: string;
  /** Null where x/staking has no validator of that key. */
  readonly operator: string | null;
  readonly moniker: string | null;
  readonly power: string;
  readonly state: 'ready' | 'behind' | 'unknown';
  /** What it runs, or is ready for; null where nothing is known. */
  readonly version: string | null;
  readonly evidence: ReadyEvidence | null;
  readonly seen: readonly SeenVersion[];
}

/** What share of the voting power is ready. Shares are cut after four places. */
export interface Readiness {
  readonly chainId: string;
  readonly height: number;
  readonly wanted: string;
  /** The era, where one was asked for. */
  readonly era?: string;
  readonly totalPower: string;
  readonly shares: Readonly<Record<ReadyValidator['state'], string>>;
  /** Of those that are ready. */
  readonly byEvidence: Readonly<Record<ReadyEvidence, string>>;
  readonly min: string;
  /** The most powerful first. */
  readonly validators: readonly ReadyValidator[];
  readonly problems: ReadinessInput['problems'];
}

/** Judges every validator by its best evidence. Throws one line where nobody has power. */
export function readinessOf(input: ReadinessInput): Readiness {
  const { chainId, height, wanted, set, min, problems } = input;
  const validators = [...set]
    .sort((a, b) => compareBig(b.power, a.power) || (a.address < b.address ? -1 : 1))
    .map(one => validatorOf(input, one));
  const sum = (rows: readonly ReadyValidator[]) =>
    rows.reduce((power, row) => power + BigInt(row.power), 0n);
  const total = sum(validators);
  if (total === 0n) throw new Refusal(`the validators of ${chainId} have no voting power`);
  const shareOf = (holds: (row: ReadyValidator) => boolean) =>
    decimal(sum(validators.filter(holds)), total);
  const stateShare = (state: string) => shareOf(row => row.state === state);
  const evidenceShare = (evidence: ReadyEvidence) =>
    shareOf(row => row.state === 'ready' && row.evidence === evidence);
  return {
    chainId,
    height,
    wanted: wanted.kind === 'upgrade' ? wanted.name : wanted.version,
    ...(wanted.kind === 'era' && { era: wanted.name }),
    totalPower: String(total),
    shares: {
      ready: stateShare('ready'),
      behind: stateShare('behind'),
      unknown: stateShare('unknown'),
    },
    byEvidence: {
      measured: evidenceShare('measured'),
      signed: evidenceShare('signed'),
      reported: evidenceShare('reported'),
    },
    min,
    validators,
    problems: [...problems, ...strangeReports(input)],
  };
}

/** Whether the share that is ready is at least the one that is asked; exact, not as it is shown. */
export function isEnough({ validators, totalPower, min }: Readiness): boolean {
  const [, whole = '0', places = ''] = /^(\d)(?:\.(\d+))?$/.exec(min) ?? [];
  const scale = 10n ** BigInt(places.length);
  const ready = validators
    .filter(({ state }) => state === 'ready')
    .reduce((power, row) => power + BigInt(row.power), 0n);
  return ready * scale >= BigInt(whole + places) * BigInt(totalPower);
}

function validatorOf(
  input: ReadinessInput,
  { address, power }: ReadinessInput['set'][number],
): ReadyValidator {
  const staking = input.staking.get(address);
  const seen = input.seen.get(address) ?? [];
  return {
    address,
    operator: staking?.operator ?? null,
    moniker: staking?.moniker ?? null,
    power: String(power),
    ...judge(input, address),
    seen,
  };
}

type Judged = Pick<ReadyValidator, 'state' | 'version' | 'evidence'>;

/** By the best evidence that says something. Nothing said is unknown, and counts as not ready. */
function judge(input: ReadinessInput, address: string): Judged {
  const ways: Readonly<Record<ReadyEvidence, () => Judged | undefined>> = {
    measured: () => byMeasured(input, address),
    signed: () => bySigned(input, address),
    reported: () => byReported(input, address),
  };
  for (const evidence of allEvidence) {
    const judged = input.count.includes(evidence) ? ways[evidence]() : undefined;
    if (judged) return judged;
  }
  return { state: 'unknown', version: null, evidence: null };
}

/**
 * The lowest version of a validator's endpoints: each of several sentries says its own, and one
 * that is behind may be the one that signs. Before an upgrade nobody can run the new binary, so
 * what runs says nothing of it.
 */
function byMeasured({ wanted, seen }: ReadinessInput, address: string): Judged | undefined {
  const versions = (seen.get(address) ?? []).map(({ version }) => version);
  if (wanted.kind === 'upgrade' || versions.length === 0) return undefined;
  const behind = versions.filter(version => isBehind(version, wanted.version));
  if (behind.length > 0) return { state: 'behind', version: lowest(behind), evidence: 'measured' };
  if (!versions.every(version => isReady(version, wanted.version))) return undefined;
  return { state: 'ready', version: lowest(versions), evidence: 'measured' };
}

/**
 * `[ready:v2.1.0]` in the details that an operator signed. A tag of an earlier release says nothing
 * of what came later.
 */
function bySigned({ wanted, staking }: ReadinessInput, address: string): Judged | undefined {
  const details = staking.get(address)?.details ?? '';
  const tags = [...details.matchAll(/\[ready:\s*([^\]\s]{1,64})\s*\]/gi)].map(([, tag]) => tag!);
  const fits = tags.find(tag => isTagFor(tag, wanted));
  return fits === undefined ? undefined : { state: 'ready', version: fits, evidence: 'signed' };
}

function isTagFor(tag: string, wanted: WantedSoftware): boolean {
  if (wanted.kind !== 'release' && tag === wanted.name) return true;
  return wanted.kind !== 'upgrade' && isReady(tag, wanted.version);
}

/** The last line of a file counts. */
function byReported({ wanted, reports, chainId }: ReadinessInput, address: string) {
  const report = reports.findLast(
    one => one.consensusAddress === address && one.chainId === chainId,
  );
  if (!report) return undefined;
  const { version, upgrade } = report;
  const isFor =
    wanted.kind === 'upgrade'
      ? upgrade === wanted.name
      : version !== null && isReady(version, wanted.version);
  return isFor ? ({ state: 'ready', version, evidence: 'reported' } as const) : undefined;
}

/** Reports that are of no use here, said rather than passed over. */
function strangeReports({ reports, set, chainId, wanted }: ReadinessInput) {
  const known = new Set(set.map(({ address }) => address));
  return reports.flatMap(({ consensusAddress, upgrade, ...report }) => {
    const problem = (why: string) => [{ endpoint: `report of ${consensusAddress}`, why }];
    if (report.chainId !== chainId) return problem(`it is of ${report.chainId}`);
    if (!known.has(consensusAddress)) return problem('it is of no validator of this height');
    if (wanted.kind === 'upgrade' && upgrade !== wanted.name)
      return problem(`it is for ${upgrade}`);
    return [];
  });
}

function isReady(version: string, wanted: string): boolean {
  const order = compareSoftware(version, wanted);
  return order !== undefined && order >= 0;
}

function isBehind(version: string, wanted: string): boolean {
  const order = compareSoftware(version, wanted);
  return order !== undefined && order < 0;
}

function lowest(versions: readonly string[]): string {
  return versions.reduce((a, b) => ((compareSoftware(b, a) ?? 0) < 0 ? b : a));
}

function compareBig(a: bigint, b: bigint): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** A share as `0.7120`. */
function decimal(part: bigint, total: bigint): string {
  const parts = String((part * 10_000n) / total).padStart(5, '0');
  return `${parts.slice(0, -4)}.${parts.slice(-4)}`;
}
