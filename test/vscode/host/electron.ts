/** Runs tests in the desktop VS Code, which @vscode/test-electron downloads. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { downloadAndUnzipVSCode, runTests } from '@vscode/test-electron';
import type { Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import type { Result } from './channel.ts';
import { channelVariable, openChannel } from './channel.ts';
import type { Run } from './run.ts';
import { settingsFor } from './run.ts';

/** Runs tests in the stable desktop VS Code, kept in `cachePath`. */
export async function runInElectron(cachePath: string, run: Run): Promise<Result> {
  const vscodeExecutablePath = await downloadAndUnzipVSCode({ version: 'stable', cachePath });
  const user = mkdtempSync(join(tmpdir(), 'chain-upgrade-user-'));
  mkdirSync(join(user, 'User'), { recursive: true });
  writeFileSync(
    join(user, 'User/settings.json'),
    JSON.stringify({ ...settingsFor(run), 'window.dialogStyle': 'custom' }),
  );
  const debugPort = await freePort();
  const browser = connect(debugPort);
  const channel = await openChannel(async () => workbench(await browser), run.shots);
  try {
    const done = runTests({
      vscodeExecutablePath,
      extensionDevelopmentPath: run.extension,
      extensionTestsPath: run.tests,
      extensionTestsEnv: { ...run.env, [channelVariable]: channel.path },
      launchArgs: [
        run.workspace,
        '--disable-extensions',
        ...(run.trusted ? ['--disable-workspace-trust'] : []),
        '--skip-welcome',
        '--user-data-dir',
        user,
        `--remote-debugging-port=${debugPort}`,
      ],
    });
    const ended = await Promise.race([
      done,
      sleep(run.timeout, 'timeout' as const, { ref: false }),
    ]);
    if (ended === 'timeout')
      throw new Error(`the tests did not end within ${run.timeout / 1000} s: close VS Code`);
    const result = channel.result();
    if (!result) throw new Error('the extension host ended before the tests did');
    return result;
  } finally {
    await browser.then(
      b => b.close(),
      () => {
        /* it never came up */
      },
    );
    channel.close();
    rmSync(user, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** VS Code's windows are pages of a Chromium; its debugging port gives us the keyboard. */
async function connect(port: number) {
  for (let tries = 0; ; tries++) {
    try {
      return await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
    } catch (error) {
      if (tries >= 60) throw error;
      await sleep(1000);
    }
  }
}

async function workbench(browser: Awaited<ReturnType<typeof connect>>): Promise<Page> {
  const page = browser
    .contexts()
    .flatMap(context => context.pages())
    .find(p => p.url().includes('workbench'));
  if (!page) throw new Error('VS Code has no window');
  return page;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
      .once('error', reject)
      .listen(0, '127.0.0.1', () => {
        const { port } = server.address() as AddressInfo;
        server.close(() => resolve(port));
      });
  });
}
