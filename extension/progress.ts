import { CancellationError, ProgressLocation, window } from 'vscode';

/** What takes shorter than this shows nothing. */
const patience = 1000;

/** How a task takes part in its progress. */
export interface Progress {
  readonly signal: AbortSignal;
  /**
   * Shows the notification now: what follows computes for long, and while it computes nothing else
   * happens here.
   */
  announce(): Promise<void>;
}

/** Runs a task; where it takes long, a notification says so and offers to cancel. */
export async function withProgress<T>(
  title: string,
  task: (progress: Progress) => Promise<T>,
): Promise<T> {
  const abort = new AbortController();
  const cancelled = new Promise<never>((_, reject) => {
    abort.signal.addEventListener('abort', () => reject(new CancellationError()));
  });
  let ended: () => void;
  const end = new Promise<void>(resolve => {
    ended = resolve;
  });
  let visible = false;
  const show = () => {
    if (visible) return;
    visible = true;
    void window.withProgress(
      { location: ProgressLocation.Notification, title, cancellable: true },
      (_, token) => {
        token.onCancellationRequested(() => abort.abort());
        return end;
      },
    );
  };
  const timer = setTimeout(show, patience);
  try {
    const announce = async () => {
      show();
      // The message leaves before the computing starts, and a cancel that came meanwhile is heard.
      await new Promise(resolve => setTimeout(resolve, 20));
      abort.signal.throwIfAborted();
    };
    return await Promise.race([task({ signal: abort.signal, announce }), cancelled]);
  } finally {
    clearTimeout(timer);
    ended!();
  }
}
