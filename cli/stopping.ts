import { exit } from './exit.ts';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Runs work that has something to end before this process may: Ctrl-C and the like cancel it, and
 * it is waited for; then that is told.
 */
export async function stopping(
  tell: (line: string) => void,
  work: (signal: AbortSignal) => Promise<number>,
): Promise<number> {
  const abort = new AbortController();
  const stop = () => abort.abort();
  for (const signal of signals) process.on(signal, stop);
  try {
    return await work(abort.signal);
  } catch (error) {
    if (!abort.signal.aborted) throw error;
    tell('stopped: nothing of it runs any more');
    return exit.interrupted;
  } finally {
    for (const signal of signals) process.off(signal, stop);
  }
}
