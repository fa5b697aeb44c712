import type { Repo } from '../../go/repo/repo.ts';
import type { Location } from '../../go/source/location.ts';
import { locationOf } from '../../go/source/location.ts';
import { withoutLayout } from '../../go/source/without-layout.ts';
import { quote } from '../../go/syntax/syntax.ts';
import { erasSinceRelease } from '../released-eras.ts';
import type { Finding, Rule } from '../rule.ts';

/** What decides which era is in force differs from the last release (docs/eras.md). */
export const eraFrameworkChanged: Rule = {
  name: 'era-framework-changed',
  severity: 'error',
  summary: 'the code that decides which era is in force differs from that of the last release',
  repair: 'change it with an upgrade, which all nodes run at one height',
  *check({ apps }) {
    for (const subject of apps) {
      const eras = erasSinceRelease(subject);
      if (!eras) continue;
      const { now, then, ref } = eras;
      if (now.first !== null && then.first !== null && now.first !== then.first)
        yield firstChanged(subject.repo, now.dir, then.first, ref);
      if (subject.pending.some(({ registered }) => registered)) continue;
      const before = decidingCode(subject.base!.repo!, then.dir);
      for (const [name, { text, location }] of decidingCode(subject.repo, now.dir)) {
        const was = before.get(name);
        if (was === undefined || was.text === text) continue;
        yield {
          location,
          message: `${name} differs from that in ${ref}, and no upgrade is pending`,
          consequence:
            'nodes of the two releases may switch at different heights, and their app hashes differ',
        };
      }
    }
  },
};

/** By what votes and a genesis become markers, and markers the era in force. */
const deciding = new Set([
  ...['Apply', 'Current', 'At', 'ParseDecision', 'PreBlock', 'Sort', 'Status', 'StatusAt'],
  ...['cancelled', 'carryOut', 'decide', 'ending', 'scheduled', 'title', 'titlePattern'],
  ...['BeginBlock', 'InitGenesis', 'ParseGenesis', 'SetNoticeBlocks', 'DefaultNoticeBlocks'],
  ...['Check', 'For', 'contains', 'indexOf', 'read', 'write', 'open'],
  ...['MarkersKey', 'countedKey', 'noticeKey'],
]);

interface Declared {
  readonly text: string;
  readonly location: Location;
}

/** The deciding declarations of a framework by name, without comments and layout. */
function decidingCode(repo: Repo, dir: string): ReadonlyMap<string, Declared> {
  const found = new Map<string, Declared>();
  for (const facts of repo.filesOf(dir)) {
    const all = [...facts.funcs, ...facts.vars, ...facts.consts].filter(({ name }) =>
      deciding.has(name),
    );
    for (const { name, start, end, nameStart, nameEnd } of all) {
      const location = locationOf(facts, { start: nameStart, end: nameEnd });
      const text = withoutLayout(facts.text.slice(start, end));
      const known = found.get(name);
      found.set(name, known ? { ...known, text: `${known.text}\n${text}` } : { text, location });
    }
  }
  return found;
}

function firstChanged(repo: Repo, dir: string, first: string, ref: string): Finding {
  const { facts, spec } = repo.value(dir, 'First')!;
  return {
    location: locationOf(facts, { start: spec.nameStart, end: spec.nameEnd }),
    message: `the first era of the chain is another one than in ${ref}, ${quote(first)}`,
    consequence: 'nodes that sync from the first block are in another era than the network was',
  };
}
