import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Refusal } from '../core/refusal.ts';
import { lastWords } from '../core/rehearse/log.ts';
import type { ProcessOutcome } from './processes.ts';
import { runCommand } from './processes.ts';
import type { RehearsalFolder } from './rehearsal-folder.ts';

/** Milliseconds that a command may take. */
export const commandLimit = 60_000;

/** A command of the node's own failed; the message has its words. */
export class CommandFailed extends Refusal {}

/** The node's own commands, run in the rehearsal's home. */
export class DaemonCommands {
  readonly binary: string;
  readonly home: string;
  readonly env: NodeJS.ProcessEnv;
  /** How long the slowest command took so far, in milliseconds. */
  slowest = 0;
  private readonly place: RehearsalFolder;
  private readonly signal: AbortSignal;

  constructor(binary: string, place: RehearsalFolder, signal: AbortSignal) {
    this.binary = binary;
    this.place = place;
    this.signal = signal;
    this.home = join(place.dir, 'home');
    this.env = nodeEnvironment(place);
  }

  /** Runs a command that must succeed. Throws with the node's words. */
  async must(what: string, ...args: string[]): Promise<ProcessOutcome> {
    const outcome = await this.try(...args);
    if (outcome.code !== 0)
      throw new CommandFailed(
        `${what} failed (${args.slice(0, 3).join(' ')}): ` +
          `${lastWords(outcome.err || outcome.out) ?? 'it said nothing'}`,
      );
    return outcome;
  }

  /**
   * Runs a command line of the user's own, in the environment nodes run in and what is added to it.
   */
  shell(line: string, cwd: string, more: NodeJS.ProcessEnv): Promise<ProcessOutcome> {
    return runCommand(
      { command: 'sh', args: ['-c', line], cwd, env: { ...this.env, ...more } },
      this.place,
      { limit: commandLimit, signal: this.signal },
    );
  }

  /** Runs a command and gives how it ended. */
  async try(...args: string[]): Promise<ProcessOutcome> {
    const outcome = await runCommand(
      {
        command: this.binary,
        args: [...args, '--home', this.home],
        cwd: this.place.dir,
        env: this.env,
      },
      this.place,
      { limit: commandLimit, signal: this.signal },
    );
    this.slowest = Math.max(this.slowest, outcome.ms);
    if (outcome.timedOut)
      throw new Refusal(
        `${args.slice(0, 3).join(' ')} did not end within ${commandLimit / 1000} s`,
      );
    return outcome;
  }
}

/**
 * What a node sees of the environment: the user's home and settings are not its own, and nothing it
 * writes lands there.
 */
export function nodeEnvironment(place: RehearsalFolder): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = { HOME: join(place.dir, 'user'), TMPDIR: join(place.dir, 'tmp') };
  for (const name of [
    'PATH',
    'LANG',
    'LC_ALL',
    'LD_LIBRARY_PATH',
    'DYLD_LIBRARY_PATH',
    'SSL_CERT_FILE',
  ])
    if (process.env[name] !== undefined) env[name] = process.env[name];
  for (const dir of [env['HOME']!, env['TMPDIR']!]) mkdirSync(dir, { recursive: true });
  return env;
}
