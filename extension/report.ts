import type { LogOutputChannel } from 'vscode';
import { CancellationError, l10n, window } from 'vscode';

/** Buttons of a message, each with what it does. */
export type Buttons = Readonly<Record<string, () => unknown>>;

type Show = (message: string, ...buttons: string[]) => Thenable<string | undefined>;
const show = {
  info: window.showInformationMessage as Show,
  warning: window.showWarningMessage as Show,
  error: window.showErrorMessage as Show,
};

/**
 * Says something in a notification. Nobody waits for its buttons: a notification may stay unseen
 * for hours.
 */
export function say(kind: keyof typeof show, message: string, buttons: Buttons = {}): void {
  void show[kind](message, ...Object.keys(buttons)).then(button =>
    button === undefined ? undefined : buttons[button]?.(),
  );
}

/**
 * Runs something; what it throws is logged in full and said once, in one line. Being cancelled is
 * no error.
 */
export async function reporting(
  log: LogOutputChannel,
  run: () => void | Promise<void>,
): Promise<void> {
  try {
    await run();
  } catch (error) {
    if (wasCancelled(error)) return;
    log.error(error instanceof Error ? error : String(error));
    say('error', l10n.t('Chain Upgrade: {0}', errorText(error)), {
      [l10n.t('Show Log')]: () => log.show(),
    });
  }
}

/** What an error says, in one line. */
export function errorText(error: unknown): string {
  return (error instanceof Error ? error.message : String(error))
    .trim()
    .replace(/\s*[\r\n]+\s*/g, ' ');
}

/** Whether something ended because it was cancelled. */
export function wasCancelled(error: unknown): boolean {
  return (
    error instanceof CancellationError || (error instanceof Error && error.name === 'AbortError')
  );
}
