import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Refusal } from '../../core/refusal.ts';
import { lockProgram } from '../../core/rehearse/state-program.ts';
import { runCommand } from '../processes.ts';
import type { RehearsalFolder } from '../rehearsal-folder.ts';
import { keptProgram } from './kept-program.ts';

const limit = 5 * 60_000;

/**
 * Throws where a process has the state's database open: a node that runs. The database's own lock
 * is tried; nothing is written.
 */
export async function mustBeStopped(
  data: string,
  place: RehearsalFolder,
  signal: AbortSignal,
): Promise<void> {
  const lock = join(data, 'application.db/LOCK');
  if (!existsSync(lock)) return;
  const program = await keptProgram('lock', [lockProgram()], path => build(path, place, signal));
  const { code, out, err } = await runCommand(
    { command: program, args: [lock], cwd: place.dir, env: process.env },
    place,
    { limit, signal },
  );
  if (code !== 0) throw new Refusal(`whether a node runs in ${data} cannot be told: ${err.trim()}`);
  if (out.trim() === 'true')
    throw new Refusal(
      `a node runs in ${data}: stop it, or give a snapshot archive or a copy of a stopped one`,
    );
}

async function build(path: string, place: RehearsalFolder, signal: AbortSignal): Promise<void> {
  const dir = join(place.dir, 'lock');
  mkdirSync(dir, { recursive: true });
  writeFileSync(join(dir, 'main.go'), lockProgram());
  const env = { ...process.env, GOFLAGS: '', GOWORK: 'off', GOTOOLCHAIN: 'local' };
  const { code, err } = await runCommand(
    { command: 'go', args: ['build', '-o', path, 'main.go'], cwd: dir, env },
    place,
    { limit, signal },
  );
  if (code !== 0) throw new Refusal(err.trim());
}
