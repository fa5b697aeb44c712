import { homeChecks } from './all-checks.ts';
import type { HomeCheckResult } from './check.ts';
import { versionIn } from './checks/binary-runs.ts';
import type { HomeFacts } from './facts.ts';
import { ifThere } from './machine.ts';

/** What `verify` came to. */
export interface Verified {
  readonly home: string;
  readonly upgrade: string;
  /** The folder in `cosmovisor/upgrades`; null where the plan's name makes none. */
  readonly folder: string | null;
  readonly checks: readonly HomeCheckResult[];
  readonly attest?: Attestation;
}

/** What an operator sends to the team: the binary of an upgrade is in place. Nobody signs it. */
export interface Attestation {
  readonly kind: 'upgrade-ready';
  readonly chainId: string;
  readonly upgrade: string;
  /** Of the plan; null where it is not scheduled yet. */
  readonly height: number | null;
  readonly consensusAddress: string;
  readonly binarySha256: string;
  /** Of the new binary, as it or the manifest says; null where neither does. */
  readonly version: string | null;
  /** ISO 8601, in UTC. */
  readonly time: string;
}

/** Makes every check. */
export function verify(facts: HomeFacts): Verified {
  const checks = homeChecks.map((check): HomeCheckResult => {
    const outcome = check.look(facts);
    return { check: check.name, severity: check.severity, ...outcome };
  });
  const { home, upgrade, folder = null } = facts;
  return { home, upgrade, folder, checks };
}

/** Whether something is above a warning. */
export function hasErrors({ checks }: Verified): boolean {
  return checks.some(({ severity, ok }) => severity === 'error' && !ok);
}

/**
 * The line for the team, or why there is none. `ownNode` is the id of the node whose home this is:
 * only its own RPC knows the key that it signs with, be it here or behind a remote signer.
 */
export function attestation(
  facts: HomeFacts,
  verified: Verified,
  { ownNode, time }: { readonly ownNode: string | undefined; readonly time: string },
): Attestation | { readonly reason: string } {
  if (hasErrors(verified)) return { reason: 'there are errors' };
  const compared = verified.checks.find(({ check }) => check === 'binary-checksum');
  if (!compared?.ok) return { reason: 'the checksum of the binary was not compared' };
  const chain = ifThere(facts.chain);
  if (!chain?.node)
    return {
      reason: "the key that this node signs with is not known: give --rpc of this node's own",
    };
  if (ownNode === undefined || chain.node.nodeId !== ownNode)
    return { reason: 'the node at --rpc is not the one of this home (config/node_key.json)' };
  if (!/^[0-9A-F]{40}$/.test(chain.node.consensusAddress))
    return { reason: 'the node at --rpc does not tell the key that it signs with' };
  const { upgrade } = facts;
  return {
    kind: 'upgrade-ready',
    chainId: chain.chainId,
    upgrade,
    height: chain.plan?.name === upgrade ? chain.plan.height : null,
    consensusAddress: chain.node.consensusAddress,
    binarySha256: ifThere(facts.binary.sha256)!,
    version:
      versionIn(ifThere(facts.run)?.stdout ?? '')?.version || facts.manifest?.read.version || null,
    time,
  };
}
