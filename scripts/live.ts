/**
 * `npm run test:live`: example chains of every SDK generation, upgraded for real with what the tool wrote; `npm run test:live -- 0.50` only those
 * generations.
 */
import { spawnSync } from 'node:child_process';
import { missingGo, suiteArgs } from './test/suites.ts';
import { generations } from '../test/go/generations.ts';

const asked = process.argv.slice(2), unknown = asked.filter(one => !generations.some(known => known === one));
const wrong = unknown.length > 0 ? `There is no example chain on ${unknown.join(', ')}. Name some of: ${generations.join(', ')}.` : missingGo();
if (wrong !== undefined) {
  console.error(wrong);
  process.exit(2);
}
const start = Date.now();
const { status } = spawnSync(process.execPath, suiteArgs('live'), {
  stdio: 'inherit', env: { ...process.env, GENERATIONS: (asked.length > 0 ? asked : generations).join() },
});
console.log(`${((Date.now() - start) / 1000).toFixed(1)} s`);
process.exitCode = status ?? 2;
