import { Refusal } from '../refusal.ts';
import type { CosmovisorEnvironment } from './facts.ts';
import type { NodeMachine, Observed, RunningProcess } from './machine.ts';
import { readServiceFile } from './service-env.ts';

/**
 * The environment of `--cosmovisor FILE|PID`. Throws one line where the file cannot be read or the
 * process is not there; that a process may not be looked at is only observed.
 */
export async function environmentAt(
  machine: NodeMachine,
  given: string | undefined,
): Promise<Observed<CosmovisorEnvironment>> {
  if (given === undefined) return { is: 'absent' };
  if (/^\d+$/.test(given)) return environmentOfProcess(machine, Number(given));
  const { variables, files } = readServiceFile(await required(machine, given), given);
  const all = new Map(variables);
  for (const file of files) {
    const more = readServiceFile(await required(machine, file), file);
    for (const [name, value] of more.variables) all.set(name, value);
  }
  return { is: 'there', value: { variables: all, source: given, pid: undefined } };
}

async function environmentOfProcess(
  machine: NodeMachine,
  pid: number,
): Promise<Observed<CosmovisorEnvironment>> {
  const seen = await machine.process(pid);
  if (seen.is === 'absent')
    throw new Refusal(
      `there is no process ${pid}: give the number of cosmovisor's (pidof cosmovisor)`,
    );
  if (seen.is === 'unread') return seen;
  const { variables } = seen.value;
  return { is: 'there', value: { variables, source: `process ${pid}`, pid } };
}

async function required(machine: NodeMachine, file: string): Promise<string> {
  const text = await machine.text(file);
  if (text.is === 'there') return text.value;
  const why = text.is === 'absent' ? 'no such file' : text.why;
  throw new Refusal(
    `${file} cannot be read: ${why}; --cosmovisor takes a file or a process number`,
  );
}

/** The processes of cosmovisor for a home, besides a named one. */
export async function cosmovisorsOf(
  machine: NodeMachine,
  realHome: string,
  besides: number | undefined,
): Promise<RunningProcess[]> {
  const found: RunningProcess[] = [];
  for (const one of await machine.processesWith('DAEMON_HOME')) {
    if (one.program !== 'cosmovisor' || one.pid === besides) continue;
    const home = await machine.realPath(one.variables.get('DAEMON_HOME')!);
    if (home.is === 'there' && home.value === realHome) found.push(one);
  }
  return found;
}
