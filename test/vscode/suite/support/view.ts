/** The view "Chain Upgrades" as a person sees it. */
import { commands } from 'vscode';
import { click, labels, read } from './host.ts';
import { until } from './until.ts';

const row = '.sidebar .pane-body .monaco-list-row';

/** Opens the view. */
export async function openView(): Promise<void> {
  await commands.executeCommand('chainUpgrade.chains.focus');
}

/** The lines of the view, each with what stands beside its label right behind it. */
export async function lines(): Promise<string[]> {
  return (await read(row)).map(text => text.replace(/\s*\n\s*/g, ' '));
}

/** What a screen reader says of each line. */
export function spokenLines(): Promise<readonly string[]> {
  return labels(row);
}

/** Waits for a line that holds these words, and gives all of it. */
export function line(words: string): Promise<string> {
  return until(`the line ${words.replace(/\W+/g, ' ')}`, async () =>
    (await lines()).find(text => text.includes(words)),
  );
}

/** Opens what a line leads to, and what is below it. */
export async function clickLine(words: string): Promise<void> {
  await click(`${row}:has-text("${words}")`);
}

/** Presses a button of a line. */
export async function pressButton(words: string, title: string): Promise<void> {
  await clickLine(words);
  await click(`${row}:has-text("${words}") .action-label[aria-label^="${title}"]`);
}
