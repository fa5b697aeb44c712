import { readdirSync, readFileSync, statSync } from 'node:fs';
import type { Observed, RunningProcess, Variables } from '../core/operate/machine.ts';
import { codeOf, reasonOf } from '../host/errors.ts';

/** A process as /proc tells it (Linux: proc(5)). */
export function processOf(pid: number): Observed<RunningProcess> {
  if (process.platform !== 'linux')
    return { is: 'unread', why: 'only Linux tells the environment of a process' };
  try {
    const variables = variablesIn(readFileSync(`/proc/${pid}/environ`, 'utf8'));
    const program = readFileSync(`/proc/${pid}/comm`, 'utf8').trim();
    const { uid } = statSync(`/proc/${pid}`);
    return { is: 'there', value: { pid, program, variables, uid } };
  } catch (error) {
    // A process that ends while it is read is gone.
    if (['ENOENT', 'ESRCH'].includes(codeOf(error) ?? '')) return { is: 'absent' };
    return { is: 'unread', why: reasonOf(error) };
  }
}

/** The processes with such a variable; others' may not be looked at, and are left out. */
export function processesWith(variable: string): RunningProcess[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .flatMap(name => {
      const seen = processOf(Number(name));
      return seen.is === 'there' && seen.value.variables.has(variable) ? [seen.value] : [];
    });
}

function variablesIn(environ: string): Variables {
  return new Map(
    environ.split('\0').flatMap(entry => {
      const equals = entry.indexOf('=');
      return equals > 0 ? [[entry.slice(0, equals), entry.slice(equals + 1)] as const] : [];
    }),
  );
}
