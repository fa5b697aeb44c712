import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chainId, daemon, editGenesis, editLines, freePorts } from './home.ts';

/** One of several validators on this machine. */
export interface ValidatorHome {
  readonly dir: string;
  readonly rpc: string;
}

/** How a validator begins: its voting power, and what its operator signs. */
export interface ValidatorStart {
  readonly binary: string;
  readonly power: number;
  readonly details?: string;
}

const keyring = ['--keyring-backend', 'test'];
/** All of them vote, one after the other. */
const secondsToVote = 10;
/** What one of voting power takes. */
const unit = 1_000_000;

/** Makes the homes of a network's validators, who know each other and nobody else. */
export async function makeValidators(
  dir: string,
  starts: readonly ValidatorStart[],
): Promise<ValidatorHome[]> {
  const homes = starts.map((_, i) => join(dir, `node-${i}`));
  for (const [i, { binary }] of starts.entries()) {
    mkdirSync(homes[i]!, { recursive: true });
    daemon(binary, homes[i]!, 'init', `node-${i}`, '--chain-id', chainId);
    daemon(binary, homes[i]!, 'keys', 'add', 'val', ...keyring);
  }
  const [first] = homes;
  const { binary } = starts[0]!;
  for (const home of homes) {
    const address = daemon(binary, home, 'keys', 'show', 'val', '-a', ...keyring).trim();
    daemon(binary, first!, 'genesis', 'add-genesis-account', address, `${unit * 10_000}stake`);
  }
  const genesis = join('config', 'genesis.json');
  const gentxs = join('config', 'gentx');
  for (const [i, { power, details = '' }] of starts.entries()) {
    if (i > 0) cpSync(join(first!, genesis), join(homes[i]!, genesis));
    const what = [`${power * unit}stake`, '--moniker', `node-${i}`, '--details', details];
    const how = ['--chain-id', chainId, ...keyring];
    daemon(binary, homes[i]!, 'genesis', 'gentx', 'val', ...what, ...how);
    if (i > 0) cpSync(join(homes[i]!, gentxs), join(first!, gentxs), { recursive: true });
  }
  daemon(binary, first!, 'genesis', 'collect-gentxs');
  editGenesis(join(first!, genesis), {}, secondsToVote);
  for (const home of homes.slice(1)) cpSync(join(first!, genesis), join(home, genesis));
  return connect(homes, binary);
}

async function connect(homes: readonly string[], binary: string): Promise<ValidatorHome[]> {
  const ports = await freePorts(homes.length * 2);
  const peers = homes.map((home, i) => {
    const id = daemon(binary, home, 'tendermint', 'show-node-id').trim();
    return `${id}@127.0.0.1:${ports[homes.length + i]!}`;
  });
  return homes.map((dir, i) => {
    const rpc = `127.0.0.1:${ports[i]!}`;
    const others = peers.filter((_, n) => n !== i).join(',');
    editLines(join(dir, 'config/config.toml'), [
      [/^timeout_commit = .*$/m, 'timeout_commit = "200ms"'],
      [/^laddr = "tcp:\/\/127\.0\.0\.1:26657"$/m, `laddr = "tcp://${rpc}"`],
      [
        /^laddr = "tcp:\/\/0\.0\.0\.0:26656"$/m,
        `laddr = "tcp://127.0.0.1:${ports[homes.length + i]!}"`,
      ],
      [/^persistent_peers = .*$/m, `persistent_peers = "${others}"`],
      [/^addr_book_strict = .*$/m, 'addr_book_strict = false'],
      [/^allow_duplicate_ip = .*$/m, 'allow_duplicate_ip = true'],
      [/^pprof_laddr = .*$/m, 'pprof_laddr = ""'],
    ]);
    const app = join(dir, 'config/app.toml');
    const served = /^(\[(?:grpc|grpc-web|api)\][^[]*?^enable = )true$/gm;
    writeFileSync(app, readFileSync(app, 'utf8').replace(served, '$1false'));
    return { dir, rpc: `http://${rpc}` };
  });
}
