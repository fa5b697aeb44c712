import type { AppliedPlan, ScheduledPlan } from '../../core/lock/lock.ts';
import { Refusal } from '../../core/refusal.ts';
import { nodeAddress } from '../node-address.ts';

/** The consensus versions of a node's modules, and the plans it applied. */
export interface AppliedState {
  readonly modules: Readonly<Record<string, number>>;
  readonly upgrades: readonly (AppliedPlan & { readonly height: number })[];
}

/**
 * A node that answers on its REST address (the `api` of app.toml, usually port 1317). Asked only
 * where the user names it.
 */
export interface Rest {
  /** What it says of its network and its software. */
  info(): Promise<{ readonly chainId: string; readonly version: string; readonly commit: string }>;
  /**
   * Its module versions (x/upgrade keeps them since SDK 0.43), and at which height each of these
   * plans was applied.
   */
  state(plans: readonly string[]): Promise<AppliedState>;
  /** The plan that is scheduled there; undefined where none is. */
  scheduledPlan(): Promise<ScheduledPlan | undefined>;
  /** The address as it may be committed: no path and no password, which may hold a key. */
  readonly address: string;
}

/**
 * Opens a node's REST address. Throws one line where it is none. `timeout` is for one answer, in
 * milliseconds.
 */
export function openRest(address: string, timeout?: number): Rest {
  const node = nodeAddress(address, {
    option: '--node',
    example: 'https://rest.example.org',
    kind: 'REST',
    timeout,
  });
  const { host, ask: get } = node;
  return {
    address: node.shown,
    async info() {
      const answer = await get('/cosmos/base/tendermint/v1beta1/node_info');
      const info = record(answer['default_node_info']);
      const app = record(answer['application_version']);
      const text = (value: unknown) => (typeof value === 'string' ? value : '');
      if (text(info['network']) === '')
        throw new Refusal(
          `${host} does not say which network it is on: is this the REST address of a node?`,
        );
      return {
        chainId: text(info['network']),
        version: text(app['version']),
        commit: text(app['git_commit']),
      };
    },
    async state(plans) {
      const { module_versions: listed } = await get('/cosmos/upgrade/v1beta1/module_versions');
      if (!Array.isArray(listed) || listed.length === 0)
        throw new Refusal(
          `${host} knows no module versions: x/upgrade keeps them since SDK 0.43; ` +
            'leave --node out',
        );
      const modules = Object.fromEntries(
        listed.map(record).map(({ name, version }) => [String(name), count(version, host)]),
      );
      const upgrades: { name: string; height: number }[] = [];
      for (const name of plans) {
        const { height } = await get(
          `/cosmos/upgrade/v1beta1/applied_plan/${encodeURIComponent(name)}`,
        );
        // Height 0: not applied there.
        if (count(height, host) > 0) upgrades.push({ name, height: count(height, host) });
      }
      return { modules, upgrades: upgrades.sort((a, b) => a.height - b.height) };
    },
    async scheduledPlan() {
      const { name, height } = record((await get('/cosmos/upgrade/v1beta1/current_plan'))['plan']);
      return typeof name === 'string' && name !== ''
        ? { name, height: count(height, host) }
        : undefined;
    },
  };
}

/** Numbers of 64 bits come as text. */
function count(value: unknown, host: string): number {
  const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
  if (!Number.isSafeInteger(number))
    throw new Refusal(`${host} gave ${JSON.stringify(value)} where a number was due`);
  return number as number;
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
