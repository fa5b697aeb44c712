import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { codeOf } from '../host/errors.ts';

interface InGroup {
  readonly pid: number;
  readonly group: number;
}

/** A process: its group, and its command line and environment as far as they may be read. */
export interface Process extends InGroup {
  readonly told: string;
}

/** Every process of this machine. */
export function runningProcesses(): Process[] {
  return process.platform === 'linux'
    ? inProc().map(({ pid, group }) => ({
        pid,
        group,
        told: `${textOf(pid, 'cmdline')}\0${textOf(pid, 'environ')}`,
      }))
    : byPs();
}

/**
 * Whether something of a process group runs. What has ended and is waited for by nobody does not:
 * in a container there may be none who does.
 */
export function groupRuns(group: number): boolean {
  try {
    process.kill(-group, 0);
  } catch {
    return false;
  }
  return process.platform !== 'linux' || inProc().some(process => process.group === group);
}

/**
 * Whether a process lives. Where its number was given anew after `since` (milliseconds), it is
 * another.
 */
export function lives(pid: number, since?: number): boolean {
  if (!(pid > 1)) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (codeOf(error) !== 'EPERM') return false;
  }
  const started = since === undefined ? undefined : startOf(pid);
  return started === undefined || started <= since! + slack;
}

/**
 * Clocks are set; two processes whose starts are that near are not distinguished, and the number
 * counts as the first one's.
 */
const slack = 120_000;

/** When a process started; undefined where that is not known. */
function startOf(pid: number): number | undefined {
  try {
    if (process.platform !== 'linux')
      return Date.parse(ps('-o', 'lstart=', '-p', String(pid)).trim()) || undefined;
    const boot = Number(/^btime (\d+)$/m.exec(readFileSync('/proc/stat', 'utf8'))?.[1]);
    // In hundredths of a second since the boot, whatever the kernel's own clock ticks (proc(5),
    // field 22).
    return boot * 1000 + Number(fieldsOf(pid)[19]) * 10 || undefined;
  } catch {
    return undefined;
  }
}

/** Forgets how much memory a process held until now (Linux: proc(5), clear_refs). */
export function forgetPeakMemory(pid: number): void {
  try {
    writeFileSync(`/proc/${pid}/clear_refs`, '5');
  } catch {
    // The peak since its start is told then.
  }
}

/** The most memory in bytes that a process held; null where the system does not tell. */
export function peakMemory(pid: number): number | null {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1];
    return kilobytes === undefined ? null : Number(kilobytes) * 1024;
  } catch {
    return null;
  }
}

function inProc(): InGroup[] {
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .flatMap(name => {
      try {
        const [state, , group] = fieldsOf(Number(name));
        return state === 'Z' || state === 'X' ? [] : [{ pid: Number(name), group: Number(group) }];
      } catch {
        // It has ended meanwhile.
        return [];
      }
    });
}

/** What may be read of a process; nothing where it may not be read, or has ended. */
function textOf(pid: number, file: 'cmdline' | 'environ'): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}

/**
 * The fields of a process's status behind its name, which may hold blanks and brackets: from the
 * third on (proc(5)).
 */
function fieldsOf(pid: number): string[] {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return text.slice(text.lastIndexOf(')') + 2).split(' ');
}

function byPs(): Process[] {
  const listing = ps(
    '-A',
    ...(process.platform === 'darwin' ? ['-E'] : []),
    '-ww',
    '-o',
    'pid=,pgid=,args=',
  );
  return listing.split('\n').flatMap(line => {
    const [, pid, group, told] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    return pid === undefined ? [] : [{ pid: Number(pid), group: Number(group), told: told! }];
  });
}

function ps(...args: string[]): string {
  return execFileSync('ps', args, {
    encoding: 'utf8',
    maxBuffer: 64 << 20,
    env: { ...process.env, LC_ALL: 'C' },
  });
}
