import { infoFault } from '../../sdk/upgrade-info.ts';
import { faultsOfUpgradeInfo } from '../pending-upgrade-info.ts';
import type { Rule } from '../rule.ts';

/**
 * UpgradeInfo that cosmovisor cannot use: no JSON, no known platform, a URL without a checksum
 * (docs/background/sdk.md#plan-info).
 */
export const upgradeInfoInvalid: Rule = {
  name: 'upgrade-info-invalid',
  severity: 'warning',
  summary: 'cosmovisor cannot use UpgradeInfo',
  check: context =>
    faultsOfUpgradeInfo(context, info => (info === '' ? undefined : infoFault(info))),
};
