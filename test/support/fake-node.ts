/**
 * A chain's node without a chain: as much of its commands, log and RPC as a rehearsal meets. Its
 * blocks come fast once there is a plan. What it should do, and which version it is, it is told by
 * the variable FAKE_NODE that the fake Go wrote into it.
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
} = JSON.parse(process.env['FAKE_NODE']!) as FakeNode & { what: 'old' | 'new' };
const args = process.argv.slice(2);
const value = (option: string) => args[args.indexOf(option) + 1]!;
const home = value('--home');
const file = (...path: string[]) => join(home, ...path);
if (record) appendFileSync(record, `${JSON.stringify({ what, args, env: process.env })}\n`);

const [first] = args;
if (first === 'init') init();
else if (first === 'keys') console.log('cosmos1qqqq');
else if (first === 'tx') send();
else if (first === 'start') start();

function init(): void {
  for (const dir of ['config', 'data']) mkdirSync(file(dir), { recursive: true });
  writeFileSync(
    file('config/genesis.json'),
    JSON.stringify({
      app_state: {
        staking: { params: { bond_denom: 'stake' } },
        gov: { params: { voting_period: '48h' } },
      },
    }),
  );
  writeFileSync(file('config/config.toml'), '[rpc]\nladdr = ""\n');
}

function send(): void {
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
  print({ txhash: 'AB', code: 0 });
}

function print(answered: object): void {
  console.log(JSON.stringify(answered));
}

/** All of it at once: another process may read it, and this one may be ended, at any moment. */
function write(name: string, content: object): void {
  writeFileSync(file('data', `${name}.next`), JSON.stringify(content));
  renameSync(file('data', `${name}.next`), file('data', name));
}

function start(): void {
  const read = <T>(name: string): T | undefined =>
    existsSync(file('data', name))
      ? (JSON.parse(readFileSync(file('data', name), 'utf8')) as T)
      : undefined;
  const state = read<State>('state.json') ?? { height: 0, applied: 0 };
  if (what === 'new' && panic) {
    console.log(`panic: ${panic}\n\ngoroutine 1 [running]:`);
    process.exit(2);
  }
  const port = Number(
    /laddr = "tcp:\/\/127\.0\.0\.1:(\d+)"/.exec(
      readFileSync(file('config/config.toml'), 'utf8'),
    )![1],
  );
  createServer(({ url }, response) =>
    response.end(JSON.stringify({ result: answer(decodeURIComponent(url!), state) })),
  ).listen(port, '127.0.0.1');
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

function answer(url: string, { height, applied }: State): unknown {
  if (url === '/status') return { sync_info: { latest_block_height: String(height) } };
  if (url.startsWith('/tx')) return { tx_result: { code: 0 } };
  const store = /"\/store\/(.+)\/key"/.exec(url)?.[1];
  if (store !== undefined) return { response: { code: gone.includes(store) ? 6 : 0 } };
  return {
    response: {
      value:
        /AppliedPlan/.test(url) && applied > 0
          ? Buffer.of(8, 0x80 | (applied & 127), applied >> 7).toString('base64')
          : null,
    },
  };
}
