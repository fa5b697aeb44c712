import assert from 'node:assert/strict';
import type { Chain } from '../../core/chain/chain.ts';
import type { Moment } from '../../core/rehearse/causes.ts';
import {
  compare,
  disagreements,
  expectedStores,
  heightPassedMessage,
} from '../../core/rehearse/compare.ts';
import { explain } from '../../core/rehearse/explain.ts';
import { lastWords } from '../../core/rehearse/log.ts';
import type { Failure } from '../../core/rehearse/result.ts';
import type { Said, State } from './record.ts';
import type { Row, Step } from './row.ts';
import type { Reading } from './versions.ts';
import { plan } from './versions.ts';

/** When a rehearsal comes to a step; the next upgrade is the chain's next rehearsal. */
const moments: Readonly<Record<Step, Moment>> = {
  'old version': 'halt',
  start: 'upgrade',
  'first block': 'upgrade',
  'later block': 'upgrade',
  restart: 'restart',
  'block after the restart': 'restart',
  export: 'compare',
  'next upgrade': 'upgrade',
  never: 'compare',
};

/**
 * Throws unless what a node said of a row leads to its rule, place and repair, and so does a wrong
 * state before it says anything.
 */
export function isExplained(reading: Reading, row: Row, said: Said): void {
  const problems = reading.relint(reading.now);
  const upgrade = upgradeOf(reading.chain);
  const leads = (step: Moment, words: string) =>
    leadsTo(reading, row, explain(step, words, problems, upgrade));
  if (said.step === 'never') {
    // Nothing that a rehearsal asks for tells: lint alone leads there.
    const found = problems.find(({ rule }) => rule === row.rule);
    leadsTo(reading, row, explain('compare', said.words, found ? [found] : [], upgrade));
    return;
  }
  // A node that does not stop says nothing: the rehearsal sees it.
  leads(
    moments[said.step],
    said.step === 'old version' ? heightPassedMessage(8) : lastWords(said.words)!,
  );
  if (!row.wrongState) return;
  const [first] = disagreementsOf(reading.chain, said.state!);
  assert.ok(first !== undefined, 'the comparison finds nothing');
  leads('compare', first);
}

/** The stores a rehearsal asks for. */
export function storesToAsk({ chain }: Reading): string[] {
  return [...expectedStores(chain.apps[0]!, upgradeOf(chain)).keys()];
}

function leadsTo({ now }: Reading, row: Row, { words, rule, file, line, fix }: Failure): void {
  const [place, text] = row.at;
  const there =
    file === null || line === null ? undefined : now.texts.get(file)?.split('\n')[line - 1];
  assert.deepEqual({ rule, file, fix }, { rule: row.rule, file: place, fix: row.fix }, words);
  assert.ok(
    there?.includes(text),
    `line ${line} of ${file} is ${there}, and not the one with ${text}`,
  );
}

function disagreementsOf(
  chain: Chain,
  { height, applied, before, after, stores }: State,
): string[] {
  return disagreements(
    compare(chain, chain.apps[0]!, upgradeOf(chain), {
      plan: { name: plan, height, applied },
      before: new Map(Object.entries(before)),
      after: new Map(Object.entries(after)),
      stores: new Map(stores.map(name => [name, true])),
      log: '',
    }),
  );
}

function upgradeOf({ apps: [app] }: Chain) {
  return (
    app!.upgrades.find(u => u.name === plan && u.registered) ??
    app!.upgrades.find(u => u.name === plan)
  );
}
