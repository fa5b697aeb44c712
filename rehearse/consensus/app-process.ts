import { join } from 'node:path';
import { Refusal } from '../../core/refusal.ts';
import type { AbciWire } from '../../core/rehearse/abci/requests.ts';
import type { StandaloneStart } from '../../core/rehearse/driven.ts';
import { freePort } from '../free-ports.ts';
import type { Running } from '../processes.ts';
import { pause, startLogged } from '../processes.ts';
import type { RehearsalFolder } from '../rehearsal-folder.ts';
import { AbciApp } from './app.ts';
import type { AppAddress } from './connection.ts';

/** What an app is started with. */
export interface AppStart {
  readonly binary: string;
  readonly home: string;
  /** The file that its output goes to. */
  readonly log: string;
  readonly standalone: StandaloneStart;
  /** Arguments after ours. */
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
}

/** A process that serves an app, and the connections to it. */
export interface AppProcess {
  readonly running: Running;
  readonly app: AbciApp;
}

/** The process ended before it listened. */
export class AppEnded extends Error {}

/** An app loads its state before it listens; a large one takes its time. */
const loadLimit = 30 * 60_000;

/**
 * Starts a version of the chain without CometBFT, and connects once it listens. Throws `AppEnded`
 * where it comes to its end first.
 */
export async function startApp(
  { binary, home, log, standalone, args, env }: AppStart,
  place: RehearsalFolder,
  signal: AbortSignal,
): Promise<AppProcess> {
  signal.throwIfAborted();
  const address = await freeAddress(place);
  const text = 'path' in address ? `unix://${address.path}` : `tcp://127.0.0.1:${address.port}`;
  const running = await startLogged(
    {
      command: binary,
      args: [
        'start',
        '--home',
        home,
        `--${standalone.flag}=false`,
        '--transport',
        'socket',
        '--address',
        text,
        ...args,
      ],
      cwd: place.dir,
      env,
    },
    log,
    place,
  );
  try {
    return { running, app: await connected(address, standalone.wire, running, signal) };
  } catch (error) {
    await running.stop(0);
    throw error;
  }
}

async function connected(
  address: AppAddress,
  wire: AbciWire,
  running: Running,
  signal: AbortSignal,
): Promise<AbciApp> {
  for (const deadline = Date.now() + loadLimit; Date.now() < deadline; ) {
    signal.throwIfAborted();
    const app = await AbciApp.open(address, wire).catch(() => undefined);
    if (app) return app;
    if (running.ended()) throw new AppEnded('the node ended before it listened');
    await pause(10);
  }
  throw new Refusal(`the node does not listen within ${loadLimit / 60_000} minutes`);
}

/** The longest path of a socket on macOS, less than on Linux (unix(4)). */
const longestPath = 100;
let sockets = 0;

/** A socket in the rehearsal's folder, which only this user can reach, where its path is not too long. */
async function freeAddress(place: RehearsalFolder): Promise<AppAddress> {
  const path = join(place.dir, `${sockets++}.sock`);
  return Buffer.byteLength(path) <= longestPath ? { path } : { port: await freePort() };
}
