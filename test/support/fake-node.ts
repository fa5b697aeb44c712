/**
 * A chain's node without a chain: as much of its commands, log, RPC and app as a rehearsal meets.
 * Its own blocks come fast once there is a plan. What it should do, and which version it is, it is
 * told by the variable FAKE_NODE that the fake Go wrote into it.
 */
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { serveFakeApp } from './fake-app.ts';
import type { FakeNode } from './fake-go.ts';

interface State {
  height: number;
  applied: number;
}
interface Plan {
  readonly name: string;
  readonly height: number;
}

const {
  what,
  record,
  panic,
  needsFees,
  turnsDown,
  halts = true,
  gone = [],
  driven = true,
  forks = false,
  slow = 0,
  panicsAtOnce = false,
  extensions = false,
  refusesBlocks = false,
  words,
  values,
} = JSON.parse(process.env['FAKE_NODE']!) as FakeNode & { what: 'old' | 'new' };
const args = process.argv.slice(2);
const value = (option: string) => args[args.indexOf(option) + 1]!;
const home = value('--home');
const file = (...path: string[]) => join(home, ...path);
if (record) appendFileSync(record, `${JSON.stringify({ what, args, env: process.env })}\n`);

const [first] = args;
if (panicsAtOnce && what === 'new') fail();
if (first === 'init') init();
else if (first === 'keys') console.log('cosmos1qqqq');
else if (first === 'tx') await send();
else if (first === 'start' && args.includes('--help')) help();
else if (first === 'start' && args.includes('--address')) serve();
else if (first === 'start') start();

function help(): void {
  const flags = ['home', ...(driven ? ['with-comet', 'transport', 'address'] : [])];
  console.log(['Flags:', ...flags.map(flag => `      --${flag}   a flag`)].join('\n'));
}

function init(): void {
  for (const dir of ['config', 'data']) mkdirSync(file(dir), { recursive: true });
  writeFileSync(
    file('config/genesis.json'),
    JSON.stringify({
      genesis_time: '2026-01-01T00:00:00Z',
      chain_id: value('--chain-id'),
      app_state: {
        staking: { params: { bond_denom: 'stake' } },
        gov: { params: { voting_period: '48h' } },
      },
    }),
  );
  writeFileSync(file('config/config.toml'), '[rpc]\nladdr = ""\n');
}

async function send(): Promise<void> {
  if (turnsDown) {
    print({ txhash: 'AB', code: 5, raw_log: '' });
    return;
  }
  if (needsFees && !args.includes('--fees')) {
    const refusal = 'insufficient fees; got:  required: 5stake: insufficient fee';
    print({ txhash: '', code: 13, raw_log: refusal });
    return;
  }
  if (args[2] === 'submit-proposal') {
    const {
      messages: [message],
    } = JSON.parse(readFileSync(args[3]!, 'utf8')) as {
      messages: [{ plan: { name: string; height: string } }];
    };
    write('plan.json', { name: message.plan.name, height: Number(message.plan.height) });
  }
  const response = await fetch(value('--node').replace('tcp:', 'http:'), {
    method: 'POST',
    body: JSON.stringify({
      id: 1,
      method: 'broadcast_tx_sync',
      params: { tx: Buffer.from(args.join(' ')).toString('base64') },
    }),
  });
  const { result } = (await response.json()) as { result: { hash: string } };
  print({ txhash: result.hash, code: 0 });
}

function print(answered: object): void {
  console.log(JSON.stringify(answered));
}

/** All of it at once: another process may read it, and this one may be ended, at any moment. */
function write(name: string, content: object): void {
  writeFileSync(file('data', `${name}.next`), JSON.stringify(content));
  renameSync(file('data', `${name}.next`), file('data', name));
}

/** What lies in the data folder; undefined where it does not. */
function read<T>(name: string): T | undefined {
  return existsSync(file('data', name))
    ? (JSON.parse(readFileSync(file('data', name), 'utf8')) as T)
    : undefined;
}

