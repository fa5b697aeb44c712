import assert from 'node:assert/strict';
import { analyse } from '../../../core/chain/analysis.ts';
import { Project } from '../../../scripts/variants/project.ts';
import { rewriters } from '../../../scripts/variants/rewriters.ts';
import { chosenPlaces, spotsOf } from '../../../scripts/variants/spots.ts';
import type { Tally } from '../../../scripts/variants/tally.ts';
import { count, tallyTable, totalOf, tryAll } from '../../../scripts/variants/tally.ts';
import { originalOf, outcomeOf } from '../../../scripts/variants/trial.ts';
import { chainTexts } from '../../support/chains.ts';
import { replaceOnce } from '../../support/edits.ts';
import { parser, repoOf } from '../../support/go.ts';

/** Chains of several styles; `npm run variants` tries them all, at more places. */
const chains = ['list', 'statements-if', 'own-loader', 'registry', 'router', 'tagged'];

describe('a chain that is written in other ways', function () {
  this.timeout(120_000);

  for (const name of chains) {
    it(`reads the same: ${name}`, async () => {
      const repo = await repoOf(chainTexts(name));
      const analysis = analyse(repo);
      const project = new Project(repo, parser);
      const spots = spotsOf(analysis);
      const original = originalOf(analysis, undefined);
      const wrong = rewriters.flatMap(rewriter => {
        const places = chosenPlaces(rewriter, project, spots, 4);
        const tried = tryAll(original, places);
        return tried
          .filter(({ outcome }) => outcome.kind === 'wrong')
          .map(({ outcome }) => `${rewriter.name}: ${outcome.differences.join('; ')}`);
      });
      assert.deepEqual(wrong, []);
    });
  }

  it('is compared by what it means: another name, a lost place, one that is not known', async () => {
    const texts = chainTexts('list');
    const repo = await repoOf(texts);
    const original = originalOf(analyse(repo), undefined);
    const changed = (path: string, before: string, after: string) => {
      const text = texts[path]!;
      const whole = { start: 0, end: text.length };
      const edits = [{ ...whole, text: replaceOnce(path, text, before, after) }];
      return outcomeOf(original, [{ path, place: whole, edits, creates: new Map() }]).kind;
    };
    const constants = 'app/upgrades/v3/constants.go';
    assert.equal(changed(constants, 'package v3\n', 'package v3\n\n// A remark.\n'), 'same');
    assert.equal(changed(constants, '"v3"', '"v4"'), 'wrong');
    assert.equal(changed(constants, '"v3"', 'os.Args[0]'), 'unknown');
    assert.equal(changed('app/app.go', '\tapp.setupUpgradeHandlers()\n', ''), 'wrong');
    assert.equal(changed('app/app.go', 'package app', 'package app }'), 'wrong');
  });

  it('counts each place once', async () => {
    const repo = await repoOf(chainTexts('list'));
    const analysis = analyse(repo);
    const project = new Project(repo, parser);
    const [rewriter] = rewriters;
    const places = chosenPlaces(rewriter!, project, spotsOf(analysis), 1);
    const tally: Tally = new Map();
    count(tally, rewriter!, tryAll(originalOf(analysis, undefined), places));
    const all = { places: 1, same: 1, unknown: 0, refused: 0, wrong: 0 };
    assert.deepEqual(totalOf(tally), all);
    assert.match(tallyTable(tally), /\| all \| 1 \| 1 \| 0 \| 0 \| 0 \|\n$/);
  });
});
