import assert from 'node:assert/strict';
import type { TriedEra } from '../../scripts/eras/section.ts';
import { eraSection, eraSum } from '../../scripts/eras/section.ts';

const tried = (outcome: string, types: string): TriedEra => ({
  chain: 'a/b',
  app: 'app',
  sdk: '0.50',
  decided: 'x/gov',
  outcome,
  types,
});

describe('eras on real chains', () => {
  it('are summed up on the page, types only where they were asked for', () => {
    const all = [
      tried('proved', 'types fit'),
      tried('proved', 'types fit, in part'),
      tried('proved', 'not fetched'),
      tried('proved', 'app/app.go:1:2: undefined: era'),
      tried('refused: of | two', ''),
    ];
    assert.equal(
      eraSum(all),
      '4 of 5 apps proved. The types of 4 were asked for: they fit in 2, in 1 of these as far as ' +
        'modules could be fetched; in 1 modules that they need could not be fetched, and in 1 ' +
        'they do not fit.',
    );
    assert.equal(eraSum([tried('proved', '')]), '1 of 1 apps proved.');
    const section = eraSection(all);
    assert.ok(section.startsWith(`\n${eraSum(all)}\n\n| chain |`));
    assert.match(section, /\| a\/b \| app \| 0\.50 \| x\/gov \| refused: of \\\| two \| {2}\|\n/);
  });
});
