import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { askMany } from '../../operate/ask-many.ts';
import { measureReadiness } from '../../operate/measure-readiness.ts';
import { peak } from './memory.ts';
import { processorTime } from './reading.ts';

/** How many endpoints are asked. */
const peers = 2000;
const parallel = 16;
const rounds = 3;

/**
 * Measures asking many endpoints against the same requests alone, with servers in a process of their
 * own: peers a second of processor time, where both ways take turns and the best counts, and memory.
 */
export async function measurePeers(
  print: (name: string, figure: number, limit: number, least?: boolean) => void,
): Promise<void> {
  await withPeers(async (url, file) => {
    let [ours, bare] = [Infinity, Infinity];
    for (let round = 0; round < rounds; round++) {
      bare = Math.min(bare, await timeOf(() => askBare(url)));
      ours = Math.min(ours, await timeOf(() => askPeers(url, file)));
    }
    print('peers/rate', bare / ours, 0.7, true);
    print('peers/memory', peak('peers', url, file) / peak('bare-peers', url, file), 1.5);
  });
}

/** Asks every peer as `readiness` does. */
export async function askPeers(url: string, endpoints: string): Promise<void> {
  const { shares } = await measureReadiness({
    rpc: url,
    wanted: { kind: 'release', version: 'v2.1.0' },
    endpoints,
    node: undefined,
    reports: undefined,
    count: ['measured', 'signed'],
    min: '1',
    parallel,
    timeout: 60_000,
    tell() {},
  });
  if (shares.ready !== '1.0000') throw new Error(`${shares.ready} of the peers are ready`);
}

/** The same requests, as many at once, their answers parsed and kept. */
export async function askBare(url: string): Promise<unknown[]> {
  const all = Array.from({ length: peers }, (_, i) => `${url}/${i}`);
  return askMany(all, parallel, async peer => [
    await (await fetch(`${peer}/status`)).json(),
    await (await fetch(`${peer}/abci_info`)).json(),
  ]);
}

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const before = processorTime();
  await work();
  return processorTime() - before;
}

async function withPeers<T>(work: (url: string, file: string) => Promise<T>): Promise<T> {
  const dir = mkdtempSync(join(tmpdir(), 'chain-upgrade-peers-'));
  const program = fileURLToPath(new URL('peer-server.js', import.meta.url));
  const server = spawn(process.execPath, [program, String(peers)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  try {
    const port = await new Promise<string>((done, fail) => {
      server.stdout.once('data', (chunk: Buffer) => done(chunk.toString().trim()));
      server.once('exit', () => fail(new Error('the servers ended')));
    });
    const url = `http://127.0.0.1:${port}`;
    const file = join(dir, 'endpoints');
    writeFileSync(file, Array.from({ length: peers }, (_, i) => `${url}/${i}\n`).join(''));
    return await work(url, file);
  } finally {
    server.stdin.end();
    rmSync(dir, { recursive: true, force: true });
  }
}
