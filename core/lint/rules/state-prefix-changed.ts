import type { StatePrefix } from '../../chain/modules/state-prefixes.ts';
import { statePrefixes } from '../../chain/modules/state-prefixes.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { Finding, Rule, RuleContext } from '../rule.ts';
import type { ModulePair } from '../unmigrated.ts';
import { unmigratedModules } from '../unmigrated.ts';
import { handlersNotRead } from '../unread.ts';

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
  notJudged: subject => (subject.base?.repo ? handlersNotRead(subject) : []),
  *check(subject) {
    for (const pair of unmigratedModules(subject)) yield* inModule(subject, pair);
  },
};

function* inModule(
  { repo, base }: RuleContext,
  { now, before, old }: ModulePair,
): Iterable<Finding> {
  const earlier = statePrefixes(old, before);
  const current = [...statePrefixes(repo, now).values()];
  for (const prefix of current) {
    const { name, bytes, location } = prefix;
    const was = earlier.get(name);
    if (!was || was.bytes === bytes) continue;
    if (!isUsed(repo, now.dir, name) || !isUsed(old, before.dir, name)) continue;
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

/** Whether the code of a module, in its folder or below, names a prefix beside its declaration. */
function isUsed({ packages, texts }: Repo, dir: string, name: string): boolean {
  const root = dir.replace(/\/(module|v\d+)$/, '');
  const named = new RegExp(`\\b${name}\\b`, 'g');
  const files = [...packages]
    .filter(([folder]) => folder === root || folder.startsWith(`${root}/`))
    .flatMap(([, { files: own }]) => own);
  const count = files.reduce((sum, path) => sum + (texts.get(path)!.match(named)?.length ?? 0), 0);
  return count > 1;
}

/** A text where the bytes are one: `"pools/"`, else `0x03`. */
function shown({ bytes }: StatePrefix): string {
  const codes = bytes.match(/../g)!.map(pair => parseInt(pair, 16));
  const isText = codes.length > 1 && codes.every(code => code >= 0x20 && code < 0x7f);
  return isText ? JSON.stringify(String.fromCharCode(...codes)) : `0x${bytes}`;
}
