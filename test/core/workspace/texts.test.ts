import assert from 'node:assert/strict';
import { analyse } from '../../../core/chain/analysis.ts';
import { hoverMarkdown } from '../../../core/workspace/hover-markdown.ts';
import { hoverAt } from '../../../core/workspace/hovers.ts';
import { smallestHunk } from '../../../core/workspace/hunks.ts';
import { lensesOf } from '../../../core/workspace/lenses.ts';
import { LintedRepo } from '../../../core/workspace/linted-repo.ts';
import { plansAt, planTargets } from '../../../core/workspace/plan-places.ts';
import { ruleLinks } from '../../../core/workspace/rule-links.ts';
import { chainTexts } from '../../support/chains.ts';
import { smallEraTexts } from '../../support/era-chain.ts';
import { repoOf } from '../../support/go.ts';
import { twoNetworks } from '../../support/two-networks.ts';

/** The example chain, and where a text stands in one of its files. */
async function linted(change: Record<string, string> = {}) {
  const texts = { ...chainTexts('list'), ...change };
  const repo = await repoOf(texts);
  const found = new LintedRepo(analyse(repo), () => ({}));
  const at = (file: string, text: string) => {
    assert.ok(texts[file]!.includes(text));
    return positionIn(texts[file]!, texts[file]!.indexOf(text));
  };
  return { found, at };
}

/** The position behind the first character at an offset. */
function positionIn(text: string, offset: number) {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length - 1, character: before.at(-1)!.length + 1 };
}

