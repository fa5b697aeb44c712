/** The wizard as a person sees it: what the quick input shows, and keys into it. */
import assert from 'node:assert/strict';
import { click, press, read, type } from './host.ts';
import { until } from './until.ts';

const widget = '.quick-input-widget';

/**
 * What a step shows: title with its counter, the value or the marked rows, and every word below.
 */
export interface Step {
  readonly title: string;
  readonly value: string;
  readonly message: string;
  readonly rows: readonly string[];
}

/** The step on the screen, or undefined where none is. */
export async function step(): Promise<Step | undefined> {
  const [title] = await read(`${widget} .quick-input-title`);
  if (title === undefined) return undefined;
  const [value = ''] = await read(`${widget} .quick-input-box input`);
  const [message = ''] = await read(`${widget} .quick-input-message`);
  const rows = await read(
    `${widget} .quick-input-list-entry, ${widget} .quick-input-list-separator-border .quick-input-list-entry`,
  );
  return { title, value, message, rows: rows.map(row => row.replace(/\s*\n\s*/g, ' · ')) };
}

/** Waits for the step with that title. */
export async function stepTitled(title: string): Promise<Step> {
  return until(`the step ${title.replace(/\W+/g, ' ')}`, async () => {
    const shown = await step();
    return shown?.title === title && shown;
  });
}

/** Takes what these steps offer, one after the other. */
export async function takeOffered(titles: readonly string[]): Promise<void> {
  for (const title of titles) {
    await stepTitled(title);
    await press('Enter');
  }
}

/** Waits for a message below the input. */
export async function messageIs(expected: string): Promise<void> {
  let seen: string | undefined;
  const isShown = async () => {
    seen = (await step())?.message;
    return seen === expected;
  };
  await until('the message', isShown).catch(() => assert.equal(seen, expected));
}

/** Waits until the list holds those words. */
export async function rowsSay(words: string): Promise<void> {
  await until(`the words ${words}`, async () => (await step())?.rows.join('\n').includes(words));
}

/** Picks a row of several to choose from, or takes it out. */
export async function toggle(label: string): Promise<void> {
  await click(`${widget} .quick-input-list-row:has-text("${label}")`);
}

/** Replaces the value by another one, and goes on. */
export async function enter(value: string): Promise<void> {
  await press('Control+a');
  await type(value);
  await press('Enter');
}

/** Waits until no step is on the screen. */
export async function noStep(): Promise<void> {
  await until('the end of the wizard', async () => (await step()) === undefined);
}
