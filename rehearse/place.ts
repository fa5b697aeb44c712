import { execFileSync } from 'node:child_process';
import { existsSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { codeOf, failure } from '../host/errors.ts';
import { signalGroup } from './processes.ts';
import type { Watch } from './processes.ts';

/** A folder that belongs to one rehearsal while it runs. The same few are used again: Go's build cache remembers where a tree was compiled. */
export interface Place extends Watch {
  readonly dir: string;
  /** Gives it back. With `keep` its contents stay, and nobody takes it until they are removed. */
  leave(keep: boolean): void;
}

/** Where rehearsals keep what they built and where they run, outside every repository. */
export function rehearsalFolder(): string {
  const { XDG_CACHE_HOME, CHAIN_UPGRADE_CACHE } = process.env;
  if (CHAIN_UPGRADE_CACHE) return join(CHAIN_UPGRADE_CACHE, 'rehearse');
  const caches = XDG_CACHE_HOME || (process.platform === 'darwin' ? join(homedir(), 'Library/Caches') : join(homedir(), '.cache'));
  return join(caches, 'chain-upgrade', 'rehearse');
}

/**
 * Takes the first free place. One whose owner is gone is cleaned up first: the processes that it left are ended and its files removed.
 */
export function takePlace(folder = rehearsalFolder()): Place {
  for (let number = 0; number < 64; number++) {
    const dir = join(folder, 'places', String(number));
    if (take(dir)) return placeIn(dir);
  }
  throw new Error(`64 rehearsals run at once: end some, or remove ${join(folder, 'places')}`);
}

function placeIn(dir: string): Place {
  const left = join(dir, 'groups'), pids = new Set<number>();
  const save = () => writeFileSync(left, [...pids].join('\n'));
  return {
    dir: join(dir, 'run'),
    started(pid) { pids.add(pid); save(); },
    ended(pid) { pids.delete(pid); save(); },
    leave(keep) {
      if (!keep) rmSync(join(dir, 'run'), { recursive: true, force: true, maxRetries: 3 });
      rmSync(left, { force: true });
      rmSync(join(dir, 'owner'), { force: true });
    },
  };
}

/** Links the owner's file into place, which only one can; an owner that no longer lives gives way. */
function take(dir: string): boolean {
  const owner = join(dir, 'owner'), mine = `${owner}.${process.pid}`;
  try {
    mkdirSync(dir, { recursive: true });
    if (existsSync(owner)) {
      if (lives(Number(readFileSync(owner, 'utf8')))) return false;
      renameSync(owner, `${mine}.gone`);
      rmSync(`${mine}.gone`);
      endLeftovers(dir);
      rmSync(join(dir, 'run'), { recursive: true, force: true, maxRetries: 3 });
    } else if (existsSync(join(dir, 'run'))) return false;
    writeFileSync(mine, String(process.pid));
    linkSync(mine, owner);
    mkdirSync(join(dir, 'run'));
    return true;
  } catch (error) {
    // Somebody else was faster.
    if (['EEXIST', 'ENOENT'].includes(codeOf(error) ?? '')) return false;
    throw failure(`a rehearsal needs a folder of its own, ${dir} cannot be used`, error);
  } finally {
    rmSync(mine, { force: true });
  }
}

/** Ends the process groups a killed rehearsal left. A number may belong to somebody else by now: only what runs in that place is ended. */
function endLeftovers(dir: string): void {
  let text: string;
  try {
    text = readFileSync(join(dir, 'groups'), 'utf8');
  } catch {
    return;
  }
  const pids = text.split('\n').map(Number).filter(pid => pid > 1);
  if (pids.length === 0) return;
  for (const { group, command } of processes()) if (pids.includes(group) && command.includes(dir)) signalGroup(group, 'SIGKILL');
}

/** Every process with its group and its command line. */
function processes(): { group: number; command: string }[] {
  const listing = execFileSync('ps', ['-A', '-o', 'pgid=,args='], { encoding: 'utf8', maxBuffer: 64 << 20 });
  return listing.split('\n').flatMap(line => {
    const [, group, command] = /^\s*(\d+)\s+(.*)$/.exec(line) ?? [];
    return group === undefined ? [] : [{ group: Number(group), command: command! }];
  });
}

function lives(pid: number): boolean {
  if (!(pid > 1)) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}
