import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';

/**
 * A process with all it starts: cosmovisor leaves its node behind when it is told to stop, so the
 * whole group is told. Ended when this process ends, whatever comes.
 */
export class ProcessGroup {
  private readonly child;
  private ended = false;
  private readonly logFile: string;

  constructor(command: string, args: readonly string[], logFile: string, env: NodeJS.ProcessEnv) {
    const log = openSync(logFile, 'a');
    this.logFile = logFile;
    this.child = spawn(command, args, { detached: true, stdio: ['ignore', log, log], env });
    closeSync(log);
    this.child.once('exit', () => {
      this.ended = true;
    });
    this.child.once('error', () => {
      this.ended = true;
    });
    process.once('exit', this.kill);
  }

  /** Everything it has said so far. */
  log(): string {
    return readFileSync(this.logFile, 'utf8');
  }

  /** Whether the process itself is alive. */
  get alive(): boolean {
    return !this.ended;
  }

  /** Asks the group to end, or kills it; waits for it, and kills what is left after five seconds. */
  async stop(how: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    this.signal(how);
    for (let waited = 0; waited < 5000 && this.signal(0); waited += 50)
      await new Promise(done => setTimeout(done, 50));
    this.kill();
    process.off('exit', this.kill);
  }

  /** Ends the group at once, as a machine that loses its power does. */
  async crash(): Promise<void> {
    this.kill();
    while (this.alive) await new Promise(done => setTimeout(done, 20));
    process.off('exit', this.kill);
  }

  private readonly kill = () => void this.signal('SIGKILL');

  /** Whether the group was there to get the signal. */
  private signal(signal: NodeJS.Signals | 0): boolean {
    try {
      return this.child.pid !== undefined && process.kill(-this.child.pid, signal);
    } catch {
      return false;
    }
  }
}
