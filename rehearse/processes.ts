import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { Refusal } from '../core/refusal.ts';
import { codeOf, failure } from '../host/errors.ts';
import { groupRuns } from './process-table.ts';

/** What is started, where, and how long it may take. */
export interface ProcessStart {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
}

/** A program in a process group of its own: ending it ends everything it started. */
export interface Running {
  readonly pid: number;
  /** How it ended; undefined while it runs. */
  ended(): Ended | undefined;
  /** Resolves when it has ended. */
  readonly end: Promise<Ended>;
  /**
   * SIGTERM to the whole group, SIGKILL after `grace` milliseconds to whatever is left of it; with
   * no grace SIGKILL at once.
   */
  stop(grace?: number): Promise<void>;
}

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/**
 * Hears of every process group that is started, and of its end: what is left behind by a kill can
 * be ended the next time.
 */
export interface Watch {
  started(pid: number): void;
  ended(pid: number): void;
}

const groups = new Set<number>();
// The last resort: whatever way this process ends by itself, no node outlives it.
process.on('exit', () => {
  for (const pid of groups) signalGroup(pid, 'SIGKILL');
});

/** Starts a program whose standard output and error go to a file. */
export function startLogged(start: ProcessStart, log: string, watch: Watch): Promise<Running> {
  const file = openSync(log, 'a');
  return startWith(start, file, watch).finally(() => closeSync(file));
}

/** A program whose standard output is read as it comes. */
export interface PipedProcess extends Running {
  readonly output: Readable;
  /** What it has said on standard error so far. */
  words(): string;
}

/** Starts a program whose standard output is read as it comes. */
export async function startPiped(start: ProcessStart, watch: Watch): Promise<PipedProcess> {
  const { child, ...running } = await startWith(start, 'pipe', watch);
  const said: Buffer[] = [];
  child.stderr!.on('data', (chunk: Buffer) => said.push(chunk));
  return { ...running, output: child.stdout!, words: () => Buffer.concat(said).toString().trim() };
}

async function startWith(
  { command, args, cwd, env }: ProcessStart,
  output: number | 'pipe',
  watch: Watch,
): Promise<Running & { readonly child: ChildProcess }> {
  const child = spawn(command, args, {
    cwd,
    env,
    detached: true,
    stdio: ['ignore', output, output],
    windowsHide: true,
  });
  const end = new Promise<Ended>(resolve =>
    child.on('close', (code, signal) => resolve({ code, signal })),
  );
  // What left the group may hold the pipes open for ever.
  child.once('exit', () =>
    setTimeout(() => {
      for (const pipe of [child.stdout, child.stderr]) pipe?.destroy();
    }, 1000).unref(),
  );
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', error =>
      reject(
        codeOf(error) === 'ENOENT'
          ? new Refusal(`${command} is not installed, or not in the PATH`)
          : failure(`${command} could not be started`, error),
      ),
    );
  });
  const pid = child.pid!;
  groups.add(pid);
  watch.started(pid);
  let ended: Ended | undefined;
  void end.then(how => {
    ended = how;
  });
  return {
    pid,
    end,
    child,
    ended: () => ended,
    async stop(grace = 8000) {
      // A group that was ended is nobody's: its number may be another's by now.
      if (!groups.has(pid)) return;
      if (grace > 0) signalGroup(pid, 'SIGTERM');
      const deadline = Date.now() + grace;
      // The first process may end before those it started (cosmovisor does): the group has to be
      // gone.
      const runs = () => ended === undefined || groupRuns(pid);
      while (runs() && Date.now() < deadline) await pause(25);
      if (runs()) signalGroup(pid, 'SIGKILL');
      while (runs() && Date.now() < deadline + 2000) await pause(25);
      // Whoever else waits for the same end is late: the place may have been left by then.
      if (groups.delete(pid)) watch.ended(pid);
    },
  };
}

/** What a command said and how it ended. */
export interface ProcessOutcome {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
  readonly ms: number;
  readonly timedOut: boolean;
}

/** How a command is run. */
export interface CommandRun {
  /** Milliseconds that it may take. */
  readonly limit: number;
  readonly signal: AbortSignal;
  /** Hears each line of its standard error as it comes. */
  readonly hear?: (line: string) => void;
}

/**
 * Runs a command to its end, in `limit` milliseconds at most. Throws where it cannot be started, or
 * when `signal` says so.
 */
export async function runCommand(
  start: ProcessStart,
  watch: Watch,
  { limit, signal, hear }: CommandRun,
): Promise<ProcessOutcome> {
  signal.throwIfAborted();
  const began = Date.now();
  const running = await startWith(start, 'pipe', watch);
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  running.child.stdout?.on('data', (chunk: Buffer) => out.push(chunk));
  running.child.stderr?.on('data', (chunk: Buffer) => err.push(chunk));
  if (hear && running.child.stderr) createInterface(running.child.stderr).on('line', hear);
  let timedOut = false;
  const stop = () => void running.stop(1000);
  const timer = setTimeout(() => {
    timedOut = true;
    stop();
  }, limit);
  signal.addEventListener('abort', stop);
  const { code } = await running.end;
  clearTimeout(timer);
  signal.removeEventListener('abort', stop);
  await running.stop(1000);
  signal.throwIfAborted();
  return {
    code,
    out: Buffer.concat(out).toString(),
    err: Buffer.concat(err).toString(),
    ms: Date.now() - began,
    timedOut,
  };
}

/** Sends a signal to a whole process group; one that is gone already is fine. */
export function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if (codeOf(error) !== 'ESRCH' && codeOf(error) !== 'EPERM') throw error;
  }
}

/** Waits, in milliseconds. */
export function pause(ms: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, ms));
}
