/**
 * `npm run test:generations -- [GENERATION …] [FILE …]`: what takes too long for CI. Runs the tests
 * that compile example chains and start nodes, each file on each generation of the SDK by itself,
 * every mistake of the truth table rehearsed both ways, and writes how many passed in which time
 * into docs/generations.md. Without arguments all of them, which takes hours.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import type { Generation } from '../test/go/generations.ts';
import { generations } from '../test/go/generations.ts';
import { withSection } from './corpus/section.ts';
import { runScript } from './run-script.ts';
import { withFigure } from './test/figures.ts';
import { runSuite } from './test/run-suite.ts';
import { availableSuites, missingGo } from './test/suites.ts';

const page = 'docs/generations.md';
const mark = 'figures';
/** Longer than a first build and all that follows. */
const minutes = 120;

/** A file of tests, on one generation. */
interface Asked {
  readonly file: string;
  readonly generation: Generation;
  readonly args: readonly string[];
}

await runScript('test:generations', main);

async function main(): Promise<number> {
  const asked = askedOf(process.argv.slice(2));
  const missing = missingGo();
  if (missing !== undefined) throw new Error(missing);
  let passed = 0;
  for (const one of asked) if (await isFine(one)) passed++;
  console.log(`${passed} of ${asked.length} files passed`);
  return passed === asked.length ? 0 : 1;
}

/** What was asked for, one generation after the other, so that its modules are built once. */
function askedOf(args: readonly string[]): readonly Asked[] {
  const suites = availableSuites().filter(({ name }) => name === 'go' || name === 'live');
  const files = suites.flatMap(suite =>
    suite.files
      .filter(file => readFileSync(file, 'utf8').includes('askedGenerations()'))
      .map(file => ({ file, args: suite.select([file], undefined) })),
  );
  const unknown = args.filter(
    arg => !generations.some(known => known === arg) && !files.some(({ file }) => file === arg),
  );
  if (unknown.length > 0)
    throw new Error(
      `there is no example chain on, and no test file of them, ${unknown.join(', ')}; ` +
        `the generations are ${generations.join(', ')}`,
    );
  const chosen = <T>(all: readonly T[], nameOf: (one: T) => string) => {
    const named = all.filter(one => args.includes(nameOf(one)));
    return named.length > 0 ? named : all;
  };
  const wanted = chosen(files, ({ file }) => file);
  return chosen(generations, known => known).flatMap(generation =>
    wanted.map(one => ({ ...one, generation })),
  );
}

/** Runs one and writes its figure; whether nothing failed. */
async function isFine({ file, generation, args }: Asked): Promise<boolean> {
  const run = { name: file, args, minutes, missing: () => undefined, mayBeEmpty: true };
  const start = Date.now();
  const write = (text: string) => process.stdout.write(text);
  const { passed, failed, said } = await runSuite(run, false, write, {
    GENERATIONS: generation,
    ROWS: 'all',
  });
  const took = (Date.now() - start) / 60_000;
  console.log(`${generation} ${file}: ${said}, ${took.toFixed(1)} min\n`);
  if (passed + failed > 0) {
    const text = readFileSync(page, 'utf8');
    const figure = { file, generation, passed, failed, minutes: took };
    writeFileSync(page, withSection(text, mark, withFigure(text, figure)));
  }
  return failed === 0;
}
