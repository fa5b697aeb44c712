import { binaryFault, infoFault } from '../../sdk/upgrade-info.ts';
import type { CheckOutcome, HomeCheck } from '../check.ts';
import { failed, passed, skipped } from '../check.ts';
import type { HomeFacts } from '../facts.ts';
import { addressFor, binariesIn, saidInfo } from '../plan-info.ts';

/** V11. What cosmovisor downloads where it may, and what a binary is compared with. */
export const planInfoCheck: HomeCheck = {
  name: 'plan-info',
  severity: 'error',
  summary: 'the manifest, or the info of the plan, has a binary with checksum for this machine',
  look(facts) {
    const { manifest } = facts;
    if (manifest && Object.keys(manifest.read.binaries).length > 0) {
      const read = judged(facts, manifest.read.binaries, manifest.path);
      return { ...read, file: manifest.path };
    }
    const said = saidInfo(facts);
    if (!said) return skipped('no info of the plan is known', 'give --manifest FILE or --node URL');
    const binaries = binariesIn(said.info);
    if (binaries) return judged(facts, binaries, said.source);
    const fault = infoFault(said.info);
    if (fault)
      return failed(
        `${said.source}: ${fault.message}; ${fault.consequence}`,
        'have it corrected by another proposal, or place the binary by hand',
      );
    return judgedUrl(facts, said.info.trim(), said.source);
  },
};

function judged(
  facts: HomeFacts,
  binaries: Readonly<Record<string, unknown>>,
  source: string,
): CheckOutcome {
  const { platform } = facts;
  const byHand = `put the binary for ${platform} in place by hand`;
  if (addressFor(binaries, platform) === undefined)
    return failed(`${source} has no binary for ${platform}, nor for any`, byHand);
  const faults = Object.entries(binaries).flatMap(([on, url]) => binaryFault(on, url) ?? []);
  const grave = faults.find(fault => !fault.onlyNoChecksum);
  if (grave) return failed(`${source}: ${grave.message}; ${grave.consequence}`, byHand);
  const [bare] = faults;
  if (bare) return withoutChecksum(facts, `${source}: ${bare.message}`);
  return passed(`${source} has a binary for ${platform}, with its checksum`);
}

/** The document behind the URL is not fetched. */
function judgedUrl(facts: HomeFacts, url: string, source: string): CheckOutcome {
  if (!URL.canParse(url)) return failed(`${source} is no URL`, 'place the binary by hand');
  if (new URL(url).searchParams.has('checksum'))
    return passed(`${source} is the URL of a manifest, with its checksum`);
  return withoutChecksum(facts, `${source} is the URL of a manifest, without a checksum`);
}

function withoutChecksum({ settings }: HomeFacts, message: string): CheckOutcome {
  return settings.mustHaveChecksum
    ? failed(
        `${message}: cosmovisor refuses it (DAEMON_DOWNLOAD_MUST_HAVE_CHECKSUM)`,
        'put the binary in place by hand',
      )
    : failed(message, 'compare the binary with a checksum that the team gives', {
        severity: 'warning',
      });
}
