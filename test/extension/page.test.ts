import assert from 'node:assert/strict';
import type { Baseline } from '../../core/chain/baseline.ts';
import type { App, Chain } from '../../core/chain/chain.ts';
import type { Eras } from '../../core/chain/eras/eras.ts';
import type { EraName } from '../../core/chain/eras/names.ts';
import type { Location } from '../../core/go/source/location.ts';
import type { KnownUpgrade } from '../../core/workspace/known-upgrades.ts';
import { drawUpgrades } from '../../extension/inspect/drawing.ts';
import type { Inspected, ShownApp } from '../../extension/inspect/page.ts';
import { understoodPage } from '../../extension/inspect/page.ts';

const at = (file: string, line: number): Location => ({ file, line, column: 1, start: 0, end: 1 });

const app: App = {
  dir: 'app',
  type: 'SmallApp',
  sdk: { version: 'v0.50.9', generation: '0.50', gomod: 'go.mod' },
  registration: ['R1'],
  storeStyle: ['S1'],
  storesUnread: [],
  loadersUnread: [],
  orders: [],
  keepers: [],
  mounted: [],
  upgrades: [
    {
      name: 'v2',
      package: 'app/upgrades/v2',
      registered: true,
      location: at('app/app.go', 12),
      buildTags: ['mainnet'],
      loader: at('app/app.go', 40),
      stores: {
        added: [{ name: 'nft', location: at('a.go', 1) }],
        deleted: [{ name: null, const: 'example.com/x.StoreKey', location: at('a.go', 1) }],
        renamed: [
          {
            from: { name: 'a', location: at('a.go', 1) },
            to: { name: null, location: at('a.go', 1) },
          },
        ],
        location: at('a.go', 1),
      },
    },
    { name: null, package: '', registered: false, location: at('app/next.go', 3), buildTags: [] },
  ],
  stores: [
    {
      name: 'bank',
      const: 'github.com/cosmos/cosmos-sdk/x/bank/types.StoreKey',
      kind: 'kv',
      location: at('app/app.go', 20),
    },
  ],
};
const chain: Chain = {
  apps: [app],
  modules: [
    {
      name: 'tiny',
      dir: 'x/tiny',
      consensusVersion: 2,
      versionPlace: at('x/tiny/module.go', 9),
      migrations: [{ from: 1, location: at('x/tiny/module.go', 30), handler: 'm.Migrate1to2' }],
    },
  ],
  unknown: [{ location: at('app/odd.go', 7), why: 'the name `x` is computed | by a_b' }],
};

const v1: Baseline = { ref: 'v1.0.0', chain: { apps: [], modules: [], unknown: [] }, merged: true };
const [named, unnamed] = app.upgrades;
const upgrades: readonly KnownUpgrade[] = [
  {
    app,
    upgrade: named!,
    label: '"v2"',
    state: 'pending',
    isPending: true,
    pendingIn: [v1],
    doneIn: [],
  },
  {
    app,
    upgrade: unnamed!,
    label: 'an upgrade',
    state: 'not registered',
    isPending: false,
    pendingIn: [],
    doneIn: [],
  },
];
const shown: ShownApp = { app, upgrades, refs: ['v1.0.0'], eras: undefined };
const inspected: Inspected = { name: 'small', chain, apps: [shown], notCompared: undefined };
const link = (place: Location) => `file:///c/${place.file}#L${place.line}`;

