import assert from 'node:assert/strict';
import { analyse, readChain } from '../../../core/chain/analysis.ts';
import type { Baseline } from '../../../core/chain/baseline.ts';
import type { Repo } from '../../../core/go/repo/repo.ts';
import { rules } from '../../../core/lint/all.ts';
import { appliedPlans } from '../../../core/lint/applied-plans.ts';
import type { Diagnostic } from '../../../core/lint/diagnostic.ts';
import type { Fixed, Looked } from '../../../core/lint/fix-all.ts';
import { fixAll, takenBackNote } from '../../../core/lint/fix-all.ts';
import { lint } from '../../../core/lint/lint.ts';
import type { Severity } from '../../../core/lint/rule.ts';
import { replaceOnce } from '../../support/edits.ts';
import { repoOf } from '../../support/go.ts';
import {
  layered,
  pageOf,
  problemsIn,
  sampleChain,
  sampleNext,
  samplesOf,
} from '../../support/rule-pages.ts';

const file = 'app/words.go';

/** A rule for tests: it reports a word of the file, and its fix writes another one. */
interface WordRule {
  readonly word: string;
  readonly message?: string;
  readonly severity?: Severity;
  readonly instead?: string;
  readonly preferred?: boolean;
}

const textOf = (repo: Repo) => repo.texts.get(file)!;

function problemOf(text: string, rule: WordRule): Diagnostic | undefined {
  const { word, instead, message = word, severity = 'error', preferred = true } = rule;
  const start = text.indexOf(word);
  if (start < 0) return undefined;
  const end = start + word.length;
  return {
    rule: word,
    severity,
    location: { file, start, end, line: 3, column: 1 },
    message,
    related: [],
    fixes:
      instead === undefined
        ? []
        : [
            {
              title: `Write ${instead}`,
              preferred,
              edit: changes => changes.edit(file, start, end, instead),
            },
          ],
  };
}

async function fixed(
  words: string,
  wordRules: readonly WordRule[],
  applied: (text: string) => readonly string[] = () => [],
): Promise<Fixed & { readonly text: string }> {
  const repo = await repoOf({ 'go.mod': 'module a\n', [file]: `package app\n\n// ${words}\n` });
  const look = (now: Repo): Looked => ({
    problems: wordRules.flatMap(rule => problemOf(textOf(now), rule) ?? []),
    applied: applied(textOf(now)),
  });
  const result = fixAll(repo, look);
  return { ...result, text: textOf(result.repo).split('// ')[1]!.trim() };
}

describe('all fixes', () => {
  it('are made where they are preferred, and nowhere else', async () => {
    const { text, applied, takenBack } = await fixed('red blue', [
      { word: 'red', instead: 'green' },
      { word: 'blue', instead: 'white', preferred: false },
    ]);
    assert.deepEqual([text, applied, takenBack], ['green blue', 1, []]);
  });

  for (const severity of ['error', 'warning'] as const) {
    it(`are taken back where they bring another ${severity}, which is said`, async () => {
      const { text, applied, takenBack } = await fixed('red', [
        { word: 'red', instead: 'green' },
        { word: 'green', severity },
      ]);
      assert.deepEqual([text, applied], ['red', 0]);
      assert.deepEqual(takenBack.map(takenBackNote), [
        'app/words.go:3: not repaired (red): "Write green" would bring another finding: green (green)',
      ]);
    });
  }

  it('stay where they only bring advice', async () => {
    const { text } = await fixed('red', [
      { word: 'red', instead: 'green' },
      { word: 'green', severity: 'info' },
    ]);
    assert.equal(text, 'green');
  });

  it('stay where another finding only says it in other words', async () => {
    const repo = await repoOf({ 'go.mod': 'module a\n', [file]: 'package app\n\n// red blue\n' });
    const look = (now: Repo): Looked => {
      const left = ['red', 'blue'].filter(word => textOf(now).includes(word));
      const message = `of ${left.join(', ')} none is right`;
      return {
        problems: left.flatMap(
          word => problemOf(textOf(now), { word, message, instead: 'green' }) ?? [],
        ),
        applied: [],
      };
    };
    assert.match(textOf(fixAll(repo, look).repo), /green green/);
  });

  it('are taken back where a finding becomes graver', async () => {
    const repo = await repoOf({ 'go.mod': 'module a\n', [file]: 'package app\n\n// red blue\n' });
    const look = (now: Repo): Looked => {
      const text = textOf(now);
      const severity = text.includes('red') ? 'warning' : 'error';
      return {
        problems: [
          problemOf(text, { word: 'red', instead: 'green' }),
          problemOf(text, { word: 'blue', severity }),
        ].filter(problem => problem !== undefined),
        applied: [],
      };
    };
    assert.deepEqual(fixAll(repo, look).applied, 0);
  });

  it('are taken back where the same finding comes once more', async () => {
    const repo = await repoOf({ 'go.mod': 'module a\n', [file]: 'package app\n\n// red blue\n' });
    const look = (now: Repo): Looked => {
      const text = textOf(now);
      const blues = text.split('blue').slice(1);
      return {
        problems: [
          problemOf(text, { word: 'red', instead: 'blue' }),
          ...blues.map(() => problemOf(text, { word: 'blue', severity: 'warning' })),
        ].filter(problem => problem !== undefined),
        applied: [],
      };
    };
    assert.equal(fixAll(repo, look).applied, 0);
  });

  it('are taken back where a file does not parse any more', async () => {
    const { applied, takenBack } = await fixed('red', [{ word: 'red', instead: '\n)' }]);
    assert.equal(applied, 0);
    assert.match(takenBackNote(takenBack[0]!), / would break the syntax of app\/words\.go$/);
  });

  it('are taken back where the finding stays', async () => {
    const { applied, takenBack } = await fixed('red', [{ word: 'red', instead: 'reddish' }]);
    assert.equal(applied, 0);
    assert.match(takenBackNote(takenBack[0]!), /"Write reddish" would not take the finding away$/);
  });

  it('are taken back where they change a plan that was applied', async () => {
    const { text, takenBack } = await fixed('red', [{ word: 'red', instead: 'green' }], words =>
      words.includes('red') ? ['"v1" adds red'] : ['"v1" adds green'],
    );
    assert.equal(text, 'red');
    assert.match(
      takenBackNote(takenBack[0]!),
      /would change a plan that was applied: "v1" adds red$/,
    );
  });

  it('go on after one that was taken back', async () => {
    const { text, applied } = await fixed('red blue', [
      { word: 'red', instead: 'green' },
      { word: 'green' },
      { word: 'blue', instead: 'white' },
    ]);
    assert.deepEqual([text, applied], ['red white', 1]);
  });
});

