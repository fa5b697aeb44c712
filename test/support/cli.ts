import { spawn, spawnSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from '../../cli/run.ts';
import { normalUser } from './normal-user.ts';
import { projectRoot } from './root.ts';
import { tempDir } from './temp.ts';

/** The program itself. */
export const main = fileURLToPath(new URL('../../bundle/main.js', import.meta.url));

export interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command line in this process: the same, without a process to start. */
export async function cliHere(args: readonly string[], cwd = projectRoot): Promise<Ran> {
  let stdout = '';
  let stderr = '';
  const here = process.cwd();
  process.chdir(cwd);
  try {
    const status = await run(args, {
      out: text => {
        stdout += text;
      },
      tell: line => {
        stderr += `${line}\n`;
      },
      show: text => {
        stderr += text;
      },
      interactive: false,
      colour: false,
      colourOut: false,
    });
    return { status, stdout, stderr };
  } finally {
    process.chdir(here);
  }
}

/** How the built command line is run. */
interface RunOptions {
  readonly cwd?: string;
  readonly env?: Record<string, string>;
  /** Whether root is left first: permission bits hold a normal user back. */
  readonly asNormalUser?: boolean;
}

/** Runs the built command line, as a script would: no terminal. */
export function cli(
  args: readonly string[],
  { cwd = process.cwd(), env = {}, asNormalUser = false }: RunOptions = {},
): Ran {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], {
    ...(asNormalUser && process.getuid?.() === 0 && { uid: normalUser, gid: normalUser }),
    cwd,
    encoding: 'utf8',
    maxBuffer: 1e8,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });
  return { status, stdout, stderr };
}

/** What a person does: waits for a text, then types. */
export interface Typing {
  readonly after: string;
  readonly keys: string;
}

/**
 * Runs the command line on a terminal of its own (by script(1)) and types. `shell` is appended to
 * the command, such as `> file`. Gives everything that appeared on the terminal.
 */
export async function cliOnTerminal(
  args: readonly string[],
  typing: readonly Typing[],
  { cwd, env = {}, shell = '' }: { cwd: string; env?: Record<string, string>; shell?: string },
): Promise<{ status: number | null; screen: string }> {
  const command = [process.execPath, main, ...args]
    .map(word => `'${word.replaceAll("'", "'\\''")}'`)
    .join(' ');
  const child = spawn(
    'script',
    ['--quiet', '--return', '--command', `${command} ${shell}`, '/dev/null'],
    {
      cwd,
      env: { ...process.env, TERM: 'xterm', NO_COLOR: '', ...env },
      stdio: ['pipe', 'pipe', 'pipe'],
    },
  );
  let screen = '';
  let seen = 0;
  const next = [...typing];
  child.stdout.on('data', (chunk: Buffer) => {
    screen += chunk.toString();
    const at = next[0] ? screen.indexOf(next[0].after, seen) : -1;
    if (at < 0) return;
    seen = at + next[0]!.after.length;
    const { keys } = next.shift()!;
    // A prompt listens a moment after it is drawn.
    setTimeout(() => child.stdin.write(keys), 150);
  });
  const status = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  return { status, screen };
}

/** Why terminals cannot be tried here, or undefined. */
export function noTerminal(): string | undefined {
  const { error, stdout } = spawnSync('script', ['--version'], { encoding: 'utf8' });
  return error || !stdout.includes('util-linux')
    ? 'script(1) of util-linux is not installed'
    : undefined;
}

/** The folder of one of the small chains. */
export function chainDir(name: string): string {
  return join(projectRoot, 'test/chains', name);
}

/** A copy of one of the small chains, to write in. */
export function chainCopy(name: string): string {
  const dir = tempDir();
  cpSync(chainDir(name), dir, { recursive: true });
  return dir;
}
