import type { Generation } from '../../sdk/generations.ts';
import { generationIsBefore } from '../../sdk/generations.ts';
import { noMigrationFound } from '../node-words.ts';
import type { AppContext, Finding, Rule } from '../rule.ts';
import { registrationsNotRead, sdkNotCompared, sdkWithoutVersion } from '../unread.ts';

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
    ...(tooLong(subject) ? sdkWithoutVersion(subject) : sdkNotCompared(subject)),
    ...(hopOf(subject) ? registrationsNotRead(subject) : []),
  ],
  *check({ apps }) {
    for (const subject of apps) {
      const finding = subject.pending.some(({ registered }) => registered) && hopOf(subject);
      if (finding) yield finding;
    }
  },
};

/** The SDKs of the last release and of now, where the newer one is too new for the older one. */
function tooLong({
  app,
  base,
}: AppContext): readonly [from: Generation, to: Generation] | undefined {
  const from = base?.app.sdk.generation;
  const to = app.sdk.generation;
  const isIt = from && to && generationIsBefore(from, '0.50') && !generationIsBefore(to, '0.54');
  return isIt ? [from, to] : undefined;
}

/** What one upgrade from the last release to now would mean. */
function hopOf(subject: AppContext): Finding | undefined {
  const { version, gomod } = subject.app.sdk;
  const [from, to] = tooLong(subject) ?? [];
  // A fork of the SDK itself has no release of a chain to come from.
  if (!from || !to || version === null) return undefined;
  return {
    location: { file: gomod, start: 0, end: 0, line: 1, column: 1 },
    message:
      `${subject.base!.ref} is on SDK ${from}, and this is ${to}, ` +
      'which no longer migrates from there',
    consequence:
      'at the upgrade height the node stops: no migration found for module auth …; ' +
      'upgrade to 0.50 or 0.53 first',
  };
}