describe('what was applied', () => {
  const plansOf = async (changes: Readonly<Record<string, (text: string) => string>>) => {
    const released = await layered([sampleChain]);
    const base: Baseline = {
      ref: 'v1.0.0',
      merged: true,
      repo: released,
      chain: readChain(released),
    };
    const next = await layered([sampleChain, sampleNext]);
    const texts = Object.entries(changes).map(
      ([path, change]) => [path, change(next.texts.get(path)!)] as const,
    );
    return appliedPlans(analyse(next.with(texts)), [base]);
  };
  const list = 'app/upgrades.go';

  it('is what the release registers, not what is new', async () =>
    assert.deepEqual(await plansOf({}), ['"v2" with a store loader']));

  it('stays the same where the new one changes', async () =>
    assert.deepEqual(
      await plansOf({ [list]: text => replaceOnce(list, text, ', v3.Upgrade}', '}') }),
      await plansOf({}),
    ));

  it('is another one without the registration', async () =>
    assert.deepEqual(
      await plansOf({ [list]: text => replaceOnce(list, text, '{v2.Upgrade, ', '{') }),
      [],
    ));

  it('is another one with other stores', async () =>
    assert.deepEqual(
      await plansOf({
        'app/upgrades/v2/upgrades.go': text =>
          replaceOnce(
            'v2',
            replaceOnce(
              'v2',
              text,
              'CreateUpgradeHandler: CreateUpgradeHandler}',
              'CreateUpgradeHandler: CreateUpgradeHandler, ' +
                'StoreUpgrades: storetypes.StoreUpgrades{Added: []string{"ledger"}}}',
            ),
            'import (\n',
            'import (\n\tstoretypes "cosmossdk.io/store/types"\n',
          ),
      }),
      ['"v2" adds ledger with a store loader'],
    ));
});

/** What is made unasked of the mistakes on the rules' pages: a decision for each rule. */
const preferredOnPages: Readonly<Record<string, boolean>> = {
  'added-not-a-store-key': true,
  'deleted-not-a-store': false,
  'deleted-store-still-mounted': false,
  'duplicate-upgrade': true,
  'empty-rename': false,
  'expected-versions-stale': true,
  'handlers-before-configurator': true,
  'migration-gap': false,
  'packet-forward-orphan-key': false,
  'preblocker-wiring': true,
  'run-migrations-result': true,
  'stale-added': true,
  'store-loader-after-load': true,
  'store-loader-unconditional': true,
  'store-not-added': true,
  'store-upgrades-loop-pointer': true,
  'store-upgrades-nil': true,
  'upgrade-not-registered': true,
};

describe('the preferred fixes of the pages', () => {
  for (const rule of rules) {
    it(`of ${rule.name} are those where nothing is left to doubt`, async () => {
      const { base, bad } = await samplesOf(pageOf(rule));
      const fixes = problemsIn(bad, base)
        .filter(problem => problem.rule === rule.name)
        .flatMap(problem => problem.fixes);
      const decided = fixes.length === 0 ? undefined : fixes.some(({ preferred }) => preferred);
      assert.equal(decided, preferredOnPages[rule.name]);
    });

    it(`of ${rule.name} leave no error of it, and are not taken back`, async () => {
      const { base, bad } = await samplesOf(pageOf(rule));
      const bases = [{ ref: 'v1.0.0', merged: true, repo: base, chain: readChain(base) }];
      const look = (repo: Repo): Looked => {
        const analysis = analyse(repo);
        return { problems: lint(analysis, { bases }), applied: appliedPlans(analysis, bases) };
      };
      const own = fixAll(bad, look, problem =>
        problem.rule === rule.name ? problem.fixes.find(fix => fix.preferred) : undefined,
      );
      assert.deepEqual(own.takenBack.map(takenBackNote), []);
    });
  }
});
