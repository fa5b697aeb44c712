import { compareNames } from '../chain/app/plan-names.ts';
import type { AppliedPlan } from './lock.ts';

/** A version of a chain, as the chain-registry's `versions.json` lists it. */
export interface RegisteredVersion {
  readonly name: string;
  /** The height of the upgrade to it; null for the one that the network started with. */
  readonly height: number | null;
  /** The releases that run it, the recommended one first. */
  readonly tags: readonly string[];
}

/**
 * Reads a `versions.json`, or the `codebase` of an older `chain.json`; oldest first. An error is one
 * line.
 */
export function readRegistry(text: string): readonly RegisteredVersion[] | { error: string } {
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    return { error: `this is no JSON: ${(error as Error).message}` };
  }
  const { versions, codebase } = record(json);
  const listed = Array.isArray(versions) ? versions : record(codebase)['versions'];
  if (!Array.isArray(listed) || listed.length === 0)
    return { error: 'it lists no "versions": give the versions.json of a chain' };
  const read = listed.map(entry => versionOf(record(entry)));
  const wrong = read.indexOf(undefined);
  if (wrong >= 0)
    return {
      error: `entry ${wrong + 1} of its "versions" lacks a name, or its height is no number`,
    };
  const known = read.filter((version): version is RegisteredVersion => version !== undefined);
  return [...known].sort((a, b) => (a.height ?? 0) - (b.height ?? 0));
}

function versionOf(entry: Record<string, unknown>): RegisteredVersion | undefined {
  const { name, height = null, tag, recommended_version: recommended } = entry;
  if (typeof name !== 'string' || name === '') return undefined;
  if (height !== null && !(Number.isSafeInteger(height) && (height as number) >= 0))
    return undefined;
  const tags = [recommended, tag].filter(one => typeof one === 'string');
  // The network did not get there by an upgrade where the height is 0.
  return { name, height: height === 0 ? null : (height as number | null), tags };
}

/** What a registry says of the plans of the code that a network runs. */
export interface RegisteredPlans {
  readonly applied: readonly AppliedPlan[];
  /** Plans of the code that it lists under no name. */
  readonly unlisted: readonly string[];
}

/**
 * The plans that a network applied: those of the registry, by the names that the code gives them.
 * Where some of these names are not in the code, every plan that the registry lacks may be one of
 * them, and counts as applied at a height that is not known.
 */
export function plansThatRan(
  versions: readonly RegisteredVersion[],
  plans: readonly string[],
): RegisteredPlans {
  const ran = versions.filter(({ height }) => height !== null);
  const listed = ran.map(version => ({ version, plan: planOf(version, plans) }));
  const unlisted = plans.filter(name => !listed.some(({ plan }) => plan === name));
  const isComplete = listed.every(
    ({ version, plan }) => plan !== undefined || isOlder(version, plans),
  );
  const applied = listed.map(({ version, plan }) => ({
    name: plan ?? version.name,
    height: version.height,
  }));
  const maybe = isComplete ? [] : unlisted.map(name => ({ name, height: null }));
  return { applied: [...maybe, ...applied], unlisted };
}

/** The plan of the code that a version came with: it has its name, or its number. */
function planOf({ name, tags }: RegisteredVersion, plans: readonly string[]): string | undefined {
  const isOf = (one: string) => (plan: string) => one === plan || compareNames(one, plan) === 0;
  return plans.find(isOf(name)) ?? tags.map(tag => plans.find(isOf(tag))).find(Boolean);
}

/** Whether a version is older than all plans of the code: chains drop old handlers. */
function isOlder({ name }: RegisteredVersion, plans: readonly string[]): boolean {
  return plans.every(plan => (compareNames(name, plan) ?? 0) < 0);
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
