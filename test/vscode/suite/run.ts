/**
 * The entry that VS Code is given: runs files of tests in its extension host and tells the launcher
 * how it went.
 */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { format } from 'node:util';
import Mocha from 'mocha';
import { ConfigurationTarget, workspace } from 'vscode';
import { filesVariable, grepVariable, themeVariable } from '../host/workspaces.ts';
import { finish, say } from './support/host.ts';

export async function run(): Promise<void> {
  Mocha.reporters.Base.consoleLog = (...args: unknown[]) => void say(format(...args));
  const inCI = process.env['CI'] === 'true';
  const mocha = new Mocha({
    ui: 'bdd',
    reporter: 'spec',
    color: false,
    timeout: 60_000,
    slow: 10_000,
    forbidOnly: true,
    forbidPending: inCI,
  });
  const grep = process.env[grepVariable];
  if (grep !== undefined) mocha.fgrep(grep);
  const theme = process.env[themeVariable];
  // A theme is the user's: the settings of the machine do not count for it.
  if (theme !== undefined)
    await workspace
      .getConfiguration('workbench')
      .update('colorTheme', theme, ConfigurationTarget.Global);
  const here = dirname(fileURLToPath(import.meta.url));
  for (const file of process.env[filesVariable]!.split(','))
    mocha.addFile(join(here, `${file}.js`));
  await mocha.loadFilesAsync();
  const { passes = 0, failures = 1 } = await new Promise<Mocha.Stats>(done => {
    const runner: Mocha.Runner = mocha.run(() => done(runner.stats!));
  });
  await say('');
  await finish(passes, failures);
}
