import { stringValue } from '../../go/eval/value.ts';
import { locationOf } from '../../go/source/location.ts';
import { infoFault } from '../../sdk/upgrade-info.ts';
import type { Rule } from '../rule.ts';

/**
 * UpgradeInfo that cosmovisor cannot use: no JSON, no known platform, a URL without a checksum
 * (sdk.md D.2).
 */
export const upgradeInfoInvalid: Rule = {
  name: 'upgrade-info-invalid',
  severity: 'warning',
  summary: 'UpgradeInfo is not what cosmovisor can use',
  *check({ apps, repo }) {
    for (const { pending } of apps) {
      for (const dir of new Set(pending.map(u => u.package))) {
        for (const facts of repo.filesOf(dir, /\bUpgradeInfo\b/)) {
          for (const spec of [...facts.consts, ...facts.vars]) {
            if (!/^UpgradeInfo$/i.test(spec.name) || !spec.value) continue;
            const value = stringValue(repo, { facts, node: spec.value });
            const fault =
              value.kind === 'known' && value.value !== '' ? infoFault(value.value) : undefined;
            if (fault) yield { location: locationOf(facts, spec.value), message: fault };
          }
        }
      }
    }
  },
};
