import assert from 'node:assert/strict';
import { analyse, readChain } from '../../../core/chain/analysis.ts';
import { lint } from '../../../core/lint/lint.ts';
import { layered, sampleChain, sampleNext } from '../../support/rule-pages.ts';

/** A tag that is released, the plans of the release before it, and those that are registered now. */
interface Tagged {
  readonly title: string;
  readonly tag: string;
  readonly before: readonly string[];
  readonly now: readonly string[];
  readonly severity: 'error' | 'warning' | undefined;
}

const releases: readonly Tagged[] = [
  {
    title: 'whole numbers, as all plans are',
    tag: 'v3.0.0',
    before: ['v1', 'v2'],
    now: ['v1', 'v2', 'v3'],
    severity: undefined,
  },
  {
    title: 'a folder in front of the tag',
    tag: 'chain/v3.0.0',
    before: ['v1', 'v2'],
    now: ['v1', 'v2', 'v3'],
    severity: undefined,
  },
  {
    title: 'two numbers, as all plans have',
    tag: 'v3.0.0',
    before: ['v1.0', 'v2.0'],
    now: ['v1.0', 'v2.0', 'v3.0'],
    severity: undefined,
  },
  {
    title: 'only the newest plan registered, and the one before it a whole number too',
    tag: 'v3.0.0',
    before: ['v2'],
    now: ['v3'],
    severity: undefined,
  },
  {
    title: 'only the newest plan registered, and the one before it with the tag in full',
    tag: 'v3.0.0',
    before: ['v2.0.0'],
    now: ['v3'],
    severity: 'error',
  },
  {
    title: 'the first plan, of which no other tells how plans are named',
    tag: 'v3.0.0',
    before: [],
    now: ['v3'],
    severity: 'warning',
  },
  {
    title: 'plans that have the tags in full',
    tag: 'v3.0.0',
    before: ['v1.0.0', 'v2.0.0'],
    now: ['v1.0.0', 'v2.0.0', 'v3'],
    severity: 'error',
  },
  {
    title: 'one plan of several that has its tag in full',
    tag: 'v3.0.0',
    before: ['v1', 'v2.0.0'],
    now: ['v1', 'v2.0.0', 'v3'],
    severity: 'error',
  },
  {
    title: 'another number',
    tag: 'v4.0.0',
    before: ['v1', 'v2'],
    now: ['v1', 'v2', 'v3'],
    severity: 'error',
  },
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
  for (const { title, tag, before, now, severity } of releases) {
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
