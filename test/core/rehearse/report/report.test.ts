import assert from 'node:assert/strict';
import { reportHtml } from '../../../../core/rehearse/report/html.ts';
import { reportMarkdown } from '../../../../core/rehearse/report/markdown.ts';
import { rehearsalReport } from '../../../../core/rehearse/report/report.ts';
import {
  countWords,
  sizeWords,
  timeWords,
  valueWords,
} from '../../../../core/rehearse/report/words.ts';
import type { Rehearsal } from '../../../../core/rehearse/result.ts';
import { fullRehearsal, passedRehearsal } from '../../../support/reported.ts';

const titles = (rehearsal: Rehearsal) =>
  rehearsalReport(rehearsal).tables.map(({ title }) => title);
const tableOf = (rehearsal: Rehearsal, title: string) =>
  rehearsalReport(rehearsal).tables.find(table => table.title === title)!.rows;

describe('numbers in a report', () => {
  it('are what people read', () => {
    assert.deepEqual([0, 999, 1000, 1234567].map(countWords), ['0', '999', '1,000', '1,234,567']);
    assert.deepEqual([0, 640, 1250, 59_900, 125_000].map(timeWords), [
      '0 ms',
      '640 ms',
      '1.3 s',
      '59.9 s',
      '2 min 5 s',
    ]);
    assert.deepEqual([0, 999, -2048, 1_234_567_890].map(sizeWords), [
      '0 B',
      '999 B',
      '-2.0 kB',
      '1.2 GB',
    ]);
    assert.deepEqual([null, 'a', 5, { a: [1] }].map(valueWords), ['-', 'a', '5', '{"a":[1]}']);
    assert.equal(valueWords('x'.repeat(100)), `${'x'.repeat(80)}…`);
  });
});

describe('a report', () => {
  it('says what ran, and leaves out what was not looked at', () => {
    const { passed, facts, failure, changes } = rehearsalReport(passedRehearsal);
    assert.deepEqual([passed, failure, changes], [true, [], []]);
    assert.deepEqual(facts, [
      'From v2.0.0 to the working tree, applied at height 12,345.',
      'On a fresh chain.',
      'Its blocks were made by one validator with CometBFT.',
      'It took 1 min 2 s.',
    ]);
    assert.deepEqual(titles(passedRehearsal), ['Modules', 'Steps']);
    assert.deepEqual(tableOf(passedRehearsal, 'Modules'), [
      { cells: ['counter', '1', '2', '2'], ok: true },
    ]);
  });

  it('says all that was found', () => {
    assert.deepEqual(rehearsalReport(fullRehearsal).facts, [
      'From v2.0.0 to the working tree, applied at height 12,345.',
      'On the state of snapshot.tar.gz: tally-1 at height 12,343.',
      'Its blocks were made by chain-upgrade, without CometBFT.',
      'The upgrade block took 640 ms to execute and 95 ms to commit, with 1.2 GB of memory at most.',
      'The upgrade block was made twice, with DIFFERENT app hashes: it would fork the network.',
      'It took 1 min 2 s.',
    ]);
    assert.deepEqual(titles(fullRehearsal), [
      'Checks',
      'Modules',
      'Stores that are not as they should be',
      'Where the two app hashes differ',
      'Sums that have to hold',
      'Pending, and not known to the new version',
      'Ways out: --unsafe-skip-upgrades',
      'Steps',
    ]);
    assert.deepEqual(rehearsalReport(fullRehearsal).failure, [
      ['Failed at', 'repeat'],
      ['Words', 'two runs of the upgrade block gave different app hashes'],
      ['Rule', 'nondeterministic-handler'],
      ['Place', 'app/upgrades/v3/upgrades.go:27'],
      ['Store', 'counter'],
      ['Key', '0a01ff'],
      ['Repair', 'sort what the handler ranges over'],
    ]);
    assert.deepEqual(tableOf(fullRehearsal, 'Checks'), [
      { cells: ['the pool keeps its funds', '12', '11', 'fails'], ok: false },
      { cells: ['the ledger has its head', '-', '{"a":[1]}', 'holds'], ok: true },
    ]);
    assert.deepEqual(tableOf(fullRehearsal, 'Where the two app hashes differ')[1]!.cells, [
      'wasm',
      'not compared',
    ]);
  });

  it('marks stores that changed for no reason, and migrations that changed nothing', () => {
    assert.deepEqual(
      rehearsalReport(fullRehearsal).changes.map(({ store, remark }) => [store, remark]),
      [
        ['counter', ''],
        ['ledger', ''],
        ['bank', 'no migration explains this'],
        ['gov', 'its migration changed nothing'],
      ],
    );
  });

  it('says equal hashes, a validator and a failure without a place', () => {
    const { compared } = fullRehearsal;
    const other: Rehearsal = {
      ...fullRehearsal,
      mode: 'validator',
      state: null,
      cost: null,
      compared: { ...compared, appHash: { ...compared.appHash!, equal: true, differs: [] } },
      failure: { step: 'upgrade', words: 'boom', rule: null, file: null, line: null, fix: null },
    };
    const { facts, failure } = rehearsalReport(other);
    assert.ok(facts.includes('The upgrade block was made twice, with the same app hash.'));
    assert.ok(facts.includes('Its blocks were made by one validator with CometBFT.'));
    assert.deepEqual(failure, [
      ['Failed at', 'upgrade'],
      ['Words', 'boom'],
    ]);
  });
});

