import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { Plan } from '../../core/plan/plan.ts';
import { refuse } from '../../core/plan/plan.ts';
import { gofmtFaults } from '../../scripts/corpus/gofmt.ts';
import { results } from '../../scripts/corpus/page.ts';
import { withSection } from '../../scripts/corpus/section.ts';
import { study } from '../../scripts/corpus/study.ts';
import type { Row } from '../../scripts/corpus/table.ts';
import { expectedGenerations, readTable } from '../../scripts/corpus/table.ts';
import { planFaults, refusalFaults } from '../../scripts/corpus/trial.ts';
import { failures, verdictOf } from '../../scripts/corpus/verdicts.ts';
import { chainTexts } from '../support/chains.ts';
import { git, History } from '../support/git.ts';
import { parser, repoOf } from '../support/go.ts';
import { gofmtIsHere, withoutGofmt } from '../support/gofmt.ts';
import { tempDir } from '../support/temp.ts';

const header = 'repository\tcommit\tref\tsdk\tregistration\tstores\n';
const commit = '0123456789abcdef0123456789abcdef01234567';

describe('the corpus table', () => {
  it('is read line by line', () => {
    const [row, ...more] = readTable(`${header}a/b\t${commit}\tv1\tv0.50.1\tR1\tS1\n`);
    assert.deepEqual(
      [row, more],
      [
        { repository: 'a/b', commit, ref: 'v1', sdk: 'v0.50.1', registration: 'R1', stores: 'S1' },
        [],
      ],
    );
  });

  it('says where it is wrong', () => {
    assert.throws(() => readTable('a\tb\n'), /first line/);
    assert.throws(
      () => readTable(`${header}a/b\t${commit}\tv1\tv0.50.1\tR1\n`),
      /line 2 does not have 6 values/,
    );
    assert.throws(
      () => readTable(`${header}a/b\tHEAD\tv1\tv0.50.1\tR1\tS1\n`),
      /line 2: HEAD is no full commit hash/,
    );
    assert.throws(
      () => readTable(`${header}../b\t${commit}\tv1\tv0.50.1\tR1\tS1\nx`),
      /line 3|no owner/,
    );
  });

  it('tells which SDK generations a version or a remark stands for', () => {
    const of = (sdk: string) => expectedGenerations({ sdk } as Row);
    assert.deepEqual(
      [of('v0.46.7-0.20221130'), of('v0.39.3'), of('(in-repo; 0.53/0.54-dev)')],
      [['0.46'], ['0.39'], ['0.53', '0.54']],
    );
  });
});

describe('the corpus checks', () => {
  it('find a refusal that does not help', () => {
    assert.deepEqual(
      refusalFaults(refuse('this way is not supported', { snippet: 'x' }), false),
      [],
    );
    assert.deepEqual(refusalFaults(refuse('this store is not mounted'), true), []);
    assert.deepEqual(refusalFaults(refuse(' '), false), [
      'refused without a reason',
      'refused without a snippet to paste',
    ]);
    assert.deepEqual(
      refusalFaults({ ...refuse('no'), creates: [{ file: 'a.go', text: '' }] }, true),
      ['refused, and yet something would be written'],
    );
  });

  it('find a plan that does not fit the repository, writes twice or cannot be taken back', async () => {
    const repo = await repoOf({ 'app.yaml': '1' });
    const plan = (part: Partial<Plan>): Plan => ({ creates: [], edits: [], notes: [], ...part });
    const of = (part: Partial<Plan>, again: Plan = refuse('there already')) =>
      planFaults({ repo }, plan(part), () => again);
    assert.deepEqual(of({ edits: [{ file: 'app.yaml', before: '1', after: '2' }] }), []);
    assert.deepEqual(of({ edits: [{ file: 'app.yaml', before: '1', after: '2' }] }, plan({})), [
      'a second run would write it again',
    ]);
    assert.deepEqual(of({}), ['nothing would be written']);
    assert.deepEqual(of({ creates: [{ file: 'app.yaml', text: '2' }] }), [
      'app.yaml exists already',
      'its inverse does not restore every byte',
    ]);
    assert.deepEqual(of({ edits: [{ file: 'app.yaml', before: '0', after: '2' }] }), [
      'app.yaml is not what the plan started from',
      'its inverse does not restore every byte',
    ]);
  });

  (gofmtIsHere ? it : it.skip)(
    `hold written Go against gofmt${gofmtIsHere ? '' : ` (${withoutGofmt})`}`,
    () => {
      const clean = 'package a\n\nvar x = 1\n';
      const sloppy = 'package a\n\nvar  x = 1\n';
      assert.deepEqual(
        gofmtFaults([
          { file: 'a.go', after: clean },
          { file: 'b.go', before: clean, after: `${clean}\nvar y = 2\n` },
        ]),
        [],
      );
      assert.deepEqual(gofmtFaults([{ file: 'a.go', after: sloppy }]), [
        'a.go: gofmt would change it',
      ]);
      assert.deepEqual(gofmtFaults([{ file: 'a.go', before: clean, after: sloppy }]), [
        'a.go: gofmt would change it',
      ]);
      assert.deepEqual(
        gofmtFaults([{ file: 'a.go', before: clean, after: 'package a\n\nvar x = = 1\n' }]),
        ['a.go: gofmt cannot parse it'],
      );
      // What was not clean before may stay so, outside of what was written.
      assert.deepEqual(
        gofmtFaults([{ file: 'a.go', before: sloppy, after: `${sloppy}\nvar y = 2\n` }]),
        [],
      );
      assert.deepEqual(
        gofmtFaults([{ file: 'a.go', before: sloppy, after: `${sloppy}\nvar  y = 2\n` }]),
        ['a.go:5: gofmt would change a line that was written'],
      );
      // Line ends are the chain's own.
      assert.deepEqual(
        gofmtFaults([
          {
            file: 'a.go',
            before: '\uFEFFpackage a\r\n',
            after: '\uFEFFpackage a\r\n\r\nvar x = 1\r\n',
          },
        ]),
        [],
      );
    },
  );
});

