import { rules } from '../lint/all.ts';
import type { Moment, NodeSays, NodeWords } from '../lint/node-words.ts';
import type { Rule } from '../lint/rule.ts';

export type { Moment } from '../lint/node-words.ts';

/**
 * What a node's words come from: the rules that describe it, the likeliest first, and what to do
 * where none of them finds the place.
 */
export interface Cause {
  readonly words: RegExp;
  /** Where the same words mean something else at another moment. */
  readonly at?: readonly Moment[];
  readonly rules: readonly string[];
  /** Anything may have said them: only what lint finds is taken for the cause. */
  readonly isVague?: true;
  /** The rule that the words name by themselves; undefined for none. */
  readonly general: string | undefined;
  /** A repair in words. The groups of `words` replace `$1`, `$2`. */
  readonly fix: string;
}

/** Repairs in words, where lint finds the place and offers none of its own. */
export const repairs: Readonly<Record<string, string>> = Object.fromEntries(
  rules.flatMap(({ name, repair }) => (repair === undefined ? [] : [[name, repair]])),
);

/**
 * The rules whose mistakes stay silent by themselves and make something else fail later, with words
 * of its own: a module on a layout it does not know. The likeliest first.
 */
export const silentRules: readonly string[] = rules
  .filter(({ silentUntilLater }) => silentUntilLater !== undefined)
  .sort((a, b) => a.silentUntilLater! - b.silentUntilLater!)
  .map(({ name }) => name);

/** Words that no rule describes. */
const ofNoRule: readonly Cause[] = [
  {
    words: /BINARY UPDATED BEFORE TRIGGER/,
    rules: [],
    general: undefined,
    fix: 'start the new binary only after the old one has halted',
  },
  {
    words:
      /name cannot be empty: invalid request|unexpected end of JSON input|Plan\.height of type int64/,
    rules: [],
    general: undefined,
    fix: 'let the node write upgrade-info.json itself',
  },
];

/**
 * Nodes' words and their causes, as the rules know them; the first that matches counts. Words of
 * one moment come before the same words at any, and vague ones last.
 */
export const causes: readonly Cause[] = [
  ...causesOf(({ when }) => when !== undefined),
  ...causesOf(({ when, vague }) => when === undefined && !vague),
  ...ofNoRule,
  ...causesOf(({ when, vague }) => when === undefined && vague === true),
];

/** A rule, and what it says about some words. */
interface Claim {
  readonly rule: Rule;
  readonly says: NodeSays;
}

function causesOf(wanted: (words: NodeWords) => boolean): Cause[] {
  const claims = new Map<NodeWords, Claim[]>();
  for (const rule of rules) {
    for (const says of rule.nodeSays ?? []) {
      if (wanted(says.words))
        claims.set(says.words, [...(claims.get(says.words) ?? []), { rule, says }]);
    }
  }
  return [...claims].map(([words, claimed]) => causeOf(words, claimed));
}

function causeOf({ pattern, when, vague }: NodeWords, claims: readonly Claim[]): Cause {
  const ranked = [...claims].sort((a, b) => rankOf(a) - rankOf(b));
  const general = ranked.find(({ says }) => says.repair !== undefined);
  if (!general) throw new Error(`no rule has a repair for ${pattern.source}`);
  return {
    words: pattern,
    ...(when ? { at: when } : {}),
    rules: ranked.map(({ rule }) => rule.name),
    general: vague ? undefined : general.rule.name,
    ...(vague && { isVague: vague }),
    fix: general.says.repair!,
  };
}

function rankOf({ says }: Claim): number {
  return says.rank ?? 1;
}
