/** Where a node listens, on the loopback device. */
export interface Ports {
  readonly rpc: number;
  readonly p2p: number;
}

/**
 * Sets keys of a TOML text in place, `section.key` to the value as written; a key that is not there
 * is left alone. Other lines stay as they are.
 */
export function setToml(text: string, values: Readonly<Record<string, string>>): string {
  let section = '';
  return text
    .split('\n')
    .map(line => {
      section = /^\s*\[([^[\]]+)\]/.exec(line)?.[1]?.trim() ?? section;
      const key = /^\s*([\w-]+)\s*=/.exec(line)?.[1];
      const value = key === undefined ? undefined : values[section ? `${section}.${key}` : key];
      return key === undefined || value === undefined ? line : `${key} = ${value}`;
    })
    .join('\n');
}

/** config.toml for one validator with sub-second blocks; `blockTime` in milliseconds. */
export function configToml(text: string, { rpc, p2p }: Ports, blockTime: number): string {
  return setToml(text, {
    'rpc.laddr': `"tcp://127.0.0.1:${rpc}"`,
    'rpc.pprof_laddr': '""',
    'rpc.grpc_laddr': '""',
    'p2p.laddr': `"tcp://127.0.0.1:${p2p}"`,
    'p2p.addr_book_strict': 'false',
    'p2p.seeds': '""',
    'p2p.persistent_peers': '""',
    'p2p.pex': 'false',
    'p2p.upnp': 'false',
    'consensus.timeout_commit': `"${blockTime}ms"`,
    'consensus.timeout_propose': '"500ms"',
    'consensus.create_empty_blocks': 'true',
    'consensus.create_empty_blocks_interval': '"0s"',
    'instrumentation.prometheus': 'false',
    'statesync.enable': 'false',
  });
}

/** app.toml with every server that would take a port turned off. */
export function appToml(text: string, denom: string): string {
  const off = ['grpc', 'grpc-web', 'api', 'json-rpc', 'rosetta', 'telemetry'].map(
    section =>
      [section === 'telemetry' ? 'telemetry.enabled' : `${section}.enable`, 'false'] as const,
  );
  return setToml(text, {
    ...Object.fromEntries(off),
    'minimum-gas-prices': `"0${denom}"`,
    'state-sync.snapshot-interval': '0',
    pruning: '"default"',
    'halt-height': '0',
  });
}

/** client.toml, for commands that read it. */
export function clientToml(text: string, chainId: string, { rpc }: Ports): string {
  return setToml(text, {
    'chain-id': `"${chainId}"`,
    'keyring-backend': '"test"',
    node: `"tcp://127.0.0.1:${rpc}"`,
  });
}