(gofmtIsHere ? describe : describe.skip)(
  `a corpus of small chains${gofmtIsHere ? '' : ` (${withoutGofmt})`}`,
  () => {
    const mirrors = tempDir();

    /** A bare repository `me+<chain>/repo` of one commit, and its row. */
    function row(chain: string, registration: string, stores: string): Row {
      const history = new History(tempDir(chainTexts(chain)));
      const made = history.commit();
      git(history.dir, 'clone', '--quiet', '--bare', '.', join(mirrors, `me+${chain}`, 'repo'));
      return {
        repository: `me/${chain}`,
        commit: made,
        ref: 'main',
        sdk: 'v0.50.1',
        registration,
        stores,
      };
    }

    it('proves and refuses, and says where the table disagrees', async () => {
      const rows = [
        row('list', 'R1', 'S1'),
        row('single', 'R4', 'S3'),
        row('computed', 'R10', 'S3'),
        { ...row('none', 'R14', 'S0'), repository: 'me/elsewhere' },
      ];
      const studies = await Promise.all(rows.map(one => study(one, mirrors, parser)));
      const [list, single, computed, elsewhere] = studies;
      assert.deepEqual(studies.flatMap(failures), []);
      assert.deepEqual(
        list!.trials.map(({ variant, outcome }) => [variant, outcome]),
        [
          ['no stores', 'proved'],
          ['stores', 'proved'],
        ],
      );
      assert.deepEqual(verdictOf(list!), { sdk: true, registration: true, stores: true });
      assert.deepEqual(
        single!.trials.map(({ variant, outcome }) => [variant, outcome]),
        [
          ['no stores', 'proved'],
          ['stores', 'proved'],
          ['convert, no stores', 'proved'],
          ['convert, stores', 'proved'],
        ],
      );
      assert.equal(verdictOf(single!).registration, false);
      assert.deepEqual(
        computed!.trials.map(({ inScope, outcome }) => [inScope, outcome]),
        [
          [false, 'refused'],
          [false, 'refused'],
        ],
      );
      assert.match(elsewhere!.absent ?? '', /no repository me\+elsewhere\/repo/);

      const page = withSection(
        '# Title\n<!-- corpus -->\nold\n<!-- /corpus -->\nBy hand.\n',
        'corpus',
        results(studies),
      );
      assert.match(page, /^# Title\n<!-- corpus -->\n[\s\S]*<!-- \/corpus -->\nBy hand\.\n$/);
      assert.ok(!page.includes('old\n'));
      assert.match(page, /\| checkouts read \| 3\/4 \|/);
      assert.match(page, /\| registration as expected \| 2\/3 \|/);
      assert.match(page, /\| me\/single@main \| 0\.50 \| expected R4, found R3 \| S3 \|/);
      assert.match(page, /\| me\/elsewhere@main .*not read/);
      assert.throws(() => withSection('# Title\n', 'corpus', results(studies)), /<!-- corpus -->/);
      for (const line of Object.values(chainTexts('list'))
        .flatMap(text => text.split('\n'))
        .filter(text => text.includes('SetUpgradeHandler')))
        assert.ok(!page.includes(line.trim()));
    });

    it('survives a commit that is not there', async () => {
      const made = await study({ ...row('old', 'R1', 'S1'), commit }, mirrors, parser);
      assert.ok(made.crash);
      assert.match(results([made]), /\| crashes \| 1 \|/);
    });
  },
);
