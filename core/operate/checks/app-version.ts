import type { CheckOutcome, HomeCheck } from '../check.ts';
import { failed, passed, skipped, told } from '../check.ts';
import type { HomeFacts } from '../facts.ts';
import type { AppVersionEntry } from '../home-files.ts';
import { homeFiles } from '../home-files.ts';
import { ifThere } from '../machine.ts';

const file = homeFiles.appVersion;

/**
 * V20. The record of the version guard: its entry at the last height is what the state is. The
 * height comes from a node; without one the newest entry counts, and that is said.
 */
export const appVersion: HomeCheck = {
  name: 'app-version',
  severity: 'error',
  summary: "the guard's record says that the state is the one that the upgrade starts from",
  look(facts) {
    const { appVersion: record, chain } = facts;
    if (record.is === 'absent')
      return told('there is no record: the chain has no version guard, or has not recorded yet');
    if (record.is === 'unread')
      return failed(record.why, "see the chain's app-version show", { file });
    const height = ifThere(chain)?.height;
    const entry = record.value.findLast(
      ({ fromHeight }) => height === undefined || fromHeight <= height,
    );
    if (!entry) return skipped(`no entry of ${file} is of height ${height ?? 0} or before`);
    // A start that is about to upgrade records the version from the next block on.
    if (height === undefined && entry.upgrade === facts.upgrade)
      return skipped(
        `the newest entry is of ${entry.upgrade}, from ${entry.fromHeight} on: whether that has ` +
          'passed a node would tell',
        'give --rpc URL or --node URL',
      );
    const by = height === undefined ? 'the newest entry, no node was asked' : `height ${height}`;
    return judged(facts, entry, by);
  },
};

function judged(facts: HomeFacts, entry: AppVersionEntry, by: string): CheckOutcome {
  const { version, fromHeight, upgrade, software } = entry;
  const called = software === '' ? `${version}` : `${version} (${software})`;
  if (upgrade === facts.upgrade)
    return failed(
      `the state is app version ${called} since ${fromHeight}: ${upgrade} was applied already`,
      'nothing is left to prepare; is this the right plan?',
      { file },
    );
  const wanted = facts.manifest?.read.appVersion;
  if (wanted !== undefined && version >= wanted)
    return failed(
      `the state is app version ${called}, the upgrade leads to ${wanted}`,
      'is this the right home, and the manifest of the right release?',
      { file },
    );
  const compared = wanted === undefined ? '; the manifest names none to compare with' : '';
  return passed(`the state is app version ${called} (${by})${compared}`, file);
}
