import assert from 'node:assert/strict';
import type { App } from '../../../core/chain/chain.ts';
import { doubtAbout } from '../../../core/chain/doubt.ts';

const day = 24 * 60 * 60;
const year = 365 * day;

/** An app of which only the registered plans matter. */
function appWith(...plans: readonly string[]): App {
  const location = { file: 'app.go', start: 0, end: 0, line: 1, column: 1 };
  return {
    dir: 'app',
    type: 'App',
    sdk: { version: null, generation: null, gomod: 'go.mod' },
    registration: [],
    storeStyle: [],
    stores: [],
    storesUnread: [],
    loadersUnread: [],
    orders: [],
    keepers: [],
    mounted: [],
    upgrades: plans.map(name => ({
      name,
      package: 'app',
      registered: true,
      location,
      buildTags: [],
    })),
  };
}

describe('doubtAbout', () => {
  const cases: [
    what: string,
    age: number,
    passedOver: string[],
    now: string[],
    then: string[] | undefined,
    doubt: RegExp | undefined,
  ][] = [
    ['a release of last month', 30 * day, [], ['v2', 'v3'], ['v2'], undefined],
    ['the candidate of the plan to come', 30 * day, ['v3.0.0-rc1'], ['v3'], ['v2'], undefined],
    [
      'a newer tag that a plan is named for',
      30 * day,
      ['v1.0.0-beta'],
      ['v1.0.0-beta'],
      [],
      /none of the plans of this commit, and the tag v1\.0\.0-beta is named for them/,
    ],
    ['a plan that both know', 30 * day, ['v3.0.0-beta'], ['v2', 'v3.0.0-beta'], ['v2'], undefined],
    ['an old release of a chain that rests', 3 * year, [], ['v2', 'v3'], ['v2'], undefined],
    [
      'an old release, and newer tags of another form',
      3 * year,
      ['v9-x', 'v8-x', 'v7-x'],
      ['v2', 'v3'],
      ['v2'],
      /3 years older than this commit, and the tags v9-x, v8-x and 1 more are newer/,
    ],
    [
      'an old release that has other plans',
      2 * year + day,
      [],
      ['v8', 'v9'],
      ['v2'],
      /2 years older than this commit, and has none of its plans/,
    ],
    ['an old release without plans', 2 * year, [], ['v1'], [], undefined],
    ['a release without the app', 30 * day, [], ['v1'], undefined, undefined],
  ];
  for (const [what, age, passedOver, now, then, expected] of cases)
    it(what, () => {
      const before = then && appWith(...then);
      const doubt = doubtAbout({ age, passedOver }, appWith(...now), before);
      if (expected) assert.match(doubt ?? '', expected);
      else assert.equal(doubt, undefined);
    });

  it('a release of a higher version than the commit has itself', () => {
    const chosen = { age: day, passedOver: [], lowerRelease: 'v0.1.0' };
    const doubt = doubtAbout(chosen, appWith('v2'), appWith('v2'));
    assert.equal(doubt, 'it is a higher version than v0.1.0, which this commit is released as');
  });
});
