import type { CheckOutcome, HomeCheck } from '../check.ts';
import { failed, passed, skipped, told } from '../check.ts';
import type { HomeFacts } from '../facts.ts';
import { homeFiles, readUpgradeInfo } from '../home-files.ts';
import { ifThere } from '../machine.ts';
import type { PendingPlan } from '../state.ts';

const file = homeFiles.upgradeInfo;
const moveAway = `move ${file} away while the node is stopped`;

/** V19. cosmovisor switches when this file changes; one that is left over switches too early. */
export const upgradeInfoFile: HomeCheck = {
  name: 'upgrade-info-file',
  severity: 'error',
  summary: 'data/upgrade-info.json is not there, or of this plan, or of one that has passed',
  look(facts) {
    const { upgradeInfo } = facts;
    if (upgradeInfo.is === 'absent') return passed('it is not there yet', file);
    if (upgradeInfo.is === 'unread') return skipped(`${file} cannot be read: ${upgradeInfo.why}`);
    let plan: PendingPlan;
    try {
      plan = readUpgradeInfo(upgradeInfo.value);
    } catch (error) {
      return failed((error as Error).message, moveAway, { file });
    }
    return plan.name === facts.upgrade ? ofThisPlan(facts, plan) : ofAnother(facts, plan);
  },
};

function ofThisPlan({ chain }: HomeFacts, { name, height }: PendingPlan): CheckOutcome {
  const scheduled = ifThere(chain)?.plan;
  if (scheduled?.name === name && scheduled.height !== height)
    return failed(
      `it has ${name} at ${height}, the chain at ${scheduled.height}: it is of an earlier try`,
      moveAway,
      { file },
    );
  return told(`it is of this plan, at ${height}`, file);
}

function ofAnother({ chain }: HomeFacts, { name, height }: PendingPlan): CheckOutcome {
  const now = ifThere(chain)?.height;
  if (now === undefined)
    return told(`it is of ${name} at ${height}; whether that has passed a node would tell`, file);
  if (height <= now) return passed(`it is of ${name}, which has passed`, file);
  return failed(
    `it is of ${name} at ${height}, which is still to come: cosmovisor would switch to it`,
    moveAway,
    { file },
  );
}
