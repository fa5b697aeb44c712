import { deepStrictEqual, match, ok, strictEqual } from 'node:assert/strict';
import { rules } from '../../core/rules/all.ts';
import { generations } from '../go/generations.ts';
import { Bench } from './bench.ts';
import type { Happened } from './bench.ts';
import { comparePage, exempt, writePage } from './page.ts';
import type { Told } from './page.ts';
import { rows } from './rows.ts';

describe('every rule that reports errors', () => {
  it('is shown, or exempt with a reason', () => {
    const shown = new Set(rows.map(({ rule }) => rule)), errors = rules.filter(({ severity }) => severity === 'error').map(({ name }) => name);
    deepStrictEqual(errors.filter(name => !shown.has(name) && !(name in exempt)), []);
    deepStrictEqual(Object.keys(exempt).filter(name => shown.has(name) || !errors.includes(name)), []);
  });
});

const asked = process.env['GENERATIONS']?.split(',') ?? ['0.50'];

for (const generation of generations.filter(one => asked.includes(one))) {
  describe(`what the rules say, on SDK ${generation}`, function () {
    this.timeout(15 * 60_000);
    const told: Told[] = [];
    let bench: Bench, good: Happened;
    before(() => {
      bench = new Bench(generation);
      good = bench.start();
    });
    after(() => bench?.remove());

    it('is silent about a version that upgrades well', async () => {
      deepStrictEqual([good.step, good.words, good.done], [undefined, undefined, 8]);
      deepStrictEqual([good.versions!['counter'], good.versions!['shelf']], [3, 1]);
      deepStrictEqual([good.state!['box'], good.state!['shelf'], good.state!['ledger']], [{ value: 'full' }, { value: 'empty' }, undefined]);
      deepStrictEqual(await bench.errors({ rule: '', mistake: '', edits: [], step: 'start', words: /./ }), []);
    });

    for (const row of rows) {
      it(`${row.rule}: ${row.mistake}`, async () => {
        const errors = await bench.errors(row);
        ok(errors.some(({ rule }) => rule === row.rule), `reported: ${errors.map(({ rule, message }) => `${rule} ${message}`).join('\n') || 'nothing'}`);
        const happened = bench.happens(row);
        strictEqual(happened.step, row.step, happened.words);
        match(happened.words!, row.words);
        const repaired = await bench.repaired(row);
        if (repaired) {
          deepStrictEqual(repaired.left.map(({ rule, message }) => `${rule} ${message}`), [], 'errors after the repair');
          const { step, words } = repaired.happened;
          if (row.rest === undefined) deepStrictEqual([step, words], [undefined, undefined], 'after the repair');
          else ok(step !== undefined && !row.words.test(words!), `after the repair, which does not do all: ${step} ${words}`);
        }
        told.push({ row, words: happened.words!, repair: repaired?.repair });
        if (process.env['WRITE_TRUTH'] === 'true') writePage(generation, told);
      });
    }

    it('is what docs/truth.md says', function () {
      if (told.length < rows.length) return this.skip();
      comparePage(generation, told);
    });
  });
}
