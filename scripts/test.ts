/**
 * `npm test`: the suites one after another, each with its result and time, and one line that sums
 * up. `npm test -- unit go` runs only those.
 */
import { runSuite } from './test/run-suite.ts';
import { availableSuites } from './test/suites.ts';

const asked = process.argv.slice(2);
const suites = availableSuites();
const unknown = asked.filter(name => !suites.some(suite => suite.name === name));
if (unknown.length > 0) {
  console.error(
    `There is no suite ${unknown.join(', ')}. Name some of: ${suites.map(suite => suite.name).join(', ')}.`,
  );
  process.exit(2);
}

const rows: string[] = [];
let passed = 0;
let failed = 0;
for (const suite of suites.filter(({ name }) => asked.length === 0 || asked.includes(name))) {
  console.log(`\n── ${suite.name}`);
  const start = Date.now();
  const outcome = await runSuite(suite, process.env['CI'] === 'true', text =>
    process.stdout.write(text),
  );
  passed += outcome.passed;
  failed += outcome.failed;
  rows.push(
    `${suite.name.padEnd(10)}${`${((Date.now() - start) / 1000).toFixed(1)} s`.padStart(9)}   ${outcome.said}`,
  );
}
console.log(`\n${rows.join('\n')}\n\n${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
