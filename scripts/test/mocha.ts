/**
 * Runs test files with mocha and ends with the line `N passed, N failed`:
 * `mocha.js [--grep=TEXT] FILE …`.
 */
import { parseArgs } from 'node:util';
import Mocha from 'mocha';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { grep: { type: 'string' } },
});
const inCI = process.env['CI'] === 'true';
// A forgotten `only` would hide every other test; in CI a skipped test is a test that did not run.
const mocha = new Mocha({
  reporter: 'spec',
  timeout: 10_000,
  forbidOnly: true,
  forbidPending: inCI,
});
if (values.grep !== undefined) mocha.fgrep(values.grep);
for (const file of positionals) mocha.addFile(file);
try {
  await mocha.loadFilesAsync();
  const runner = await new Promise<Mocha.Runner>(done => {
    const running = mocha.run(() => done(running));
  });
  finish(runner.stats?.passes ?? 0, runner.stats?.failures ?? 1, runner.stats?.pending ?? 0);
} catch (error) {
  console.log(error);
  finish(0, 1, 0);
}

function finish(passed: number, failed: number, pending: number): void {
  process.exitCode = failed > 0 ? 1 : 0;
  if (pending > 0) console.log(`${pending} skipped: see their titles above`);
  console.log(`${passed} passed, ${failed} failed`);
}
