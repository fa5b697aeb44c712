/**
 * `npm run check`: formatting, lint, types, the contract and the limits of the figures, each with
 * what it found; ends with `N passed, N failed`, one for each part. `npm run check -- --figures [--dir PATH]` prints figures
 * of how dense the code is, of this repository or of another checkout.
 */
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { figuresOf, isOver, lineOfFigure } from './check/figures.ts';
import { parts } from './check/parts.ts';
import { givenPath, runScript } from './run-script.ts';

const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '');

await runScript('check', async () => {
  const { values } = parseArgs({
    options: { figures: { type: 'boolean' }, dir: { type: 'string' } },
  });
  if (values.figures) return printFigures(values.dir === undefined ? root : givenPath(values.dir));
  if (values.dir !== undefined) throw new Error('--dir needs --figures');
  return checkParts();
});

/** Prints the figures and gives the exit code: 1 if one is over its limit. */
function printFigures(dir: string): number {
  const figures = figuresOf(dir);
  for (const figure of figures) console.log(lineOfFigure(figure));
  return figures.some(isOver) ? 1 : 0;
}

/** Runs every part and gives the exit code: 1 if one found something. */
async function checkParts(): Promise<number> {
  let failed = 0;
  for (const { name, fix, run } of parts) {
    const start = Date.now();
    const { ok, output } = await run(root);
    const seconds = `${((Date.now() - start) / 1000).toFixed(1)} s`;
    if (!ok) {
      failed++;
      console.log(`\n${output}\n`);
    }
    const verdict = ok ? 'ok' : `FAILED (fix: ${fix})`;
    console.log(`${name.padEnd(10)}${seconds.padStart(8)}   ${verdict}`);
  }
  console.log(`${parts.length - failed} passed, ${failed} failed`);
  return failed > 0 ? 1 : 0;
}
