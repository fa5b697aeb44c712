import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { join } from 'node:path';

/** A validator's home, with the port of its RPC. */
export interface Home {
  readonly dir: string;
  readonly port: number;
}

export const chainId = 'tiny-1';

/**
 * Runs a command of the chain in a home and returns its output; throws its words where it fails.
 */
export function daemon(binary: string, home: string, ...args: string[]): string {
  const { status, stdout, stderr, error } = spawnSync(binary, [...args, '--home', home], {
    encoding: 'utf8',
    env: { ...process.env, HOME: home },
    timeout: 60_000,
  });
  if (status === 0) return stdout;
  throw new Error(`${args.join(' ')}: ${error?.message ?? `exit ${status}`}\n${stdout}${stderr}`);
}

/**
 * Makes the home of a chain's only validator: votes of two seconds, eight blocks a second, nobody
 * else listening.
 */
export async function makeHome(
  binary: string,
  dir: string,
  state: Readonly<Record<string, unknown>> = {},
  id = chainId,
): Promise<Home> {
  mkdirSync(dir, { recursive: true });
  const keyring = ['--keyring-backend', 'test'];
  daemon(binary, dir, 'init', 'node', '--chain-id', id);
  daemon(binary, dir, 'keys', 'add', 'val', ...keyring);
  daemon(binary, dir, 'genesis', 'add-genesis-account', 'val', '1000000000000stake', ...keyring);
  editGenesis(join(dir, 'config/genesis.json'), state);
  daemon(binary, dir, 'genesis', 'gentx', 'val', '500000000000stake', '--chain-id', id, ...keyring);
  daemon(binary, dir, 'genesis', 'collect-gentxs');
  const [port, p2p] = await freePorts(2);
  editLines(join(dir, 'config/config.toml'), [
    [/^timeout_commit = .*$/m, 'timeout_commit = "100ms"'],
    [/^timeout_propose = .*$/m, 'timeout_propose = "500ms"'],
    [/^laddr = "tcp:\/\/127\.0\.0\.1:26657"$/m, `laddr = "tcp://127.0.0.1:${port}"`],
    [/^laddr = "tcp:\/\/0\.0\.0\.0:26656"$/m, `laddr = "tcp://127.0.0.1:${p2p}"`],
    [/^pprof_laddr = .*$/m, 'pprof_laddr = ""'],
  ]);
  const app = join(dir, 'config/app.toml');
  writeFileSync(
    app,
    readFileSync(app, 'utf8').replace(
      /^(\[(?:grpc|grpc-web|api)\][^[]*?^enable = )true$/gm,
      '$1false',
    ),
  );
  return { dir, port: port! };
}

interface Genesis {
  app_state: Record<string, unknown> & { gov: { params: Record<string, unknown> } };
}

/**
 * Lets votes of a fresh genesis end in so many seconds, expedited ones in half of them; `state`
 * replaces what modules begin with.
 */
export function editGenesis(
  path: string,
  state: Readonly<Record<string, unknown>> = {},
  votes = 2,
): void {
  const genesis = JSON.parse(readFileSync(path, 'utf8')) as Genesis;
  const { params } = genesis.app_state.gov;
  Object.assign(params, {
    voting_period: `${votes}s`,
    max_deposit_period: '2s',
    min_deposit: [{ denom: 'stake', amount: '1' }],
  });
  // From 0.50 a genesis whose expedited vote is no shorter is refused.
  if ('expedited_voting_period' in params)
    Object.assign(params, {
      expedited_voting_period: `${votes / 2}s`,
      expedited_min_deposit: [{ denom: 'stake', amount: '2' }],
    });
  Object.assign(genesis.app_state, state);
  writeFileSync(path, JSON.stringify(genesis));
}

/** Every line has to be there: a setting that no longer exists must not go unnoticed. */
export function editLines(
  path: string,
  changes: readonly (readonly [line: RegExp, to: string])[],
): void {
  let text = readFileSync(path, 'utf8');
  for (const [line, to] of changes) {
    if (!line.test(text)) throw new Error(`${path} has no ${line}`);
    text = text.replace(line, to);
  }
  writeFileSync(path, text);
}

/** Ports that were free a moment ago; all are held until the last is found, so they differ. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from(
      { length: count },
      () =>
        new Promise<ReturnType<typeof createServer>>((done, fail) => {
          const server = createServer()
            .once('error', fail)
            .listen(0, '127.0.0.1', () => done(server));
        }),
    ),
  );
  const ports = servers.map(server => (server.address() as AddressInfo).port);
  await Promise.all(servers.map(server => new Promise(done => server.close(done))));
  return ports;
}
