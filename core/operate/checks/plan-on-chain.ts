import type { CheckOutcome, HomeCheck } from '../check.ts';
import { failed, passed, skipped } from '../check.ts';
import type { HomeFacts } from '../facts.ts';
import { addressFor, binariesIn } from '../plan-info.ts';
import type { PendingPlan } from '../state.ts';

/** V21. */
export const planOnChain: HomeCheck = {
  name: 'plan-on-chain',
  severity: 'error',
  summary: 'the chain has scheduled this plan, with the binary of the manifest',
  look(facts) {
    const { chain, upgrade } = facts;
    if (chain.is === 'absent') return skipped('no node was named', 'give --rpc URL or --node URL');
    if (chain.is === 'unread') return skipped(chain.why);
    const { done, plan, chainId } = chain.value;
    const applied = done.find(({ name }) => name === upgrade);
    if (applied)
      return failed(
        `${chainId} has applied ${upgrade} at ${applied.height} already`,
        'nothing is left to prepare; is this the right plan?',
      );
    if (!plan)
      return failed(
        `${chainId} has scheduled no plan: the proposal has not passed yet, or was cancelled`,
        'verify again when it has passed',
        { severity: 'warning' },
      );
    if (plan.name !== upgrade)
      return failed(
        `${chainId} has scheduled ${plan.name} at ${plan.height}, not ${upgrade}`,
        `prepare ${plan.name} first: --upgrade ${plan.name}`,
      );
    return sameBinary(facts, plan) ?? passed(`${chainId} upgrades to ${upgrade} at ${plan.height}`);
  },
};

/** The manifest against the plan's info, as far as both say; undefined where nothing differs. */
function sameBinary(facts: HomeFacts, { info }: PendingPlan): CheckOutcome | undefined {
  const { manifest, platform } = facts;
  if (!manifest || info === '') return undefined;
  const ask = 'ask the team which of them is right before the height';
  const binaries = binariesIn(info);
  const ours = addressFor(manifest.read.binaries, platform);
  if (binaries) {
    return ours === undefined || ours === addressFor(binaries, platform)
      ? undefined
      : failed(`the plan's info names another binary for ${platform} than ${manifest.path}`, ask, {
          file: manifest.path,
        });
  }
  const checksum = URL.canParse(info) ? new URL(info).searchParams.get('checksum') : null;
  const [, hash] = /^sha256:([0-9a-f]{64})$/i.exec(checksum ?? '') ?? [];
  if (hash === undefined || hash.toLowerCase() === manifest.sha256) return undefined;
  return failed(`the plan's info has the checksum of another manifest than ${manifest.path}`, ask, {
    file: manifest.path,
  });
}
