import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Outcome } from '../../scripts/test/run-suite.ts';
import { runSuite } from '../../scripts/test/run-suite.ts';
import { projectRoot } from '../support/root.ts';
import { tempDir } from '../support/temp.ts';

const quiet = () => {};

describe('runSuite', () => {
  const run = (program: string, minutes = 1) =>
    runSuite(
      {
        name: 'x',
        args: ['--input-type=module', '--eval', program],
        missing: () => undefined,
        minutes,
      },
      false,
      quiet,
    );
  const says = (line: string, status = 0) =>
    run(`console.log('words\\n${line}'); process.exitCode = ${status};`);

  it('believes a suite that counts and ends well', async () => {
    assert.deepEqual(await says('3 passed, 0 failed'), outcome(3, 0, '3 passed'));
    assert.deepEqual(await says('3 passed, 2 failed', 1), outcome(3, 2, '3 passed, 2 failed'));
  });

  it('counts what went wrong otherwise as a failure', async () => {
    assert.deepEqual(
      await says('3 passed, 0 failed', 4),
      outcome(3, 1, '3 passed, 1 failed; ended with 4'),
    );
    assert.deepEqual(await says('3 passed, 2 failed', 0), outcome(3, 2, '3 passed, 2 failed'));
    assert.deepEqual(
      await says('all is well'),
      outcome(0, 1, '0 passed, 1 failed; ended with 0 and no count'),
    );
    assert.deepEqual(
      await says('3 passed, 0 failed\\nbut then'),
      outcome(0, 1, '0 passed, 1 failed; ended with 0 and no count'),
    );
    assert.deepEqual(
      await says('0 passed, 0 failed'),
      outcome(0, 1, '0 passed, 1 failed; no test ran'),
    );
  });

  it('accepts that no test ran where only some titles were asked for', async () => {
    const suite = {
      name: 'x',
      args: ['--eval', "console.log('0 passed, 0 failed')"],
      missing: () => undefined,
      minutes: 1,
      mayBeEmpty: true,
    };
    assert.deepEqual(await runSuite(suite, false, quiet), outcome(0, 0, 'no title matches'));
  });

  it('stops a suite at its limit', async () => {
    assert.deepEqual(
      await run('setInterval(() => {}, 1000);', 0.005),
      outcome(0, 1, '0 passed, 1 failed; stopped by SIGTERM (its limit is 0.005 min)'),
    );
  });

  it('gives the reason why a suite cannot run, and fails for it in CI', async () => {
    const suite = { name: 'x', args: ['--eval', ''], missing: () => 'Go is missing', minutes: 1 };
    assert.deepEqual(await runSuite(suite, false, quiet), outcome(0, 0, 'not run: Go is missing'));
    assert.deepEqual(await runSuite(suite, true, quiet), outcome(0, 1, 'failed: Go is missing'));
  });

  it('runs mocha, whose failures count', async () => {
    const dir = tempDir();
    const mocha = (text: string) => {
      const file = join(dir, `${Math.random()}.mjs`);
      writeFileSync(file, text);
      return runSuite(
        {
          name: 'x',
          args: [join(projectRoot, 'dist/scripts/test/mocha.js'), file],
          missing: () => undefined,
          minutes: 1,
        },
        false,
        quiet,
      );
    };
    assert.deepEqual(
      await mocha("it('a', () => {}); it('b', () => { throw new Error('b fails'); });"),
      outcome(1, 1, '1 passed, 1 failed'),
    );
    assert.deepEqual(await mocha("it('a', () => {});"), outcome(1, 0, '1 passed'));
    assert.deepEqual(
      await mocha("it('a', () => {}); throw new Error('no file');"),
      outcome(0, 1, '0 passed, 1 failed'),
    );
    assert.deepEqual(
      await mocha("it.only('a', () => {}); it('b', () => {});"),
      outcome(0, 1, '0 passed, 1 failed'),
    );
  });
});

function outcome(passed: number, failed: number, said: string): Outcome {
  return { passed, failed, said };
}
