import assert from 'node:assert/strict';
import { askedGenerations } from '../support/asked-generations.ts';
import type { Happened, Tried } from './bench.ts';
import { Bench } from './bench.ts';
import { isExplained } from './explained.ts';
import { writePage } from './page.ts';
import type { Said } from './record.ts';
import { readRecord, steadySaid, writeRecord } from './record.ts';
import type { Row } from './row.ts';
import { rowsOf } from './rows.ts';

const upgradeHeight = 8;
const ahead = 3;

for (const generation of askedGenerations()) {
  describe(`what the rules say, on SDK ${generation}`, function () {
    this.timeout(15 * 60_000);
    const told: Said[] = [];
    const rows = rowsOf(generation);
    let bench: Bench;
    let good: Happened;
    const trials = new Map<Row, Promise<Tried>>();
    /** What came of a row; those behind it are compiled meanwhile. */
    const tried = (row: Row): Promise<Tried> => {
      for (const one of rows.slice(rows.indexOf(row)).slice(0, ahead)) {
        if (trials.has(one)) continue;
        const trial = bench.tried(one);
        trial.catch(() => undefined);
        trials.set(one, trial);
      }
      return trials.get(row)!;
    };
    before(async () => {
      bench = new Bench(generation);
      good = await bench.start();
    });
    after(async () => {
      await Promise.allSettled(trials.values());
      bench.remove();
    });

    it('is silent about a version that upgrades well', async () => {
      assert.deepEqual([good.step, good.words, good.done], [undefined, undefined, upgradeHeight]);
      assert.deepEqual([good.versions!['counter'], good.versions!['shelf']], [3, 1]);
      assert.deepEqual(
        [good.state!['box'], good.state!['shelf'], good.state!['ledger']],
        [{ value: 'full' }, { value: 'empty' }, undefined],
      );
      const { now, relint } = await bench.versions.read({ edits: [] });
      assert.deepEqual(
        relint(now).filter(({ severity }) => severity === 'error'),
        [],
      );
    });

    for (const row of rows) {
      it(`${row.rule}: ${row.mistake}`, async () => {
        const { reading, happened, repaired } = await tried(row);
        const errors = reading.relint(reading.now).filter(({ severity }) => severity === 'error');
        assert.ok(
          errors.some(({ rule }) => rule === row.rule),
          `reported: ${errors.map(({ rule, message }) => `${rule} ${message}`).join('\n') || 'nothing'}`,
        );
        const said = saidOf(row, happened, repaired?.repair);
        assert.equal(said.step, row.step, said.words);
        assert.match(said.words, row.words);
        if (repaired) {
          assert.deepEqual(
            repaired.left.map(({ rule, message }) => `${rule} ${message}`),
            [],
            'errors after the repair',
          );
          const { step, words } = repaired.happened;
          if (row.rest === undefined)
            assert.deepEqual([step, words], [undefined, undefined], 'after the repair');
          else
            assert.ok(
              step !== undefined && !row.words.test(words!),
              `after the repair, which does not do all: ${step} ${words}`,
            );
        }
        told.push(said);
        if (process.env['WRITE_TRUTH'] === 'true') writePage(writeRecord(generation, told));
        isExplained(reading, row, said);
      });
    }

    it('is what docs/truth.md says', function () {
      if (told.length < rows.length) {
        console.log(
          `      not compared: ${rows.length - told.length} of ${rows.length} mistakes were not made, or were not told as they should be`,
        );
        return this.skip();
      }
      const steadyOf = (all: readonly Said[]) => all.map((said, i) => steadySaid(rows[i]!, said));
      assert.deepEqual(
        steadyOf(readRecord()[generation] ?? []),
        steadyOf(told),
        'run `npm run test:truth`',
      );
    });
  });
}

function saidOf(
  { rule, mistake, shownBy, wrongState }: Row,
  { step = 'never', words, done, before, versions, stores, state }: Happened,
  repair: string | undefined,
): Said {
  // Where this machine keeps its modules is of no interest.
  return {
    rule,
    mistake,
    step,
    words:
      words?.replace(/ \[\S*\/pkg\/mod\//g, ' [') ??
      `the state of ${shownBy} is ${JSON.stringify(state?.[shownBy ?? ''])}`,
    ...(repair !== undefined && { repair }),
    ...(wrongState && {
      state: {
        height: upgradeHeight,
        applied: done!,
        before: before!,
        after: versions!,
        stores: stores!,
      },
    }),
  };
}
