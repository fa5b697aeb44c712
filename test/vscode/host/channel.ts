/**
 * The tests run inside the editor's extension host, the keyboard and the screen belong to the
 * launcher: this is how the ones ask the other. One request per connection, JSON both ways, over a
 * local socket.
 */

import { rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';

/** What a test may ask for. */
export type Request =
  /** Presses keys one after the other (`Enter`, `Control+z`). */
  | { readonly do: 'press'; readonly keys: readonly string[] }
  | { readonly do: 'type'; readonly text: string }
  | { readonly do: 'click'; readonly selector: string }
  /** The texts of what is visible; of inputs, their values. */
  | { readonly do: 'read'; readonly selector: string }
  /** The texts of elements in the pages that the editor shows in frames. */
  | { readonly do: 'readPages'; readonly selector: string }
  | { readonly do: 'clickInPage'; readonly selector: string }
  /** What a screen reader says of what is visible. */
  | { readonly do: 'labels'; readonly selector: string }
  /** Of all that is seen, or of one part of it. */
  | { readonly do: 'shot'; readonly name: string; readonly part?: string }
  /** A line for whoever watches the run. */
  | { readonly do: 'say'; readonly line: string }
  /**
   * The last word of a run: without it the run has failed, for VS Code reports success too when its
   * extension host dies.
   */
  | { readonly do: 'finish'; readonly passed: number; readonly failed: number };

export interface Answer {
  readonly value?: readonly string[];
  readonly error?: string;
}

/** The environment variable that carries the socket's path to the tests. */
export const channelVariable = 'CHAIN_UPGRADE_TEST_CHANNEL';

/** How a run ended, as the tests themselves said. */
export interface Result {
  readonly passed: number;
  readonly failed: number;
}

export interface Channel {
  readonly path: string;
  readonly result: () => Result | undefined;
  close(): void;
}

/**
 * Listens to the tests and does on the page what they ask for. Screenshots go to `shots`, where
 * that is given.
 */
export async function openChannel(
  page: () => Promise<Page>,
  shots: string | undefined,
): Promise<Channel> {
  const name = `chain-upgrade-${process.pid}-${Date.now()}`;
  const path =
    process.platform === 'win32' ? `\\\\.\\pipe\\${name}` : join(tmpdir(), `${name}.sock`);
  let result: Result | undefined;
  const server = createServer(socket => {
    let text = '';
    socket.setEncoding('utf8').on('error', () => {
      /* the extension host is gone: the run ends without a result */
    });
    socket.on('data', (chunk: string) => {
      text += chunk;
      if (!text.endsWith('\n')) return;
      const request = JSON.parse(text) as Request;
      if (request.do === 'finish') result = request;
      const answer =
        request.do === 'finish'
          ? Promise.resolve([])
          : page().then(p => perform(p, request, shots));
      void answer
        .then(
          value => ({ value }),
          error => ({ error: String(error) }),
        )
        .then((a: Answer) => socket.end(JSON.stringify(a)));
    });
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(path, resolve));
  return {
    path,
    result: () => result,
    close: () => {
      server.close();
      if (process.platform !== 'win32') rmSync(path, { force: true });
    },
  };
}

/** What is used of the page's elements; the code that uses it runs in the page. */
interface Element {
  checkVisibility(): boolean;
  getAttribute(name: string): string | null;
  readonly value?: string;
  readonly innerText: string;
}

/** The texts of elements; those of a drawing have no inner text. Runs in the page. */
function textsOf(found: unknown[]): string[] {
  return (found as { innerText?: string; textContent: string }[]).map(
    // biome-ignore lint/performance/useDomNodeTextContent: cells are told apart by it
    element => element.innerText ?? element.textContent,
  );
}

async function picture(page: Page, part: string | undefined, path: string): Promise<void> {
  if (part === undefined) await page.screenshot({ path });
  else await page.locator(part).first().screenshot({ path });
}

async function perform(
  page: Page,
  request: Exclude<Request, { do: 'finish' }>,
  shots: string | undefined,
): Promise<string[]> {
  switch (request.do) {
    case 'press':
      for (const key of request.keys) await page.keyboard.press(key);
      return [];
    case 'type':
      await page.keyboard.type(request.text);
      return [];
    case 'click':
      await page.locator(request.selector).first().click({ timeout: 5000 });
      return [];
    case 'read':
      // One look at all of them, for they may be gone in the next moment.
      return page.locator(request.selector).evaluateAll((found: unknown[]) =>
        (found as Element[])
          .filter(element => element.checkVisibility())
          // biome-ignore lint/performance/useDomNodeTextContent: hidden text is not read
          .map(element => element.value ?? element.innerText),
      );
    case 'readPages': {
      const texts = await Promise.all(
        page.frames().map(async frame => {
          // A page may be drawn anew meanwhile.
          const shown = frame.locator(request.selector);
          return shown.evaluateAll(textsOf).catch(() => []);
        }),
      );
      return texts.flat();
    }
    case 'clickInPage':
      for (const frame of page.frames()) {
        const found = frame.locator(request.selector).first();
        if ((await found.count()) > 0) await found.click({ timeout: 5000 });
      }
      return [];
    case 'labels':
      return page
        .locator(request.selector)
        .evaluateAll((found: unknown[]) =>
          (found as Element[])
            .filter(element => element.checkVisibility())
            .map(element => element.getAttribute('aria-label') ?? ''),
        );
    case 'shot':
      if (shots) await picture(page, request.part, join(shots, `${request.name}.png`));
      return [];
    case 'say':
      console.log(request.line);
      return [];
  }
}