describe('what an editor tells of places', () => {
  it('a store where it is mounted and where an upgrade lists it', async () => {
    const { found, at } = await linted();
    const keys = 'app/keepers/keys.go';
    const mounted = hoverAt(found, keys, at(keys, 'berthtypes.StoreKey,'));
    assert.equal(mounted!.heading, 'store "berths"');
    assert.match(mounted!.facts[0]!, /^mounted in app\/keepers\/keys\.go:\d+$/);
    assert.equal(mounted!.facts.at(-2), 'added by "v2"');
    assert.match(mounted!.facts.at(-1)!, /^a new chain starts with it; a node that runs gets it/);
    const memory = hoverAt(found, keys, at(keys, 'berthtypes.MemStoreKey'));
    assert.match(memory!.heading, /^memory store /);
    assert.equal(memory!.facts.at(-1), 'it holds no state, so no upgrade adds it');
    assert.equal(hoverAt(found, keys, at(keys, 'GenerateKeys')), undefined);
  });

  it('a plan where it is registered, a version where it stands', async () => {
    const { found, at } = await linted();
    const plan = hoverAt(found, 'app/app.go', at('app/app.go', 'v3.Upgrade,'));
    assert.equal(plan?.heading, 'upgrade "v3"');
    const constants = 'app/upgrades/v3/constants.go';
    const name = hoverAt(found, constants, at(constants, '"v3"'));
    assert.equal(name?.heading, 'upgrade "v3"');
    const module = 'x/berth/module.go';
    const version = hoverAt(found, module, at(module, '2 }'));
    assert.deepEqual(
      [version?.heading, version?.facts[0]],
      ['module "berth", version 2', 'migrations: 1→2'],
    );
  });

  it('an era where it is listed and named, a switch where it is made', async () => {
    const { found, at } = await linted(smallEraTexts);
    const file = 'x/era/supported.go';
    const listed = hoverAt(found, file, at(file, 'Pythagoras}'));
    assert.equal(listed?.heading, 'era "pythagoras"');
    assert.deepEqual(listed.facts, [
      'since v2.1.0',
      'switches with a behaviour for it: step, fee',
      'it begins at the height that is decided; a node whose binary does not know it stops there',
    ]);
    const first = hoverAt(found, file, at(file, 'Thales     Era'));
    assert.deepEqual(
      [first?.heading, first?.facts[0], first?.facts.at(-1)],
      [
        'era "thales"',
        'the first era of the chain',
        'blocks before every other era are of this one',
      ],
    );
    const fee = hoverAt(found, 'x/era/fee.go', at('x/era/fee.go', 'NewSwitch'));
    assert.equal(fee?.heading, 'era switch "fee"');
    assert.deepEqual(fee.facts, [
      'behaviours for thales, pythagoras',
      'the program panics when it begins if an era that it supports has none',
    ]);
  });

  it('says of eras what is not read', async () => {
    const { found, at } = await linted({
      ...smallEraTexts,
      'x/era/fee.go': smallEraTexts['x/era/fee.go']!.replace('Pythagoras:', 'next():'),
    });
    const fee = hoverAt(found, 'x/era/fee.go', at('x/era/fee.go', 'NewSwitch'));
    assert.equal(fee?.facts[0], 'behaviours for thales, one that is not known; not all are read');
  });

  it('says of an era what switches are not read, and of one without a name nothing else', async () => {
    const supported = 'x/era/supported.go';
    const unread = smallEraTexts['x/era/fee.go']!.replace('Pythagoras:', 'next():');
    const { found, at } = await linted({ ...smallEraTexts, 'x/era/fee.go': unread });
    const listed = hoverAt(found, supported, at(supported, 'Pythagoras}'));
    assert.equal(listed?.facts[1], 'switches with a behaviour for it: step; not all are read');
    const unnamed = smallEraTexts[supported]!.replace('Pythagoras}', 'next()}');
    const other = await linted({ ...smallEraTexts, [supported]: unnamed });
    const era = hoverAt(other.found, supported, other.at(supported, 'next()}'));
    assert.deepEqual(
      [era?.heading, era?.facts],
      ['era', ['its name is not read, so its switches are not known']],
    );
  });

  it('of an app what its own network has, not that of another one', async () => {
    const found = new LintedRepo(analyse(await repoOf(twoNetworks())), () => ({}));
    const [, provider] = found.apps;
    const { location } = provider!.stores.find(({ name }) => name === 'lease')!;
    const position = { line: location.line - 1, character: location.column };
    const facts = hoverAt(found, location.file, position)!.facts;
    assert.deepEqual(
      facts.filter(fact => /-1\b/.test(fact)),
      ['not in provider-1'],
    );
    assert.ok(facts.includes('added by "v7-provider" (pending)'), facts.join('\n'));
    const file = 'x/lease/module.go';
    const [version] = lensesOf(found, file);
    assert.equal(version?.title, 'version 1 (1 in provider-1) · 0 migrations');
  });

  it('the name of a plan leads to its handler, a use of the name to the name', async () => {
    const { found, at } = await linted();
    const constants = 'app/upgrades/v3/constants.go';
    const place = (l: { file: string; line: number }) => `${l.file}:${l.line}`;
    const targets = (file: string, text: string) =>
      planTargets(found, file, at(file, text)).map(place);
    assert.deepEqual(targets(constants, '"v3"'), ['app/upgrades/v3/upgrades.go:21']);
    assert.deepEqual(targets(constants, 'UpgradeName ='), ['app/upgrades/v3/upgrades.go:21']);
    assert.deepEqual(targets(constants, 'UpgradeName,'), [`${constants}:10`]);
    const [plan, ...others] = plansAt(found, constants, at(constants, '"v3"'));
    assert.deepEqual(others, []);
    assert.deepEqual(
      plan!.places.map(({ what, location }) => `${what} ${place(location)}`),
      [
        `name ${constants}:10`,
        'registration app/app.go:51',
        'handler app/upgrades/v3/upgrades.go:21',
        `stores ${constants}:16`,
        'loader app/app.go:143',
      ],
    );
  });

  it('what is no name of a plan leads nowhere, also within its places', async () => {
    const { found, at } = await linted();
    const handler = 'app/upgrades/v3/upgrades.go';
    for (const [file, text] of [
      ['app/app.go', 'package app'],
      ['app/app.go', 'v3.Upgrade,'],
      ['app/app.go', 'app.SetStoreLoader('],
      ['app/upgrades/v3/constants.go', 'store.StoreUpgrades{'],
      [handler, 'CreateUpgradeHandler('],
      [handler, 'mm *module.Manager'],
    ] as const)
      assert.deepEqual(plansAt(found, file, at(file, text)), [], `${file} ${text}`);
  });

  it('a literal that names a plan leads to its handler, one that only looks like it nowhere', async () => {
    const file = 'app/app.go';
    const texts = chainTexts('single-inline');
    const inline = new LintedRepo(analyse(await repoOf(texts)), () => ({}));
    const [upgrade] = inline.apps[0]!.upgrades;
    const literal = `"${upgrade!.name}"`;
    const text = `${texts[file]!}\nfunc other() string { return ${literal} }\n`;
    assert.ok(inline.update(file, text));
    const named = plansAt(inline, file, positionIn(text, text.indexOf(literal)));
    assert.deepEqual(
      named.map(({ known }) => known.upgrade.name),
      [upgrade!.name],
    );
    assert.deepEqual(plansAt(inline, file, positionIn(text, text.lastIndexOf(literal))), []);
  });

  it('lenses in the order of lines', async () => {
    const { found } = await linted();
    assert.deepEqual(
      lensesOf(found, 'app/app.go').map(({ title }) => title.replace(/ · .*/, '')),
      ['upgrade "v2"', 'upgrade "v3"'],
    );
    assert.deepEqual(
      lensesOf(found, 'x/berth/module.go').map(({ title, migrates }) => [title, migrates]),
      [
        ['version 2 · 1 migration', undefined],
        ['new migration', 'x/berth'],
      ],
    );
    assert.deepEqual(lensesOf(found, 'go.mod'), []);
  });

  it('a lens above a handler that is written elsewhere, once for all that share it', async () => {
    const { found } = await linted();
    const [own, ...others] = lensesOf(found, 'app/upgrades/v3/upgrades.go');
    assert.deepEqual([own?.title, others], ['handler of "v3"', []]);
    const shared = new LintedRepo(analyse(await repoOf(chainTexts('names'))), () => ({}));
    const titles = [...shared.repo.texts.keys()].flatMap(file =>
      lensesOf(shared, file).flatMap(({ title }) => (title.startsWith('handler') ? title : [])),
    );
    assert.deepEqual(titles, ['handler of "v1.1.0" and 1 more']);
  });

  it('a hover is Markdown in which nothing of the repository is', () => {
    const start = { line: 0, character: 0 };
    const range = { start, end: start };
    assert.equal(
      hoverMarkdown({ range, heading: 'store "a_b"', facts: ['mounted in [x](y)', '<b>'] }),
      '**store "a\\_b"**\n\n* mounted in \\[x\\](y)\n* \\<b\\>',
    );
    const facts = ['a\n\n# b', 'https://x.y', 'see www.x.y', 'a@x.y', '1. x', '- x', '&lt;'];
    assert.equal(
      hoverMarkdown({ range, heading: 'a\r\nb', facts }),
      [
        '**a b**\n',
        'a \\# b',
        'https\\://x.y',
        'see www\\.x.y',
        'a\\@x.y',
        '1\\. x',
        '\\- x',
        '\\&lt;',
      ].join('\n* '),
    );
  });

  it('links of rules that a file names', async () => {
    const file = 'app/more.go';
    const text =
      'package app\n\n//chain-upgrade:ignore-file stale-added of old\n//chain-upgrade:ignore nonsense why\n';
    const { found } = await linted({ [file]: text });
    assert.deepEqual(ruleLinks(found.repo, file), [
      {
        rule: 'stale-added',
        range: { start: { line: 2, character: 28 }, end: { line: 2, character: 39 } },
      },
    ]);
  });

  it('a file keeps its byte order mark while it is typed', async () => {
    const file = 'app/more.go';
    const { found } = await linted({ [file]: '\ufeffpackage app\n' });
    assert.equal(found.update(file, 'package app\n'), false);
    assert.equal(found.update(file, 'package app\n\nvar x = 1\n'), true);
    assert.equal(found.repo.texts.get(file), '\ufeffpackage app\n\nvar x = 1\n');
  });
});

describe('smallestHunk', () => {
  it('is what differs and no more', () => {
    const [from, to] = [
      { line: 1, character: 1 },
      { line: 1, character: 2 },
    ];
    assert.deepEqual(smallestHunk('ab\ncde\n', 'ab\ncXe\n'), { from, to, text: 'X' });
    assert.deepEqual(smallestHunk('aa', 'aaa').text, 'a');
    assert.deepEqual(smallestHunk('aaa', 'aa').text, '');
  });
});
