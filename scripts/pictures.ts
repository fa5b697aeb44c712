/**
 * `npm run pictures [-- DIR]`: makes the pictures of the README anew, in a real VS Code that its own
 * tests drive, and all of them in dark and in high contrast too, to be looked at in DIR (default:
 * `.cache/pictures`). Exits 1 where one is missing, or those of the README are too large.
 */
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { runScript } from './run-script.ts';

/** What the README shows. */
const pictures = ['lint', 'new-upgrade', 'view', 'report'] as const;

/** What stands in the titles of the tests that take them. */
const mark = '(pictured)';

/** Themes by what the pictures in them are called; the README has the first. */
const themes = {
  light: 'Light Modern',
  dark: 'Dark Modern',
  'high-contrast': 'Default High Contrast',
} as const;

/** What all pictures of the README may take, in bytes. */
const most = 400_000;

await runScript('pictures', async () => {
  const [given] = process.argv.slice(2);
  const dir = resolve(process.env['INIT_CWD'] ?? '.', given ?? join('.cache', 'pictures'));
  for (const [name, theme] of Object.entries(themes)) take(join(dir, name), theme);
  const missing = Object.keys(themes).flatMap(theme =>
    pictures.map(name => join(dir, theme, `${name}.png`)).filter(path => !existsSync(path)),
  );
  if (missing.length > 0) throw new Error(`not made: ${missing.join(', ')}`);
  for (const name of pictures) copyFileSync(join(dir, 'light', `${name}.png`), mediaOf(name));
  const sizes = pictures.map(name => statSync(mediaOf(name)).size);
  const all = sizes.reduce((sum, size) => sum + size, 0);
  for (const [i, name] of pictures.entries()) console.log(`${mediaOf(name)} ${sizes[i]} bytes`);
  console.log(`${all} of ${most} bytes`);
  return all <= most ? 0 : 1;
});

function mediaOf(name: string): string {
  return join('media', `${name}.png`);
}

/** Runs the tests that take pictures, in one theme. */
function take(dir: string, theme: string): void {
  const { status } = spawnSync(
    process.execPath,
    [
      'dist/test/vscode/host/main.js',
      '--host=code-server',
      `--shots=${dir}`,
      `--theme=${theme}`,
      `--grep=${mark}`,
      'one',
    ],
    { stdio: 'inherit' },
  );
  if (status !== 0) throw new Error(`the tests did not pass in ${theme}`);
}
