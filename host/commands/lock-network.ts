import type { ScheduledPlan } from '../../core/lock/lock.ts';
import type { NetworkState } from '../../core/lock/lock-of.ts';
import { plansThatRan } from '../../core/lock/registry.ts';
import { openRest } from './node-rest.ts';
import { readRegistryAt } from './registry-file.ts';

/** What somebody else than the code says of a network. */
export interface LockedNetwork {
  /** Absent where it does not say. */
  readonly chainId?: string;
  /** What it runs, as it is called there; empty where it does not say. */
  readonly version: string;
  /** `the node runs`, before the version. */
  readonly says: string;
  /** The other names of that version. */
  readonly alsoCalled: readonly string[];
  /** Where the code of that version may be found: tags and commits, the likeliest first. */
  readonly refs: readonly string[];
  /** What it says of the plans that the code has. */
  stateOf(plans: readonly string[]): Promise<{ state: NetworkState; notes: readonly string[] }>;
  /** The plan that it has scheduled; absent where that cannot be asked. */
  readonly scheduled?: () => Promise<ScheduledPlan | undefined>;
}

/** What a node of the network says. Throws one line where it cannot be asked. */
export async function networkOfNode(address: string): Promise<LockedNetwork> {
  const rest = openRest(address);
  const { chainId, version, commit } = await rest.info();
  return {
    chainId,
    version,
    says: 'the node runs',
    alsoCalled: [],
    refs: [...tagsOf(version), ...(/^[0-9a-f]{40}$/.test(commit) ? [commit] : [])],
    stateOf: async plans => ({
      state: { source: rest.address, ...(await rest.state(plans)) },
      notes: [],
    }),
    scheduled: () => rest.scheduledPlan(),
  };
}

/** What the chain-registry says. Throws one line where it cannot be read. */
export async function networkOfRegistry(place: string): Promise<LockedNetwork> {
  const { source, versions } = await readRegistryAt(place);
  const newest = versions.at(-1)!;
  const from = newest.height === null ? 'its start' : `height ${newest.height}`;
  return {
    version: newest.name,
    says: `by ${source} the network runs`,
    alsoCalled: newest.tags,
    refs: [...newest.tags.flatMap(tag => [tag, ...tagsOf(tag)]), ...tagsOf(newest.name)],
    stateOf: plans => {
      const { applied, unlisted } = plansThatRan(versions, plans);
      const told = [
        `by ${source} the network runs ${newest.name} from ${from} on; if it is not there yet, ` +
          'name what it runs with --base REF',
        ...(unlisted.length === 0 ? [] : [unlistedNote(source, unlisted, applied)]),
      ];
      return Promise.resolve({ state: { source, upgrades: applied }, notes: told });
    },
  };
}

function unlistedNote(
  source: string,
  unlisted: readonly string[],
  applied: NetworkState['upgrades'],
): string {
  const counts = applied.some(({ height }) => height === null)
    ? 'count as applied, for it has versions that the code does not name'
    : 'count as not applied';
  return `${source} does not list ${unlisted.join(', ')}: they ${counts}`;
}

/** The tag of a version. Other names are not taken: they may be those of branches. */
function tagsOf(version: string): string[] {
  return /^v?\d+(\.\d+){1,3}[\w.+-]*$/.test(version) ? [`v${version.replace(/^v/, '')}`] : [];
}
