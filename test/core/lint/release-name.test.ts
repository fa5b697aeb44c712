import assert from 'node:assert/strict';
import { analyse, readChain } from '../../../core/chain/analysis.ts';
import { lint } from '../../../core/lint/lint.ts';
import { layered, sampleChain, sampleNext } from '../../support/rule-pages.ts';

/**
 * A tag that is released, the plans of the release before it, those that are registered now, and how
 * severe that is.
 */
type Tagged = readonly [
  title: string,
  tag: string,
  before: readonly string[],
  now: readonly string[],
  severity?: 'error' | 'warning',
];

const releases: readonly Tagged[] = [
  ['whole numbers, as all plans are', 'v3.0.0', ['v1', 'v2'], ['v1', 'v2', 'v3']],
  ['a folder in front of the tag', 'chain/v3.0.0', ['v1', 'v2'], ['v1', 'v2', 'v3']],
  ['two numbers, as all plans have', 'v3.0.0', ['v1.0', 'v2.0'], ['v1.0', 'v2.0', 'v3.0']],
  [
    'only the newest plan registered, and the one before it a whole number too',
    'v3.0.0',
    ['v2'],
    ['v3'],
  ],
  [
    'only the newest plan registered, and the one before it with the tag in full',
    'v3.0.0',
    ['v2.0.0'],
    ['v3'],
    'error',
  ],
  ['the first plan, of which no other tells how plans are named', 'v3.0.0', [], ['v3'], 'warning'],
  [
    'plans that have the tags in full',
    'v3.0.0',
    ['v1.0.0', 'v2.0.0'],
    ['v1.0.0', 'v2.0.0', 'v3'],
    'error',
  ],
  [
    'one plan of several that has its tag in full',
    'v3.0.0',
    ['v1', 'v2.0.0'],
    ['v1', 'v2.0.0', 'v3'],
    'error',
  ],
  ['another number', 'v4.0.0', ['v1', 'v2'], ['v1', 'v2', 'v3'], 'error'],
];

const list = 'app/upgrades.go';

function chainWith(plans: readonly string[]): ReadonlyMap<string, string> {
  const folderOf = (plan: string) => plan.replaceAll('.', '_');
  const like = sampleNext.get('app/upgrades/v3/upgrades.go')!;
  const packages = plans.map(
    plan =>
      [
        `app/upgrades/${folderOf(plan)}/upgrades.go`,
        like.replace('package v3', `package ${folderOf(plan)}`).replace('"v3"', `"${plan}"`),
      ] as const,
  );
  const imports = plans
    .map(plan => `\t${folderOf(plan)} "example.org/tally/app/upgrades/${folderOf(plan)}"\n`)
    .join('');
  const text = sampleChain
    .get(list)!
    .replace('\tv2 "example.org/tally/app/upgrades/v2"\n', imports)
    .replace('{v2.Upgrade}', `{${plans.map(plan => `${folderOf(plan)}.Upgrade`).join(', ')}}`);
  return new Map([
    ...[...sampleChain].filter(([path]) => !path.startsWith('app/upgrades/v2/')),
    ...packages,
    [list, text],
  ]);
}

describe('the name of the release', () => {
  for (const [title, tag, before, now, severity] of releases) {
    it(`${severity === undefined ? 'may be' : `is told as ${severity} for`} ${title}`, async () => {
      const [released, next] = await Promise.all([before, now].map(p => layered([chainWith(p)])));
      const base = { ref: 'v2.0.0', merged: true, repo: released!, chain: readChain(released!) };
      const found = lint(analyse(next!), { bases: [base], release: tag }).filter(
        problem => problem.rule === 'upgrade-name-inconsistent' && problem.message.includes(tag),
      );
      assert.deepEqual(
        found.map(problem => problem.severity),
        severity === undefined ? [] : [severity],
      );
    });
  }
});
