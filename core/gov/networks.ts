import { isAddress } from './authority.ts';

/** What is known of a network; all of it is optional. */
export interface Network {
  /** Addresses of a node, for REST and for CometBFT's RPC. */
  readonly rest?: string;
  readonly rpc?: string;
  /** What addresses of accounts begin with. */
  readonly prefix?: string;
  /** What fees and deposits are paid in. */
  readonly denom?: string;
  /** The address that the upgrade module obeys. */
  readonly authority?: string;
  /** A node's home, such as `$HOME/.gaia`. */
  readonly home?: string;
}

/** Networks by chain id, as `.chain-upgrade.json` lists them. */
export type Networks = Readonly<Record<string, Network>>;

const isUrl = (value: string) => /^https?:\/\/\S+$/.test(value) && URL.canParse(value);

/** What a member has to be, and whether a text is that. */
const members: Readonly<Record<keyof Network, readonly [string, (value: string) => boolean]>> = {
  rest: ['an address of http or https', isUrl],
  rpc: ['an address of http or https', isUrl],
  prefix: ['a prefix of addresses, such as cosmos', value => /^[a-z][a-z0-9]{0,82}$/.test(value)],
  denom: [
    'a denomination, such as uatom',
    value => /^[a-zA-Z][a-zA-Z0-9/:._-]{2,127}$/.test(value),
  ],
  authority: ['an address of an account', isAddress],
  home: ['a folder', value => /^[\w@%+=:,./~${}-]+$/.test(value)],
};

/** Whether a text can be a chain id: CometBFT takes up to 50 characters, and it names a folder. */
export function isChainId(text: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9._-]{0,49}$/.test(text) && !text.includes('..');
}

/** What is wrong with the `networks` of a configuration; undefined where nothing is. */
export function networksFault(value: unknown): string | undefined {
  if (!isObject(value)) return '"networks" has to be an object of chain ids';
  for (const [id, network] of Object.entries(value)) {
    if (!isChainId(id)) return `"networks" names ${JSON.stringify(id)}, which is no chain id`;
    if (!isObject(network)) return `"networks": ${id} has to be an object`;
    for (const [name, given] of Object.entries(network)) {
      if (!Object.hasOwn(members, name))
        return `"networks": ${id} has no "${name}"; it may have ${Object.keys(members).join(', ')}`;
      const [what, fits] = members[name as keyof Network];
      if (typeof given !== 'string' || !fits(given))
        return `"networks": "${name}" of ${id} has to be ${what}`;
    }
  }
  return undefined;
}

/** The networks of a configuration's text; none where it has none or is wrong, which lint says. */
export function networksIn(text: string | undefined): Networks {
  if (text === undefined) return {};
  try {
    const { networks } = JSON.parse(text.replace(/^\uFEFF/, '')) as { networks?: unknown };
    return networks !== undefined && networksFault(networks) === undefined
      ? (networks as Networks)
      : {};
  } catch {
    return {};
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
