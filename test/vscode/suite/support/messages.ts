import { commands } from 'vscode';
import { read } from './host.ts';
import { until } from './until.ts';

/**
 * The notifications, newest first. Their list is opened, because a window without focus holds the
 * small ones back.
 */
export async function messages(): Promise<readonly string[]> {
  await commands.executeCommand('notifications.showList');
  return read('.notifications-list-container .notification-list-item-message');
}

/** Waits for a notification that begins so, and gives all of its text. */
export function message(beginning: string, seconds?: number): Promise<string> {
  return until(
    `a message "${beginning.replace(/\W+/g, ' ')}"`,
    async () => (await messages()).find(text => text.startsWith(beginning)),
    seconds,
  );
}

/** Takes all notifications away. */
export async function clearMessages(): Promise<void> {
  await commands.executeCommand('notifications.clearAll');
  await commands.executeCommand('notifications.hideList');
}
