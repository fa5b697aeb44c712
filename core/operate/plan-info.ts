import type { HomeFacts } from './facts.ts';
import { readUpgradeInfo } from './home-files.ts';
import { ifThere } from './machine.ts';

/** A plan's info, and who says it. */
export interface SaidInfo {
  readonly info: string;
  readonly source: string;
}

/** A URL of the binary for this machine. */
interface PlannedUrl {
  readonly address: string;
  readonly source: string;
}

/** The info of the plan as the chain has it, else as the node wrote it when the plan stopped it. */
export function saidInfo({ chain, upgrade, upgradeInfo }: HomeFacts): SaidInfo | undefined {
  const plan = ifThere(chain)?.plan;
  if (plan?.name === upgrade && plan.info !== '')
    return { info: plan.info, source: "the plan's info" };
  try {
    const written = ifThere(upgradeInfo);
    const read = written === undefined ? undefined : readUpgradeInfo(written);
    return read?.name === upgrade && read.info !== ''
      ? { info: read.info, source: 'the info in data/upgrade-info.json' }
      : undefined;
  } catch {
    // What is wrong with the file is the check upgrade-info-file's.
    return undefined;
  }
}

/** The URLs in a plan's info, by `os/arch`; undefined where it is no such JSON. */
export function binariesIn(info: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const { binaries } = JSON.parse(info) as { binaries?: unknown };
    return typeof binaries === 'object' && binaries !== null
      ? (binaries as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

/** The address of the binary for this machine, as the manifest or the plan has it. */
export function plannedUrl(facts: HomeFacts): PlannedUrl | undefined {
  const { manifest, platform } = facts;
  const said = saidInfo(facts);
  const candidates: readonly (readonly [unknown, string])[] = [
    [manifest && addressFor(manifest.read.binaries, platform), manifest?.path ?? ''],
    [said && addressFor(binariesIn(said.info) ?? {}, platform), said?.source ?? ''],
  ];
  for (const [address, source] of candidates)
    if (typeof address === 'string' && URL.canParse(address)) return { address, source };
  return undefined;
}

/** cosmovisor tries the platform, then `any`. */
export function addressFor(binaries: Readonly<Record<string, unknown>>, platform: string): unknown {
  return binaries[platform] ?? binaries['any'];
}
