import assert from 'node:assert/strict';
import { lint } from '../../../../core/lint/lint.ts';
import { writtenFiles } from '../../../../core/plan/plan.ts';
import type { Answers } from '../../../../core/plan/question.ts';
import { planRename } from '../../../../core/tasks/tasks.ts';
import { gofmtIsHere, gofmtWish } from '../../../support/gofmt.ts';
import type { Opened } from '../../../support/plans.ts';
import { applied, inputOf, openChain, planIn } from '../../../support/plans.ts';
import { texts } from '../../../support/renamed.ts';

/**
 * A name for New Upgrade, and names to rename to. They sort as the first does among the chain's
 * others: a rename leaves a plan where it stands in a list.
 */
const names: Record<string, readonly [name: string, ...others: string[]]> = {
  closures: ['v5', 'v6', 'v5.1', 'v12'],
  crlf: ['v5', 'v6', 'v5.1', 'v12'],
  empty: ['v5', 'v6', 'v5.1', 'aurora'],
  factory: ['copper', 'zinc', 'v5.1'],
  forks: ['v5', 'v6', 'v5.1', 'aurora'],
  // Beside a loader New Upgrade imports `v5_1` without the alias that the others have there.
  functions: ['v5', 'v6', 'v12'],
  latest: ['v5', 'v6', 'v5.1', 'v12'],
  list: ['v5', 'v6', 'v5.1', 'v12'],
  'list-networks': ['v5', 'v6', 'v5.1', 'v12'],
  'list-nostores': ['v0.3.0', 'v0.4.0', 'v1.0.0'],
  'list-one-package': ['v1.3.0', 'v1.4.0', 'v2.0.0'],
  'list-oneline': ['v4.2.0', 'v4.3.0', 'v5.0.0'],
  local: ['v5', 'v6', 'v5.1', 'v12'],
  map: ['clover', 'dahlia', 'v5.1'],
  methods: ['v1.6', 'v1.7', 'v2.0'],
  'name-file': ['v1.11.0', 'v1.12.0', 'v2.0.0'],
  names: ['v1.3.0', 'v1.4.0', 'v2.0.0'],
  nested: ['v1.2.0', 'v1.3.0', 'v2.0.0'],
  newest: ['v1.3.0', 'v1.4.0', 'v2.0.0'],
  none: ['v2', 'v3', 'v2.1', 'aurora'],
  old: ['v2', 'v3', 'v2.1', 'aurora'],
  'own-loader': ['v3', 'v4', 'v3.1'],
  private: ['v1.3', 'v1.4', 'v2.0'],
  registry: ['v1.3.0', 'v1.4.0', 'v2.0.0'],
  rewritten: ['v3.2.0', 'v3.3.0', 'v4.0.0'],
  router: ['v1.3.0', 'v1.4.0', 'v2.0.0'],
  'side-list': ['v1.2', 'v1.3', 'v2.0'],
  single: ['v4', 'v5', 'v4.1'],
  'single-inline': ['bronze', 'silver'],
  'single-two-apps': ['v5', 'v6', 'v5.1'],
  statements: ['v5', 'v6', 'v5.1', 'v12'],
  'statements-if': ['copper', 'zinc', 'v5.1'],
  tagged: ['v5', 'v6', 'v5.1', 'v12'],
  typed: ['v3.0.0', 'v4.0.0', 'v3.1.0'],
};

/** Renames a plan, which has to be offered, in Go that gofmt leaves as it is. */
function renamed(opened: Opened, name: string, to: string): Opened {
  const plan = planRename(inputOf(opened), { name, to });
  assert.equal(plan.refused?.reason, undefined, `${name} to ${to}`);
  const after = applied(opened, plan);
  const written = writtenFiles(plan).filter(file => gofmtIsHere && file.endsWith('.go'));
  for (const file of written) assert.equal(gofmtWish(after.repo.texts.get(file)!), undefined, file);
  return after;
}

/** The rules that report something, each as often as it does. */
function findings(opened: Opened): string[] {
  return lint(opened)
    .map(({ rule }) => rule)
    .sort();
}

function withUpgrade(opened: Opened, name: string, chain: string): Opened {
  const store = opened.app.stores.filter(({ kind }) => kind === 'kv').at(-1)!.name!;
  const answers: Answers = { name, test: true, added: chain === 'old' ? [] : [store] };
  const plan = planIn(opened, answers);
  assert.equal(plan.refused?.reason, undefined, name);
  return applied(opened, plan);
}

/**
 * The texts of a chain; where a plan's first name is a word, comments and messages may say that or the
 * other, for a rename leaves them.
 */
function codeOf(opened: Opened, from: string, to: string): Record<string, string> {
  const isWord = !/\d/.test(from);
  const unsaid = (said: string) => said.replaceAll(from, '…').replaceAll(to, '…');
  return Object.fromEntries(
    Object.entries(texts(opened)).map(([file, text]) => [
      file,
      isWord ? text.replace(/\/\/.*|"[^"\n]* [^"\n]*"/g, unsaid) : text,
    ]),
  );
}

describe('a renamed plan', function () {
  this.timeout(60_000);

  for (const [chain, [name, ...others]] of Object.entries(names)) {
    describe(`in ${chain}`, () => {
      let fresh: Opened;
      let opened: Opened;
      before(async () => {
        fresh = await openChain(chain);
        opened = withUpgrade(fresh, name, chain);
      });

      for (const other of others) {
        it(`is what New Upgrade makes of ${other}`, () => {
          const after = renamed(opened, name, other);
          const made = withUpgrade(fresh, other, chain);
          assert.deepEqual(codeOf(after, name, other), codeOf(made, name, other));
        });

        it(`brings no finding as ${other}`, () => {
          assert.deepEqual(findings(renamed(opened, name, other)), findings(opened));
        });

        it(`is as it was once ${other} is renamed back`, () => {
          const there = renamed(opened, name, other);
          const back = renamed(there, other, name);
          assert.deepEqual(codeOf(back, other, name), codeOf(opened, other, name));
        });
      }
    });
  }
});
