import { stringValue } from '../go/eval/value.ts';
import type { Repo } from '../go/repo/repo.ts';
import type { FileFacts, ValueSpec } from '../go/source/facts.ts';
import { locationOf } from '../go/source/location.ts';
import type { Finding, RuleContext } from './rule.ts';

/** What is wrong with the text of an UpgradeInfo. */
export type UpgradeInfoFault = Omit<Finding, 'location'>;

/** Findings at each `UpgradeInfo` of pending upgrades whose text is known and has a fault. */
export function* faultsOfUpgradeInfo(
  { apps, repo }: Pick<RuleContext, 'apps' | 'repo'>,
  faultOf: (info: string) => UpgradeInfoFault | undefined,
): Iterable<Finding> {
  for (const { pending } of apps) {
    const folders = new Set(pending.map(upgrade => upgrade.package));
    for (const dir of folders) {
      for (const { facts, value } of declarationsIn(repo, dir)) {
        const info = stringValue(repo, { facts, node: value });
        const fault = info.kind === 'known' ? faultOf(info.value) : undefined;
        if (fault) yield { location: locationOf(facts, value), ...fault };
      }
    }
  }
}

interface Declaration {
  readonly facts: FileFacts;
  readonly value: NonNullable<ValueSpec['value']>;
}

function* declarationsIn(repo: Repo, dir: string): Iterable<Declaration> {
  for (const facts of repo.filesOf(dir, /\bUpgradeInfo\b/)) {
    for (const { name, value } of [...facts.consts, ...facts.vars]) {
      if (/^UpgradeInfo$/i.test(name) && value) yield { facts, value };
    }
  }
}
