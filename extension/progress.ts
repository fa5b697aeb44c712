import { CancellationError, ProgressLocation, window } from 'vscode';

/** What takes shorter than this shows nothing. */
const patience = 1000;

/** Runs a task; where it takes long, a notification says so and offers to cancel. */
export async function withProgress<T>(title: string, task: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const abort = new AbortController();
  const done = task(abort.signal);
  const cancelled = new Promise<never>((_, reject) => {
    abort.signal.addEventListener('abort', () => reject(new CancellationError()));
  });
  const timer = setTimeout(() => {
    void window.withProgress({ location: ProgressLocation.Notification, title, cancellable: true }, async (_, token) => {
      token.onCancellationRequested(() => abort.abort());
      await Promise.race([done, cancelled]).catch(() => { /* whoever waits for the task is told */ });
    });
  }, patience);
  try {
    return await Promise.race([done, cancelled]);
  } finally {
    clearTimeout(timer);
  }
}