/** What a reader sees of the page, with `|` between cells. */
function textOf(html: string): string {
  return html
    .replace(/<style>.*<\/style>|<title>.*?<\/title>/gs, '')
    .replace(/<\/t[hd]>/g, ' | ')
    .replace(/<(br|\/tr|\/li|\/h\d|\/p)>/g, '\n')
    .replace(/<[^>]+>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}

describe('the page of what was understood', () => {
  const html = understoodPage(inspected, link);
  const text = textOf(html);
  const says = (line: string) => assert.ok(text.includes(line), `${line}\n\nis not in\n\n${text}`);

  it('says what the app is, and what it is compared with', () => {
    says('What was understood of small\n');
    says('App app (SmallApp)\n');
    says('Compared with v1.0.0\n');
    says('Cosmos SDK: v0.50.9, generation 0.50, from go.mod\n');
    says('Registers upgrades: a list of upgrades that a loop registers, one package each (R1)\n');
  });

  it('says why it is not compared', () => {
    const alone = {
      ...inspected,
      apps: [{ ...shown, refs: [] }],
      notCompared: 'git is not run',
    };
    assert.match(
      textOf(understoodPage(alone, link)),
      /Not compared with a release: git is not run/,
    );
  });

  it('lists upgrades with stores and loaders', () => {
    says(
      'v2 | pending | adds nft, deletes x.StoreKey, renames a to a store whose name is not known | ' +
        'app/upgrades/v2 | app/app.go:12, only with mainnet | app/app.go:40 | ',
    );
    says('computed at run time | not registered | none | . | defined at app/next.go:3 |  | ');
  });

  it('lists stores and modules', () => {
    says('bank | kv | github.com/cosmos/cosmos-sdk/x/bank/types.StoreKey | app/app.go:20 | ');
    says('tiny | x/tiny | 2 at x/tiny/module.go:9 | 1 → 2 at x/tiny/module.go:30 | ');
  });

  it('says what was not understood, in words that stay words', () => {
    says('app/odd.go:7 | the name `x` is computed | by a_b | ');
    const all = { ...inspected, chain: { ...chain, unknown: [] } };
    assert.match(textOf(understoodPage(all, link)), /was left over/);
  });

  it('no text of a repository is markup, wherever it stands', () => {
    const odd = `<b id='a' title="b">&amp;`;
    const inOddWords = (value: unknown, key = ''): unknown => {
      // Codes of styles and kinds are our own.
      if (typeof value === 'string')
        return /^(R1|S1|kv)$/.test(value) || key === 'file' ? value : value + odd;
      if (Array.isArray(value)) return value.map(item => inOddWords(item));
      if (typeof value !== 'object' || value === null) return value;
      return Object.fromEntries(
        Object.entries(value).map(([name, part]) => [name, inOddWords(part, name)]),
      );
    };
    const eras = {
      supported: [{ name: 'thales', location: at('x/era/supported.go', 4) }],
      isWhole: true,
      since: new Map([[`thales${odd}`, `v2${odd}`]]),
      first: null,
      switches: [
        { name: 'fee', eras: [], isWhole: true, location: at('x/era/fee.go', 3) },
        { name: 'tax', eras: [{ name: 'thales' }], isWhole: true, location: at('x/era/tax.go', 3) },
      ],
    };
    const marked = inOddWords({ ...inspected, notCompared: 'no git' }) as Inspected;
    const words = inOddWords(eras) as ShownApp['eras'];
    for (const refs of [['v1.0.0'], []]) {
      const apps = marked.apps.map(one => ({
        ...one,
        refs: inOddWords(refs) as string[],
        eras: { ...words!, since: eras.since },
      }));
      const html_ = understoodPage({ ...marked, apps }, link);
      assert.doesNotMatch(html_, /<b |&amp;(?!amp;|#39;|lt;|gt;|quot;)/);
      assert.ok(html_.includes(`thales&lt;b`) && html_.includes('v2&lt;b'));
    }
  });

  it('has the eras and switches of an app', () => {
    const era = (name: string, line: number) =>
      ({ name, location: at('x/era/supported.go', line) }) as EraName;
    const eras = {
      supported: [era('thales', 4), era('pythagoras', 5)],
      isWhole: true,
      since: new Map([['pythagoras', 'v2.1.0']]),
      first: 'thales',
      switches: [
        { name: 'fee', eras: [era('thales', 9)], isWhole: true, location: at('x/era/fee.go', 3) },
      ],
    } as unknown as Eras;
    const told = textOf(understoodPage({ ...inspected, apps: [{ ...shown, eras }] }, link));
    assert.match(told, /^thales \| the first era of the chain \| x\/era\/supported\.go:4 \| $/m);
    assert.match(told, /^pythagoras \| since v2\.1\.0 \| x\/era\/supported\.go:5 \| $/m);
    assert.match(told, /^fee \| thales \| pythagoras \| x\/era\/fee\.go:3 \| $/m);
  });

  it('what is wider than the page can be scrolled by keys, and says what it is', () => {
    const scrolled = [...html.matchAll(/<div class="scroll"([^>]*)>/g)].map(([, given]) => given!);
    assert.ok(scrolled.length >= 5, html);
    for (const given of scrolled)
      assert.match(given, /^ role="region" tabindex="0" aria-label="[^"]+"$/);
  });

  it('every place that is named has a link', () => {
    const places = [...new Set(text.match(/[\w/]+\.go:\d+/g))].sort();
    const linked = [...html.matchAll(/<a href="file:\/\/\/c\/(.+?)#L(\d+)">\1:\2<\/a>/g)];
    assert.ok(places.length > 5);
    assert.deepEqual([...new Set(linked.map(m => `${m[1]!}:${m[2]!}`))].sort(), places);
  });

  it('runs and loads nothing', () => {
    assert.match(html, /content="default-src 'none'; style-src 'unsafe-inline'"/);
    assert.doesNotMatch(html, /<(script|img|link|iframe|object)|https?:|\son\w+=/);
  });

  it('a repository without apps says so', () => {
    const none = { ...inspected, chain: { apps: [], modules: [], unknown: [] }, apps: [] };
    assert.match(textOf(understoodPage(none, link)), /No app was found/);
  });
});

describe('the drawing of upgrades over releases', () => {
  const base = (ref: string): Baseline => ({ ...v1, ref });
  const known = (name: string, isPending: boolean, pendingIn = ['v1.0.0']): KnownUpgrade => ({
    app,
    upgrade: { ...named!, name },
    label: `"${name}"`,
    state: undefined,
    isPending,
    pendingIn: isPending ? pendingIn.map(base) : [],
    doneIn: [],
  });
  /** Where each word stands, from left to right and from top to bottom. */
  const wordsIn = (svg: string) =>
    [...svg.matchAll(/<text x="(\d+)" y="(\d+)"[^>]*>([^<]*)</g)].map(
      ([, x, y, word]) => [word!, Number(x), Number(y)] as const,
    );

  it('has what ran before the release, what is pending behind it', () => {
    const svg = drawUpgrades([known('v1', false), known('v2', true)], ['v1.0.0']);
    assert.match(svg, /aria-label="v1\.0\.0 has &quot;v1&quot;; pending: &quot;v2&quot;"/);
    const xOf = (word: string) => wordsIn(svg).find(([found]) => found === word)?.[1] ?? NaN;
    assert.ok(xOf('v1') < xOf('v1.0.0') && xOf('v1.0.0') < xOf('v2'), svg);
    // Not by colour alone.
    assert.equal(xOf('pending'), xOf('v2'));
    assert.equal(xOf('+1 −1 1 renamed'), xOf('v1'));
  });

  it('has a mark for each network, where it stands', () => {
    const both = ['testnet-2', 'mainnet-1'];
    const svg = drawUpgrades(
      [known('v1', false), known('v2', true, ['mainnet-1']), known('v3', true, both)],
      both,
    );
    const xOf = (word: string) => wordsIn(svg).find(([found]) => found === word)?.[1] ?? NaN;
    const order = ['v1', 'mainnet-1', 'v2', 'testnet-2', 'v3'];
    assert.equal(svg.match(/class="release"/g)?.length, 2);
    // Below v2 its network is named, too.
    const marks = wordsIn(svg).filter(([word]) => word === 'mainnet-1');
    assert.deepEqual(
      marks.map(([, x]) => x),
      [xOf('mainnet-1'), xOf('v2')],
    );
    assert.deepEqual(
      [...order].sort((a, b) => xOf(a) - xOf(b)),
      order,
    );
    assert.match(
      svg,
      /aria-label="testnet-2 has &quot;v1&quot;, &quot;v2&quot;; pending: &quot;v3&quot;\. mainnet-1 has &quot;v1&quot;; pending: /,
    );
  });

  it('names of networks that stand at one place are below each other, none is cut', () => {
    const refs = ['mainnet-1', 'testnet-2'];
    const svg = drawUpgrades([known('v1', false), known('v2', true, refs)], refs);
    const [first, second] = refs.map(ref => wordsIn(svg).find(([word]) => word === ref)!);
    assert.ok(first && second);
    assert.equal(first[1], second[1]);
    assert.ok(first[2] < second[2]);
    assert.equal(svg.match(/class="release"/g)?.length, 1);
    assert.ok(second[2] < Number(/height="(\d+)"/.exec(svg)![1]));
  });

  it('draws no more than a page holds, and says how many there are', () => {
    const many = Array.from({ length: 30 }, (_, i) => known(`v${i}`, false));
    const svg = drawUpgrades(many, ['v29.0.0']);
    assert.equal(svg.match(/<circle/g)?.length, 8);
    assert.match(svg, />22 earlier</);
  });

  it('without a release there is no mark, without upgrades no drawing', () => {
    const svg = drawUpgrades([known('v1', false)], []);
    assert.doesNotMatch(svg, /class="release"/);
    assert.match(svg, /aria-label="upgrades, not compared with a release: &quot;v1&quot;"/);
    assert.equal(drawUpgrades([], ['v1.0.0']), '');
  });

  it('names that are no markup stay words, and long ones are cut', () => {
    const svg = drawUpgrades([known('<b>', false), known('a-very-long-name-of-a-plan', true)], []);
    assert.ok(svg.includes('>&lt;b&gt;<'));
    assert.ok(svg.includes('>a-very-long-na…<'));
  });
});
