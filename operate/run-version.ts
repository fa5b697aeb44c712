import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { VersionRun } from '../core/operate/facts.ts';

/** In milliseconds. */
const patience = 10_000;
/** More is not read of what it says. */
const longest = 1 << 20;

/**
 * Asks a daemon for its version. Commands of the SDK write their configuration into the home that
 * they are given or find: it gets an empty one, which is removed.
 */
export async function runVersion(binary: string): Promise<VersionRun> {
  const home = await mkdtemp(join(tmpdir(), 'chain-upgrade-version-'));
  try {
    return await ask(binary, home);
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

function ask(binary: string, home: string): Promise<VersionRun> {
  const { PATH = '', LD_LIBRARY_PATH } = process.env;
  const child = spawn(binary, ['version', '--long', '--output', 'json'], {
    cwd: home,
    env: { PATH, HOME: home, ...(LD_LIBRARY_PATH !== undefined && { LD_LIBRARY_PATH }) },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: patience,
    killSignal: 'SIGKILL',
  });
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    child[name].on('data', (chunk: Buffer) => {
      if (said[name].length < longest) said[name] += chunk.toString();
    });
  return new Promise(done => {
    child.once('error', error => done({ code: -1, stdout: '', stderr: error.message }));
    child.once('close', (code, signal) => {
      if (signal === 'SIGKILL') done({ code: undefined, ...said });
      else done({ code: code ?? -1, ...said });
    });
  });
}
