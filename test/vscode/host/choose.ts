import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { findChromium, runInCodeServer } from './code-server.ts';
import { runInElectron } from './electron.ts';
import { installHost } from './install.ts';
import type { Host } from './run.ts';

/** Which editor runs the tests, and why this one. */
export interface Choice {
  readonly name: 'electron' | 'code-server';
  readonly why: string;
  readonly host: Host;
}

/**
 * The desktop VS Code where it can be had and shown; the one from npm in CI, on request, and
 * everywhere else.
 */
export async function chooseHost(project: string, asked: string | undefined): Promise<Choice> {
  const cache = join(project, '.cache');
  const why = await whyNotDesktop(cache, asked);
  if (asked === 'electron' || why === undefined) {
    return {
      name: 'electron',
      why: why ?? 'it can be downloaded and shown',
      host: run => runInElectron(join(cache, 'vscode-test'), run),
    };
  }
  const browser = findChromium();
  if (!browser)
    throw new Error(
      'no Chromium was found: install chromium (apt-get install chromium), or name one in CHROMIUM',
    );
  const dir = join(cache, 'vscode-host');
  return {
    name: 'code-server',
    why,
    host: run => runInCodeServer(installHost(dir), browser, run, join(dir, 'server.log')),
  };
}

async function desktopMissing(cache: string): Promise<string | undefined> {
  if (process.platform === 'linux' && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY'])
    return 'there is no display';
  if (existsSync(join(cache, 'vscode-test'))) return undefined;
  const site = 'update.code.visualstudio.com';
  return fetch(`https://${site}/api/releases/stable`, { signal: AbortSignal.timeout(5000) }).then(
    response => (response.ok ? undefined : `${site} answers ${response.status}`),
    () => `${site} cannot be reached`,
  );
}

async function whyNotDesktop(
  cache: string,
  asked: string | undefined,
): Promise<string | undefined> {
  if (asked) return 'asked for';
  return process.env['CI'] ? 'this is CI' : desktopMissing(cache);
}
