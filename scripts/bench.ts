/**
 * `npm run bench [-- DIR]`: what reading a chain costs, measured against raw parsing in the same run (docs/performance.md). DIR is a checkout or a
 * folder of checkouts; without it the bundled example chains are read. Prints `bench NAME FIGURE limit <=N`, ` OVER` at the end where it is, and
 * then exits 1.
 */
import { basename, resolve } from 'node:path';
import { startParser } from '../core/go/parser.ts';
import { loadAssets } from '../host/assets.ts';
import { reasonOf } from '../host/errors.ts';
import { measureEdits } from './bench/edits.ts';
import { measureMemory } from './bench/memory.ts';
import { measureReading } from './bench/reading.ts';
import type { Reading } from './bench/reading.ts';
import { examples, targetsIn } from './bench/targets.ts';

/** A chain of less Go than this, in megabytes, is all wiring: nothing in it can be left unread. */
const small = 0.1;

try {
  process.exitCode = await main();
} catch (error) {
  console.error(`bench: ${reasonOf(error)}`);
  process.exitCode = 2;
}

async function main(): Promise<number> {
  const [dir, ...others] = process.argv.slice(2);
  if (others.length > 0 || dir?.startsWith('-')) throw new Error('give one folder or none: npm run bench [-- DIR]');
  // npm runs scripts in the package's folder, wherever it was called.
  const targets = dir === undefined ? [examples()] : targetsIn(resolve(process.env['INIT_CWD'] ?? '.', dir));
  const assets = await loadAssets(), parser = await startParser(assets);
  let over = 0;
  const print = (name: string, figure: number, limit: number) => {
    if (!(figure <= limit)) over++;
    console.log(`bench ${name} ${figure.toFixed(2)} limit <=${limit}${figure <= limit ? '' : ' OVER'}`);
  };
  const readings: Reading[] = [];
  for (const target of targets) {
    const reading = await measureReading(target, parser);
    if (reading === undefined) continue;
    readings.push(reading);
    print(`read/${target.name}`, reading.readMs / reading.parseMs, reading.megabytes / target.roots.length < small ? 3 : 1.5);
    const edits = await measureEdits(target, assets);
    if (edits) {
      print(`first-edit/${target.name}`, edits.first, 3);
      print(`edit/${target.name}`, edits.next, 3);
    }
    print(`memory/${target.name}`, measureMemory(target), 2);
  }
  if (readings.length === 0) throw new Error(`no Go code in ${basename(dir ?? '')}`);
  const large = readings.filter(({ megabytes }) => megabytes > 1).sort((a, b) => a.megabytes - b.megabytes);
  const [smallest, largest] = [large[0], large.at(-1)];
  if (smallest && largest && smallest !== largest) {
    print(`growth/${smallest.name}/${largest.name}`, (largest.readMs / largest.megabytes) / (smallest.readMs / smallest.megabytes), 1.2);
  }
  return over > 0 ? 1 : 0;
}
