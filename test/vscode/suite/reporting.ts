import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { CancellationError, env, Uri, window } from 'vscode';
import { lazyParser } from '../../../extension/parser.ts';
import { withProgress } from '../../../extension/progress.ts';
import { reporting } from '../../../extension/report.ts';
import { sayRefused } from '../../../extension/upgrade/refused.ts';
import { folder } from './support/editor.ts';
import { click, read } from './support/host.ts';
import { clearMessages, message, messages } from './support/messages.ts';
import { until } from './support/until.ts';

describe('what takes long', () => {
  afterEach(clearMessages);
  const shown = async () => (await messages()).filter(text => text.startsWith('Counting'));

  it('shows nothing under a second', async () => {
    assert.equal(
      await withProgress('Counting …', async () => {
        await sleep(300);
        return 7;
      }),
      7,
    );
    await sleep(1200);
    assert.deepEqual(await shown(), []);
  });

  it('says so after a second, and can be cancelled', async () => {
    let aborted = false;
    const task = withProgress('Counting …', async ({ signal }) => {
      signal.addEventListener('abort', () => {
        aborted = true;
      });
      await sleep(20_000);
    });
    const failed = assert.rejects(task, CancellationError);
    await until('the progress', async () => (await shown())[0]);
    await click('.notifications-list-container a:has-text("Cancel")');
    await failed;
    assert.equal(aborted, true);
    await until('its end', async () => (await shown()).length === 0);
  });

  it('says so at once before it computes', async () => {
    let goOn = () => {
      /* set below */
    };
    const waiting = new Promise<void>(resolve => {
      goOn = resolve;
    });
    const task = withProgress('Counting …', async ({ announce }) => {
      await announce();
      await waiting;
    });
    await until('the progress', async () => (await shown())[0], 0.9);
    goOn();
    await task;
  });
});

describe('a refusal', () => {
  afterEach(clearMessages);
  const button = (label: string) => `.notifications-list-container a:has-text("${label}")`;

  it('comes with the snippet to paste and the way back, until that is taken', async () => {
    let again = false;
    sayRefused(folder(), { reason: 'too odd', snippet: 'app.SetIt()\n' }, () => {
      again = true;
    });
    assert.equal(await message('Chain Upgrade:'), 'Chain Upgrade: too odd');
    await click(button('Copy Snippet'));
    await until('the clipboard', async () => (await env.clipboard.readText()) === 'app.SetIt()\n');
    await message('Chain Upgrade: too odd');
    assert.deepEqual(await read(button('Copy Snippet')), []);
    await click(button('Change Answers'));
    await until('the way back', () => again);
  });
});

describe('what goes wrong', () => {
  const log = window.createOutputChannel('Chain Upgrade Test', { log: true });
  after(() => log.dispose());
  afterEach(clearMessages);

  it('while starting is said in one line, with the log', async () => {
    await reporting(log, () => {
      throw new Error('first line\n  second line');
    });
    assert.equal(await message('Chain Upgrade:'), 'Chain Upgrade: first line second line');
    await click('.notifications-list-container a:has-text("Show Log")');
  });

  it('being cancelled is nothing wrong', async () => {
    await reporting(log, () => {
      throw new CancellationError();
    });
    await reporting(log, () => AbortSignal.abort().throwIfAborted());
    assert.deepEqual(
      (await messages()).filter(text => text.startsWith('Chain Upgrade')),
      [],
    );
  });

  it('a parser that could not start is tried again', async () => {
    const parser = lazyParser(Uri.file('/nowhere'));
    const first = parser();
    assert.equal(parser(), first);
    await assert.rejects(first);
    await assert.rejects(parser());
    assert.notEqual(parser(), first);
    parser().catch(() => {
      /* as above */
    });
  });
});
