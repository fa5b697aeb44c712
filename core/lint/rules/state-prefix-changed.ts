import { collectionUnder, holdsOtherThings } from '../../chain/modules/collections.ts';
import type { StatePrefix } from '../../chain/modules/state-prefixes.ts';
import { changedPrefixes, statePrefixes } from '../../chain/modules/state-prefixes.ts';
import { isKept } from '../kept-prefix.ts';
import type { Finding, Rule, RuleContext } from '../rule.ts';
import type { ModulePair } from '../unmigrated.ts';
import { handledCodeNotRead, unmigratedModules } from '../unmigrated.ts';

/**
 * A key prefix that has other bytes than at the baseline, in a module whose version is the same:
 * what lies under the old ones is not found any more, or read as something else
 * (docs/background/incidents.md#state-changed-without-migration).
 */
export const statePrefixChanged: Rule = {
  name: 'state-prefix-changed',
  severity: 'warning',
  summary: 'a key prefix has another value, and nothing moves what lies under the old one',
  repair: 'keep the old value, or move the entries in a migration',
  notJudged: handledCodeNotRead,
  *check(subject) {
    for (const pair of unmigratedModules(subject)) {
      yield* withOtherBytes(subject, pair);
      yield* usedAgain(subject, pair);
    }
  },
};

/** Names that have other bytes than before. */
function* withOtherBytes(
  { repo, base }: RuleContext,
  { now, before, old }: ModulePair,
): Iterable<Finding> {
  const current = [...statePrefixes(repo, now).values()];
  for (const { now: prefix, before: was } of changedPrefixes(repo, now, old, before)) {
    const { name, location } = prefix;
    if (!isKept(repo, now.dir, name) || !isKept(old, before.dir, name)) continue;
    const taken = current.find(other => other.bytes === was.bytes);
    yield {
      location,
      message:
        `${name} of x/${now.name} is ${shown(prefix)} and was ${shown(was)} in ${base!.ref}, ` +
        'and its ConsensusVersion is the same',
      consequence: taken
        ? `what the network has under ${shown(was)} is read as that of ${taken.name}`
        : `what the network has under ${shown(was)} is not found any more`,
      related: taken ? [{ location: taken.location, message: `${taken.name} has it now` }] : [],
    };
  }
}

/**
 * New names with the bytes of one that is gone. Mostly that is the same under another name; collections
 * tell where it is not.
 */
function* usedAgain(
  { repo, base }: RuleContext,
  { now, before, old }: ModulePair,
): Iterable<Finding> {
  const earlier = statePrefixes(old, before);
  const current = statePrefixes(repo, now);
  const gone = [...earlier.values()].filter(({ name }) => !current.has(name));
  for (const prefix of current.values()) {
    const was = earlier.has(prefix.name)
      ? undefined
      : gone.find(({ bytes }) => bytes === prefix.bytes);
    const held = was && collectionUnder(old, before, was.name);
    const holds = held && collectionUnder(repo, now, prefix.name);
    if (!holds || !holdsOtherThings(holds, held)) continue;
    yield {
      location: prefix.location,
      message:
        `${prefix.name} of x/${now.name} is ${shown(prefix)}, which was ${was.name} ` +
        `in ${base!.ref} and held something else`,
      consequence: `what the network has of ${was.name} is read as that of ${prefix.name}`,
    };
  }
}

/** A text where the bytes are one: `"pools/"`, else `0x03`. */
function shown({ bytes }: StatePrefix): string {
  const codes = bytes.match(/../g)!.map(pair => parseInt(pair, 16));
  const isText = codes.length > 1 && codes.every(code => code >= 0x20 && code < 0x7f);
  return isText ? JSON.stringify(String.fromCharCode(...codes)) : `0x${bytes}`;
}
