import {
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import { Refusal } from '../core/refusal.ts';
import { codeOf, failure } from '../host/errors.ts';
import { lives, runningProcesses } from './process-table.ts';
import type { Watch } from './processes.ts';
import { removeAll } from './remove.ts';

/**
 * A folder that belongs to one rehearsal while it runs. The same few are used again: Go's build
 * cache remembers where a tree was compiled.
 */
export interface RehearsalFolder extends Watch {
  readonly dir: string;
  /** Gives it back. With `keep` its contents stay, and nobody takes it until they are removed. */
  leave(keep: boolean): void;
}

/**
 * Where rehearsals keep what they built and where they run: outside every repository, unless the
 * user says otherwise.
 */
export function rehearsalFolder(): string {
  const { CHAIN_UPGRADE_CACHE } = process.env;
  if (CHAIN_UPGRADE_CACHE) return resolve(CHAIN_UPGRADE_CACHE, 'rehearse');
  return join(userCache(), 'chain-upgrade', 'rehearse');
}

function userCache(): string {
  const { XDG_CACHE_HOME } = process.env;
  // One that is not absolute does not count (XDG Base Directory Specification).
  if (XDG_CACHE_HOME && isAbsolute(XDG_CACHE_HOME)) return XDG_CACHE_HOME;
  return join(homedir(), process.platform === 'darwin' ? 'Library/Caches' : '.cache');
}

/**
 * Takes the first free place. Wherever a rehearsal was killed, what it left is cleaned up first:
 * its processes are ended and its files removed. Those of rehearsals that live, and what was kept,
 * are let be.
 */
export function takePlace(folder = rehearsalFolder()): RehearsalFolder {
  const places = join(folder, 'places');
  for (let number = 0; number < 64; number++) {
    if (!take(join(places, String(number)))) continue;
    sweep(places);
    return placeIn(join(places, String(number)));
  }
  throw new Refusal(`64 rehearsals run at once or were kept: end some, or remove ${places}`);
}

/** What `--keep` left, and nobody uses. */
export function keptPlaces(folder = rehearsalFolder()): string[] {
  const places = join(folder, 'places');
  if (!existsSync(places)) return [];
  return readdirSync(places)
    .map(name => join(places, name))
    .filter(dir => stateOf(join(dir, 'owner')) === 'none' && existsSync(join(dir, 'run')))
    .map(dir => join(dir, 'run'));
}

function sweep(places: string): void {
  for (const name of readdirSync(places)) {
    const dir = join(places, name);
    if (/^\d+$/.test(name) && stateOf(join(dir, 'owner')) === 'gone' && take(dir))
      placeIn(dir).leave(false);
  }
}

function placeIn(dir: string): RehearsalFolder {
  const left = join(dir, 'groups');
  const pids = new Set<number>();
  const save = () => writeFileSync(left, [...pids].join('\n'));
  return {
    dir: join(dir, 'run'),
    started(pid) {
      pids.add(pid);
      save();
    },
    ended(pid) {
      pids.delete(pid);
      save();
    },
    leave(keep) {
      if (!keep) removeAll(join(dir, 'run'));
      rmSync(left, { force: true });
      rmSync(join(dir, 'owner'), { force: true });
    },
  };
}

/**
 * Links the owner's file into place, which only one can; an owner that no longer lives gives way,
 * and what it left is cleaned up.
 */
function take(dir: string): boolean {
  const owner = join(dir, 'owner');
  const mine = `${owner}.${process.pid}`;
  const run = join(dir, 'run');
  try {
    mkdirSync(dir, { recursive: true });
    const before = stateOf(owner);
    if (before === 'lives') return false;
    if (before === 'gone') {
      renameSync(owner, `${mine}.gone`);
      if (stateOf(`${mine}.gone`) === 'lives') {
        renameSync(`${mine}.gone`, owner);
        return false;
      }
      rmSync(`${mine}.gone`);
    } else if (existsSync(run)) return false;
    writeFileSync(mine, String(process.pid));
    // From here on it is ours: whoever kills us now leaves a place whose owner is gone.
    linkSync(mine, owner);
    endLeftovers(dir);
    removeAll(run);
    mkdirSync(run);
    return true;
  } catch (error) {
    // Somebody else was faster.
    if (['EEXIST', 'ENOENT'].includes(codeOf(error) ?? '')) return false;
    throw failure(`a rehearsal needs a folder of its own, ${dir} cannot be used`, error);
  } finally {
    rmSync(mine, { force: true });
  }
}

function stateOf(owner: string): 'lives' | 'gone' | 'none' {
  try {
    return lives(Number(readFileSync(owner, 'utf8')), statSync(owner).mtimeMs) ? 'lives' : 'gone';
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return 'none';
    throw error;
  }
}

/**
 * Ends the process groups a killed rehearsal left. A number may belong to somebody else by now:
 * only what runs in that place is ended.
 */
function endLeftovers(dir: string): void {
  let text: string;
  try {
    text = readFileSync(join(dir, 'groups'), 'utf8');
  } catch {
    return;
  }
  const groups = new Set(
    text
      .split('\n')
      .map(Number)
      .filter(pid => pid > 1),
  );
  if (groups.size === 0) return;
  for (const { pid, group, told } of runningProcesses())
    if (groups.has(group) && told.includes(`${dir}/`)) kill(pid);
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if (!['ESRCH', 'EPERM'].includes(codeOf(error) ?? '')) throw error;
  }
}
