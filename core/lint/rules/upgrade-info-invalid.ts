import { stringValue } from '../../go/eval/value.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { FileFacts, ValueSpec } from '../../go/source/facts.ts';
import { locationOf } from '../../go/source/location.ts';
import type { InfoFault } from '../../sdk/upgrade-info.ts';
import { infoFault } from '../../sdk/upgrade-info.ts';
import type { Finding, Rule } from '../rule.ts';

/**
 * UpgradeInfo that cosmovisor cannot use: no JSON, no known platform, a URL without a checksum
 * (docs/background/sdk.md#plan-info).
 */
export const upgradeInfoInvalid: Rule = {
  name: 'upgrade-info-invalid',
  severity: 'warning',
  summary: 'cosmovisor cannot use UpgradeInfo',
  *check({ apps, repo }) {
    for (const { pending } of apps) {
      const folders = new Set(pending.map(upgrade => upgrade.package));
      for (const dir of folders) yield* inFolder(repo, dir);
    }
  },
};

function* inFolder(repo: Repo, dir: string): Iterable<Finding> {
  for (const facts of repo.filesOf(dir, /\bUpgradeInfo\b/)) {
    for (const spec of [...facts.consts, ...facts.vars]) {
      if (!/^UpgradeInfo$/i.test(spec.name) || !spec.value) continue;
      const fault = faultOf(repo, facts, spec.value);
      if (fault) yield { location: locationOf(facts, spec.value), ...fault };
    }
  }
}

/** What is wrong with a constant's value; undefined where it is empty, or not known. */
function faultOf(
  repo: Repo,
  facts: FileFacts,
  node: NonNullable<ValueSpec['value']>,
): InfoFault | undefined {
  const info = stringValue(repo, { facts, node });
  return info.kind === 'known' && info.value !== '' ? infoFault(info.value) : undefined;
}
