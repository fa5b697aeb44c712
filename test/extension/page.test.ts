import assert from 'node:assert/strict';
import type { App, Chain } from '../../core/chain/chain.ts';
import type { Location } from '../../core/go/source/location.ts';
import type { KnownUpgrade } from '../../core/workspace/known-upgrades.ts';
import { drawUpgrades } from '../../extension/inspect/drawing.ts';
import type { Inspected } from '../../extension/inspect/page.ts';
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

const [named, unnamed] = app.upgrades;
const upgrades: readonly KnownUpgrade[] = [
  { app, upgrade: named!, label: '"v2"', state: 'pending', isPending: true },
  { app, upgrade: unnamed!, label: 'an upgrade', state: 'not registered', isPending: false },
];
const inspected: Inspected = {
  name: 'small',
  chain,
  upgrades,
  refs: ['v1.0.0'],
  notCompared: undefined,
};
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
    says('Compared with v1.0.0.');
    says('App app (SmallApp)\n');
    says('Cosmos SDK: v0.50.9, generation 0.50, from go.mod\n');
    says('Registers upgrades: a list of upgrades that a loop registers, one package each (R1)\n');
  });

  it('says why it is not compared', () => {
    const alone = { ...inspected, refs: [], notCompared: 'git is not run' };
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
    const odd = { location: at('a.go', 1), why: '<b>"&</b>' };
    const marked = understoodPage({ ...inspected, chain: { ...chain, unknown: [odd] } }, link);
    assert.ok(marked.includes('&lt;b&gt;&quot;&amp;&lt;/b&gt;'));
    const all = { ...inspected, chain: { ...chain, unknown: [] } };
    assert.match(textOf(understoodPage(all, link)), /was left over/);
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
    const none = { ...inspected, chain: { apps: [], modules: [], unknown: [] }, upgrades: [] };
    assert.match(textOf(understoodPage(none, link)), /No app was found/);
  });
});

describe('the drawing of upgrades over releases', () => {
  const known = (name: string, isPending: boolean): KnownUpgrade => ({
    app,
    upgrade: { ...named!, name },
    label: `"${name}"`,
    state: undefined,
    isPending,
  });

  it('has what ran before the release, what is pending behind it', () => {
    const svg = drawUpgrades([known('v1', false), known('v2', true)], ['v1.0.0']);
    assert.match(svg, /aria-label="v1\.0\.0 has &quot;v1&quot;; pending: &quot;v2&quot;"/);
    const words = [...svg.matchAll(/<text x="(\d+)"[^>]*>([^<]*)</g)];
    const xOf = (word: string) => Number(words.find(found => found[2] === word)?.[1]);
    assert.ok(xOf('v1') < xOf('v1.0.0') && xOf('v1.0.0') < xOf('v2'), svg);
    // Not by colour alone.
    assert.equal(xOf('pending'), xOf('v2'));
    assert.equal(xOf('+1 −1 1 renamed'), xOf('v1'));
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
