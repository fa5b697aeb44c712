import { exit } from './exit.ts';
import { writeMessage } from './messages.ts';
import type { Terminal } from './terminal.ts';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Runs work that has something to end before this process may: Ctrl-C and the like cancel it, and
 * it is waited for; then a note says so.
 */
export async function stopping(
  terminal: Terminal,
  work: (signal: AbortSignal) => Promise<number>,
): Promise<number> {
  const abort = new AbortController();
  const stop = () => abort.abort();
  for (const signal of signals) process.on(signal, stop);
  try {
    return await work(abort.signal);
  } catch (error) {
    if (!abort.signal.aborted) throw error;
    writeMessage(terminal, 'note', 'stopped; everything that was started has ended');
    return exit.interrupted;
  } finally {
    for (const signal of signals) process.off(signal, stop);
  }
}