/** Words of a node and names that would mean something in Markdown or HTML. */
const hostile: Rehearsal = {
  ...fullRehearsal,
  plan: 'v3 <script>alert(1)</script> | `x` [a](b)',
  compared: {
    ...fullRehearsal.compared,
    checks: [{ name: 'a | b\n# c @team', ok: false, before: '<b>', after: '`|`' }],
  },
  failure: { ...fullRehearsal.failure!, words: 'panic: `a``b` <img src=x> | "c"\nline two' },
};

describe('a report in Markdown', () => {
  it('has the verdict, the failure, and a table of each kind', () => {
    const text = reportMarkdown(rehearsalReport(fullRehearsal));
    assert.ok(text.startsWith('## Rehearsal of v3: failed ❌\n\n**Failed at:** `repeat`'), text);
    assert.match(text, /^\| counter \| 1,500 \| 1,200,000 \| 300,000 \| 88\.2 MB \| {2}\|$/m);
    assert.match(
      text,
      /^\| ⚠️ bank \| 0 \| 75,150 \| 0 \| -2\.0 kB \| no migration explains this \|$/m,
    );
    assert.ok(text.includes('### Checks\n\n| check | before | after |  |\n| --- |'), text);
    const fine = reportMarkdown(rehearsalReport(passedRehearsal));
    assert.ok(fine.startsWith('## Rehearsal of v3: passed ✅\n\n- From v2.0.0'), fine);
  });

  it('lets no words become Markdown or HTML', () => {
    const text = reportMarkdown(rehearsalReport(hostile));
    assert.doesNotMatch(text, /<script|<b>|\]\(b\)|@team|^# c/m);
    assert.ok(text.includes('```panic: `a``b` <img src=x> | "c" line two```'), text);
    for (const line of text.split('\n').filter(one => one.startsWith('|')))
      assert.ok(line.endsWith('|'), line);
    const rows = text.split('\n').filter(one => one.includes('a &#124; b'));
    assert.equal(rows.length, 1);
    assert.equal(rows[0]!.split('|').length, 6);
  });

  it('folds long tables', () => {
    const [change] = fullRehearsal.compared.changes!;
    const changes = Array.from({ length: 13 }, (_, i) => ({ ...change!, store: `s${i}` }));
    const many = { ...fullRehearsal, compared: { ...fullRehearsal.compared, changes } };
    const text = reportMarkdown(rehearsalReport(many));
    assert.match(text, /<details><summary>Differences by store \(13\)<\/summary>\n\n\| store/);
    assert.doesNotMatch(reportMarkdown(rehearsalReport(fullRehearsal)), /<details>/);
  });
});

describe('a report in HTML', () => {
  it('loads nothing and runs nothing', () => {
    const page = reportHtml(rehearsalReport(fullRehearsal));
    assert.doesNotMatch(page, /<script|<link|<img|<iframe|@import|url\(|https?:|\son\w+=/i);
    assert.match(page, /Content-Security-Policy" content="default-src 'none'; style-src/);
    assert.match(page, /prefers-color-scheme: dark/);
  });

  it('lets no words become HTML', () => {
    const page = reportHtml(rehearsalReport(hostile));
    assert.doesNotMatch(page, /<script|<b>|<img/);
    assert.ok(page.includes('&lt;script&gt;alert(1)&lt;/script&gt;'));
  });

  it('draws each store by its share of the largest, the largest first', () => {
    const page = reportHtml(rehearsalReport(fullRehearsal));
    const stores = [...page.matchAll(/<tr><th scope="row">(\w+)<\/th><td class="bars">/g)];
    assert.deepEqual(
      stores.map(([, store]) => store),
      ['counter', 'ledger', 'bank', 'gov'],
    );
    const widths = (kind: string) =>
      [...page.matchAll(new RegExp(`<i class="${kind}" style="width:([\\d.]+)%"`, 'g'))].map(
        ([, width]) => Number(width),
      );
    const total = 1_501_500;
    const share = (keys: number) => Number(((keys / total) * 100).toFixed(3));
    assert.deepEqual(widths('added'), [share(1500), share(100_000)]);
    assert.deepEqual(widths('changed'), [share(1_200_000), share(75_150)]);
    assert.deepEqual(widths('deleted'), [share(300_000)]);
    assert.ok(page.includes('title="counter: 1,200,000 changed"'));
  });

  it('has no chart where nothing was compared, and none of width nothing where nothing changed', () => {
    assert.doesNotMatch(reportHtml(rehearsalReport(passedRehearsal)), /class="chart"/);
    const changes = fullRehearsal.compared.changes!.slice(3);
    const none = { ...fullRehearsal, compared: { ...fullRehearsal.compared, changes } };
    const page = reportHtml(rehearsalReport(none));
    assert.match(page, /<th scope="row">gov<\/th>/);
    assert.doesNotMatch(page, /NaN|Infinity/);
  });
});
