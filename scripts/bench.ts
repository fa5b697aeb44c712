/**
 * `npm run bench [-- DIR]`: what reading and linting a chain costs, measured against raw parsing in
 * the same run (docs/performance.md). DIR is a checkout or a folder of checkouts; without it the
 * bundled example chains are read. Prints `bench NAME FIGURE limit <=N` (or `>=N`), ` OVER` at the
 * end where it is, and then exits 1. `--vet` also measures `go vet` of one chain that builds, DIR
 * or the example chain. `--against BUILD` takes turns with the bench of another build, a checkout
 * with a dist/, and compares the best of each. `--served` types a day of keys into the app.go of DIR
 * with the language server between, in place of all that. `--rehearse [MIRRORS]` measures rehearsals in place
 * of all that: of the example chain, or of pairs of releases in a folder of mirrors.
 */
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { startParser } from '../core/go/syntax/parser.ts';
import { loadAssets } from '../host/disk/assets.ts';
import { measureActivation } from './bench/activation.ts';
import { compareBuilds } from './bench/against.ts';
import { measureEdits } from './bench/edits.ts';
import { measureLinting, p95 } from './bench/linting.ts';
import { measureMemory } from './bench/memory.ts';
import { measurePeers } from './bench/peers.ts';
import type { Reading } from './bench/reading.ts';
import { measureReading } from './bench/reading.ts';
import { measureRehearsals } from './bench/rehearsing.ts';
import { withRelease } from './bench/released.ts';
import { measureServed } from './bench/served.ts';
import { examples, targetsIn } from './bench/targets.ts';
import { givenPath, runScript } from './run-script.ts';
import { missingGo } from './test/suites.ts';

/** A chain of less Go than this, in megabytes, is all wiring: nothing in it can be left unread. */
const small = 0.1;

await runScript('bench', main);

async function main(): Promise<number> {
  const {
    values,
    positionals: [dir, ...others],
  } = parseArgs({
    allowPositionals: true,
    options: {
      vet: { type: 'boolean' },
      against: { type: 'string' },
      rehearse: { type: 'boolean' },
      served: { type: 'boolean' },
    },
  });
  if (others.length > 0) {
    throw new Error('give one folder or none: npm run bench [-- DIR] [--vet] [--against BUILD]');
  }
  if (values.against !== undefined) {
    return against(givenPath(values.against), dir === undefined ? [] : [givenPath(dir)]);
  }
  if (values.served) return serving(dir);
  if (values.rehearse) return rehearsing(dir === undefined ? undefined : givenPath(dir));
  return reading(dir, values.vet === true);
}

/** Reading, edits and the lint of a folder's chains, or of the examples. */
async function reading(dir: string | undefined, vet: boolean): Promise<number> {
  const targets =
    dir === undefined
      ? [vet ? { name: 'example', roots: [join('test', 'go', 'chain')] } : examples()]
      : targetsIn(givenPath(dir));
  const assets = await loadAssets();
  const parser = await startParser(assets);
  let over = 0;
  const print = (name: string, figure: number, limit: number, least = false) => {
    if (!printed(name, figure, limit, least)) over++;
  };
  const readings: Reading[] = [];
  for (const target of targets) {
    const found = await measureReading(target, parser);
    if (found === undefined) continue;
    readings.push(found);
    print(
      `read/${target.name}`,
      found.readMs / found.parseMs,
      found.megabytes / target.roots.length < small ? 3 : 1.5,
    );
    const edits = await measureEdits(target, assets);
    if (edits) {
      print(`first-edit/${target.name}`, edits.first, 3);
      print(`edit/${target.name}`, edits.next, 3);
    }
    print(`memory/${target.name}`, measureMemory(target), 2);
    await measureLinting(target, { assets, parser, vet }, print);
  }
  if (readings.length === 0) throw new Error(`no Go code in ${basename(dir ?? '')}`);
  const large = readings
    .filter(({ megabytes }) => megabytes > 1)
    .sort((a, b) => a.megabytes - b.megabytes);
  const [smallest, largest] = [large[0], large.at(-1)];
  if (smallest && largest && smallest !== largest) {
    print(
      `growth/${smallest.name}/${largest.name}`,
      largest.readMs / largest.megabytes / (smallest.readMs / smallest.megabytes),
      1.2,
    );
  }
  if (dir === undefined) {
    measureActivation(print);
    await measurePeers(print);
  }
  return over > 0 ? 1 : 0;
}

/** Prints a figure; tells whether it keeps its limit. */
function printed(name: string, figure: number, limit: number, least = false): boolean {
  const kept = least ? figure >= limit : figure <= limit;
  const bound = `${least ? '>' : '<'}=${limit}`;
  console.log(`bench ${name} ${figure.toFixed(2)} limit ${bound}${kept ? '' : ' OVER'}`);
  return kept;
}

/** Keys that the language server is told of. */
async function serving(dir: string | undefined): Promise<number> {
  if (dir === undefined) throw new Error('give a checkout: npm run bench -- DIR --served');
  const parser = await startParser(await loadAssets());
  let over = 0;
  for (const { name, roots } of targetsIn(givenPath(dir)))
    await withRelease(roots.slice(-1), parser, async chain => {
      const { keysMs, growth } = await measureServed(chain);
      if (!printed(`served-p95-ms/${name}`, p95(keysMs), 16)) over++;
      if (!printed(`served-memory/${name}`, growth, 1.1)) over++;
    });
  return over > 0 ? 1 : 0;
}

/** Rehearsals; without Go they are skipped, and the line says so. */
function rehearsing(mirrors: string | undefined): number {
  const missing = missingGo();
  if (missing !== undefined) {
    console.log(`bench rehearse/example not run: ${missing}`);
    return 0;
  }
  let over = 0;
  measureRehearsals(mirrors, (name, figure, limit) => {
    if (!printed(name, figure, limit)) over++;
  });
  return over > 0 ? 1 : 0;
}

/** Prints the figures of this build with those of another one as their limits. */
function against(build: string, args: readonly string[]): number {
  const compared = compareBuilds(build, args);
  for (const { name, ours, theirs, limit, least, kept } of compared) {
    const bound = `${least ? '>' : '<'}=${limit.toFixed(2)}`;
    const figures = `${ours.toFixed(2)} limit ${bound} (there ${theirs.toFixed(2)})`;
    console.log(`bench ${name} ${figures}${kept ? '' : ' OVER'}`);
  }
  return compared.every(({ kept }) => kept) ? 0 : 1;
}
