import { generationIsBefore } from '../../sdk/generations.ts';
import { noMigrationFound } from '../node-words.ts';
import type { AppContext, Finding, Rule } from '../rule.ts';
import { registrationsNotRead, sdkNotCompared } from '../unread.ts';

/**
 * From 0.47 or older to 0.54 or newer in one upgrade: the newer SDK no longer registers the old
 * steps. Nodes took shorter hops (docs/background/live-chain.md#hops-between-generations).
 */
export const sdkHopTooLong: Rule = {
  name: 'sdk-hop-too-long',
  severity: 'error',
  summary: 'an upgrade skips more SDK generations than the SDK can migrate',
  leftToDo: true,
  nodeSays: [{ words: noMigrationFound, rank: 2 }],
  notJudged: subject => [
    ...sdkNotCompared(subject),
    ...(hopOf(subject) ? registrationsNotRead(subject) : []),
  ],
  *check({ apps }) {
    for (const subject of apps) {
      const finding = subject.pending.some(({ registered }) => registered) && hopOf(subject);
      if (finding) yield finding;
    }
  },
};

/** What one upgrade from the last release to now would mean. */
function hopOf({ app, base }: AppContext): Finding | undefined {
  const from = base?.app.sdk.generation;
  const { generation: to, version, gomod } = app.sdk;
  // A fork of the SDK itself has no release of a chain to come from.
  if (!base || !from || !to || version === null) return undefined;
  if (!generationIsBefore(from, '0.50') || generationIsBefore(to, '0.54')) return undefined;
  return {
    location: { file: gomod, start: 0, end: 0, line: 1, column: 1 },
    message: `${base.ref} is on SDK ${from}, and this is ${to}, which no longer migrates from there`,
    consequence:
      'at the upgrade height the node stops: no migration found for module auth …; ' +
      'upgrade to 0.50 or 0.53 first',
  };
}
