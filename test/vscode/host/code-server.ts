/**
 * Runs tests in the VS Code of the npm package code-server, shown by a Chromium without a window.
 */

import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  createWriteStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { format } from 'node:util';
import type { Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import type { Result } from './channel.ts';
import { channelVariable, openChannel } from './channel.ts';
import type { Host as Installed } from './install.ts';
import type { Run } from './run.ts';
import { settingsFor } from './run.ts';

/** The Chromium to use, or undefined where there is none. `CHROMIUM` names one. */
export function findChromium(): string | undefined {
  const usual = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'].flatMap(
    name => ['/usr/bin/', '/usr/local/bin/', '/snap/bin/'].map(dir => dir + name),
  );
  const mac = ['Google Chrome', 'Chromium'].map(
    name => `/Applications/${name}.app/Contents/MacOS/${name}`,
  );
  return [process.env['CHROMIUM'] ?? '', ...usual, ...mac].find(
    path => path !== '' && existsSync(path),
  );
}

/** Runs tests in code-server. Server, extension host and browser end with the run. */
export async function runInCodeServer(
  installed: Installed,
  browserPath: string,
  run: Run,
  serverLog: string,
): Promise<Result> {
  // A folder of its own for every run: nothing is remembered from the last one.
  const data = mkdtempSync(join(tmpdir(), 'chain-upgrade-server-'));
  mkdirSync(join(data, 'data/Machine'), { recursive: true });
  writeFileSync(join(data, 'data/Machine/settings.json'), JSON.stringify(settingsFor(run)));
  let page: Page | undefined;
  const channel = await openChannel(async () => page!, run.shots);
  const server = startServer(
    installed,
    data,
    { ...run, env: { ...run.env, [channelVariable]: channel.path } },
    serverLog,
  );
  const browser = await chromium.launch({ executablePath: browserPath, args: ['--no-sandbox'] });
  try {
    const host = `127.0.0.1:${await server.port}`;
    page = await browser.newPage({
      viewport: { width: 1200, height: 760 },
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    // The page functions by which VS Code's own smoke tests report back.
    let exitWith: (status: number) => void = () => {};
    const exit = new Promise<number>(resolve => {
      exitWith = resolve;
    });
    await page.exposeFunction('codeAutomationExit', exitWith);
    await page.exposeFunction('codeAutomationLog', (type: string, args: unknown[]) => {
      if (process.env['VERBOSE']) console.log(`[${type}] ${format(...args)}`);
    });
    await page.goto(address(host, run));
    const code = await Promise.race([exit, sleep(run.timeout, 'timeout', { ref: false })]);
    if (code === 'timeout') throw new Error(`the tests did not end within ${run.timeout / 1000} s`);
    const result = channel.result();
    if (!result)
      throw new Error(
        `the extension host ended before the tests did (exit ${code}); the server's log is ${serverLog}`,
      );
    return result;
  } finally {
    await browser.close();
    await server.stop();
    channel.close();
    rmSync(data, { recursive: true, force: true, maxRetries: 5 });
  }
}

function address(host: string, { extension, tests, workspace }: Run): string {
  const remote = (path: string) => `vscode-remote://${host}${path}`;
  const payload = JSON.stringify([
    ['extensionDevelopmentPath', remote(extension)],
    ['extensionTestsPath', remote(tests)],
    ['skipWelcome', 'true'],
  ]);
  const kind = workspace.endsWith('.code-workspace') ? 'workspace' : 'folder';
  const query = new URLSearchParams({ [kind]: workspace, payload });
  return `http://${host}/?${query.toString()}`;
}

function startServer(
  { node, vscode }: Installed,
  data: string,
  { env, trusted }: Pick<Run, 'env' | 'trusted'>,
  logFile: string,
) {
  const server: ChildProcess = spawn(
    node,
    [
      'out/server-main.js',
      '--host',
      '127.0.0.1',
      '--port',
      '0',
      '--without-connection-token',
      '--accept-server-license-terms',
      '--server-data-dir',
      data,
      '--telemetry-level',
      'off',
      ...(trusted ? ['--disable-workspace-trust'] : []),
      // Without it a built VS Code takes no extension under development and no tests from its
      // address.
      '--enable-smoke-test-driver',
    ],
    {
      cwd: vscode,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    },
  );
  const file = createWriteStream(logFile);
  server.stderr!.pipe(file, { end: false });
  // A process group of its own: the extension host would outlive the server by hours, waiting for
  // the page to come back.
  const kill = () => {
    try {
      process.kill(-server.pid!);
    } catch {
      /* it is gone */
    }
  };
  const gone = once(server, 'exit');
  const stopBySignal = () => {
    kill();
    process.exit(1);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stopBySignal);
  const port = new Promise<string>((resolve, reject) => {
    let text = '';
    server.stdout!.on('data', (chunk: Buffer) => {
      file.write(chunk);
      text += chunk.toString();
      const found = /listening on (\d+)/.exec(text)?.[1];
      if (found) resolve(found);
    });
    void gone.then(() => reject(new Error(`the VS Code server did not start, see ${logFile}`)));
    void sleep(60_000, undefined, { ref: false }).then(() =>
      reject(new Error(`the VS Code server did not listen within 60 s, see ${logFile}`)),
    );
  });
  return {
    port,
    async stop() {
      kill();
      await Promise.race([gone, sleep(5000, undefined, { ref: false })]);
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, stopBySignal);
    },
  };
}