function fail(): never {
  console.log(`panic: ${panic}\n\ngoroutine 1 [running]:`);
  process.exit(2);
}

/** The new version fails before it listens, where it is to panic. */
function load(): State {
  if (what === 'new' && panic) fail();
  return read<State>('state.json') ?? { height: 0, applied: 0 };
}

/** Comes to a plan's height: throws where it stops there. */
function meet(plan: Plan, state: State): void {
  if (what === 'old' && halts) {
    const needed = `UPGRADE "${plan.name}" NEEDED at height: ${plan.height}: `;
    console.log(`ERR ${needed}`);
    throw new Error(needed);
  }
  if (what === 'old') return;
  if (words) throw new Error(words);
  if (slow > 0) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, slow);
  state.applied = plan.height;
}

/** Listens without making blocks by itself. */
function serve(): void {
  const state = load();
  const skipped = args.includes('--unsafe-skip-upgrades');
  serveFakeApp(value('--address'), {
    height: () => state.height,
    execute(height, _, time) {
      if (refusesBlocks) throw new Error('no votes');
      if (extensions && state.applied > 0 && height === state.applied + 2)
        throw new Error('no extended commit');
      console.log(`INF block ${height} at ${time}`);
      const plan = read<Plan>('plan.json');
      if (plan?.height === height && !skipped) meet(plan, state);
      state.height = height;
      const salt = forks && what === 'new' ? process.pid : 0;
      return Buffer.from(`app ${height} ${salt}`);
    },
    extensionsFrom: () => (extensions && state.applied > 0 ? state.applied + 1 : 0),
    commit: () => write('state.json', state),
    query: path => {
      const { response } = answer(`abci_query?path="${path}"`, state);
      return {
        ...(response.code !== undefined && { code: response.code }),
        value: Buffer.from(response.value ?? '', 'base64'),
      };
    },
  });
}

function start(): void {
  const state = load();
  const port = Number(
    /laddr = "tcp:\/\/127\.0\.0\.1:(\d+)"/.exec(
      readFileSync(file('config/config.toml'), 'utf8'),
    )![1],
  );
  createServer(({ url, method }, response) => {
    const result = method === 'POST' ? { hash: 'AB' } : rpc(decodeURIComponent(url!), state);
    response.end(JSON.stringify({ result }));
  }).listen(port, '127.0.0.1');
  const next = () => {
    const plan = read<Plan>('plan.json');
    if (plan?.height === state.height + 1 && what === 'old' && halts) {
      console.log(`ERR UPGRADE "${plan.name}" NEEDED at height: ${plan.height}: `);
      // The block store is one ahead of the app at a halt.
      state.height = plan.height;
      return;
    }
    if (plan?.height === state.height + 1 && what === 'new') {
      console.log(`INF applying upgrade "${plan.name}" at height: ${plan.height}`);
      state.applied = plan.height;
    }
    state.height++;
    write('state.json', state);
    setTimeout(next, plan || what === 'new' ? 10 : 200);
  };
  next();
}

function rpc(url: string, state: State): unknown {
  if (url === '/status') return { sync_info: { latest_block_height: String(state.height) } };
  return url.startsWith('/tx') ? { tx_result: { code: 0 } } : answer(url, state);
}

function answer(
  url: string,
  { applied }: State,
): { response: { code?: number; value?: string | null } } {
  const store = /"\/store\/(.+)\/key"/.exec(url)?.[1];
  if (store !== undefined && gone.includes(store)) return { response: { code: 6 } };
  if (store !== undefined) {
    const stored = Buffer.from(values?.[what] ?? '', 'hex');
    return { response: { code: 0, value: stored.toString('base64') } };
  }
  const isApplied = /AppliedPlan/.test(url) && applied > 0;
  return {
    response: {
      value: isApplied
        ? Buffer.of(8, 0x80 | (applied & 127), applied >> 7).toString('base64')
        : null,
    },
  };
}
