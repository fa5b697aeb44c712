import type { UpgradeInfoFault } from '../pending-upgrade-info.ts';
import { faultsOfUpgradeInfo } from '../pending-upgrade-info.ts';
import type { Rule } from '../rule.ts';

/** A plan's info is part of every proposal and log line about it; more than this is no list. */
const mostBytes = 10_000;

/**
 * UpgradeInfo that is right and still goes wrong on its way: with blanks, at which older tools cut
 * it, or very long (docs/background/sdk.md#plan-info).
 */
export const upgradeInfoUnsafe: Rule = {
  name: 'upgrade-info-unsafe',
  severity: 'warning',
  summary: 'UpgradeInfo has blanks, or is very long',
  check: context => faultsOfUpgradeInfo(context, faultOf),
};

function faultOf(info: string): UpgradeInfoFault | undefined {
  // A blank inside a text of the JSON counts too: what cuts it does not read JSON.
  if (/\s/.test(info.trim()))
    return {
      message: 'UpgradeInfo contains blanks',
      consequence:
        'process managers that read the log cut it at the first one, and download nothing',
    };
  const bytes = new TextEncoder().encode(info).length;
  if (bytes <= mostBytes) return undefined;
  return {
    message: `UpgradeInfo has ${bytes} bytes`,
    consequence: 'it is stored and logged by every node, and the gas of the proposal grows with it',
  };
}
