import type { Named } from '../package/naming.ts';
import { respell, respellIdentifier } from '../package/naming.ts';

/** A plan's two names. */
export interface PlanNames {
  readonly from: string;
  readonly to: string;
}

/**
 * What a text that spells a plan's name is with its new one, where New Upgrade would have spelt it
 * so: the same text of another upgrade, respelt, is what is there. Undefined where none is.
 */
export function byHabit(
  text: string,
  { from, to }: PlanNames,
  witnesses: readonly Named[],
  respelt: typeof respell = respell,
): string | undefined {
  for (const witness of witnesses) {
    if (witness.text === text || respelt(witness, from) !== text) continue;
    const renamed = respelt(witness, to);
    if (renamed !== undefined) return renamed;
  }
  return undefined;
}

/** The same for Go identifiers. */
export function identifierByHabit(
  text: string,
  names: PlanNames,
  witnesses: readonly Named[],
): string | undefined {
  return byHabit(text, names, witnesses, respellIdentifier);
}

/** Whether a name is a word that texts may hold as well, and mean something else: `bridge`, not `v5`. */
export function isWord(name: string): boolean {
  return !/\d/.test(name);
}

/** Whether a text spells a name in any way that is known. */
export function spells(text: string, { from, to }: PlanNames): boolean {
  const renamed = respell({ name: from, text }, to);
  return renamed !== undefined && renamed !== text;
}
