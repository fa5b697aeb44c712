import assert from 'node:assert/strict';
import { readChain } from '../../../core/chain/analysis.ts';
import { planUpgrade } from '../../../core/tasks/tasks.ts';
import { chainTexts, without } from '../../support/chains.ts';
import { replaceOnce } from '../../support/edits.ts';
import { repoOf } from '../../support/go.ts';
import { applied, openChain, planIn } from '../../support/plans.ts';

const v3Constants = 'app/upgrades/v3/constants.go';
const berthKeys = 'x/berth/types/keys.go';

/** The chain `list` as it was when nothing but v2 was planned and its stores were these. */
async function released(keys: (text: string) => string, more: Record<string, string> = {}) {
  const v3 = ['app/upgrades/v3/constants.go', 'app/upgrades/v3/upgrades.go'];
  const texts = without(chainTexts('list'), ...v3);
  const app = texts['app/app.go']!.replace(/^.*upgrades\/v3"\n/m, '').replace(
    '\t\tv3.Upgrade,\n',
    '',
  );
  return readChain(
    await repoOf({
      ...texts,
      ...more,
      'app/app.go': app,
      'app/keepers/keys.go': keys(texts['app/keepers/keys.go']!),
    }),
  );
}

describe('the stores of a new upgrade, where none are named', () => {
  it('are what the app mounts and the last release did not', async () => {
    const base = await released(text => text.replace('\t\tconsensustypes.StoreKey,\n', ''));
    const opened = await openChain('list');
    const plan = planIn(opened, { name: 'v4' }, base);
    assert.equal(plan.refused, undefined);
    assert.deepEqual(
      applied(opened, plan)
        .app.upgrades.at(-1)
        ?.stores?.added.map(s => s.name),
      ['consensus'],
    );
  });

  it('include what is mounted no more', async () => {
    const base = await released(text =>
      text.replace('\t\tconsensustypes.StoreKey,\n', '\t\tconsensustypes.StoreKey,\n\t\t"quay",\n'),
    );
    const opened = await openChain('list');
    const plan = planIn(opened, { name: 'v4' }, base);
    assert.equal(plan.refused, undefined);
    const stores = applied(opened, plan).app.upgrades.at(-1)?.stores;
    assert.deepEqual(
      [stores?.added.map(s => s.name), stores?.deleted.map(s => s.name)],
      [[], ['quay']],
    );
  });

  it('are not those that a list which is not read may hold', async () => {
    const base = await released(text =>
      text.replace('\t\tconsensustypes.StoreKey,\n', '\t\t"quay",\n\t\telsewhere.Name(),\n'),
    );
    const keys = chainTexts('list')['app/keepers/keys.go']!;
    const now = replaceOnce(
      'app/keepers/keys.go',
      keys,
      '\t\tconsensustypes.StoreKey,\n',
      '\t\tconsensustypes.StoreKey,\n\t\telsewhere.Name(),\n',
    );
    const opened = await openChain('list', { texts: { 'app/keepers/keys.go': now } });
    const plan = planIn(opened, { name: 'v4' }, base);
    assert.equal(plan.refused, undefined);
    const stores = applied(opened, plan).app.upgrades.at(-1)?.stores;
    assert.deepEqual([stores?.added ?? [], stores?.deleted ?? []], [[], []]);
    assert.ok(plan.notes.some(note => /The store consensus is not known to be new/.test(note)));
  });

  it('are not those of a module that may have moved to a repository of its own', async () => {
    const base = await released(text => text);
    const keys = 'app/keepers/keys.go';
    const moved = replaceOnce(
      keys,
      chainTexts('list')[keys]!,
      '"github.com/harbor-chain/harbor/x/berth/types"',
      '"github.com/harbor-chain/quays/types"',
    ).replace(/\n\tk\.memKeys = .*/, '');
    const opened = await openChain('list', { texts: { [keys]: moved } });
    const plan = planIn(opened, { name: 'v4' }, base);
    assert.equal(plan.refused, undefined);
    const stores = applied(opened, plan).app.upgrades.at(-1)?.stores;
    assert.deepEqual([stores?.added ?? [], stores?.deleted ?? []], [[], []]);
    assert.ok(plan.notes.some(note => /quays\/types\.StoreKey is not known to be new/.test(note)));
  });

  it('include one whose path holds the name of a store that is still there', async () => {
    const keys = 'app/keepers/keys.go';
    const withOne = chainTexts('list')
      [keys]!.replace(
        '"github.com/harbor-chain/harbor/x/berth/types"\n',
        '"github.com/harbor-chain/harbor/x/berth/types"\n\tplustypes "github.com/quay/x/berthsplus/types"\n',
      )
      .replace('\t\tberthtypes.StoreKey,\n', '\t\tberthtypes.StoreKey,\n\t\tplustypes.StoreKey,\n');
    const base = await released(text => text);
    const opened = await openChain('list', { texts: { [keys]: withOne } });
    const plan = planIn(opened, { name: 'v4' }, base);
    assert.equal(plan.refused, undefined);
    assert.deepEqual(
      applied(opened, plan)
        .app.upgrades.at(-1)
        ?.stores?.added.map(s => s.const),
      ['github.com/quay/x/berthsplus/types.StoreKey'],
    );
  });

  it('are not one that the release mounts in builds with a tag only', async () => {
    const more = (head: string) => ({
      'app/keepers/more.go': `${head}package keepers\n\nvar more = []string{"pier"}\n`,
    });
    const keys = 'app/keepers/keys.go';
    const withMore = (text: string) =>
      text
        .replace('NewKVStoreKeys(\n', 'NewKVStoreKeys(append(more,\n')
        .replace('\t\tberthtypes.StoreKey,\n\t)\n', '\t\tberthtypes.StoreKey,\n\t)...)\n');
    const base = await released(withMore, more('//go:build experimental\n\n'));
    const texts = { [keys]: withMore(chainTexts('list')[keys]!), ...more('') };
    const opened = await openChain('list', { texts });
    const plan = planIn(opened, { name: 'v4' }, base);
    assert.equal(plan.refused, undefined);
    assert.deepEqual(applied(opened, plan).app.upgrades.at(-1)?.stores?.added ?? [], []);
    assert.ok(plan.notes.some(note => /The store pier is not known to be new/.test(note)));
  });

  it('are none where the release may not be what the network runs', async () => {
    const chain = await released(text =>
      text.replace('\t\tconsensustypes.StoreKey,\n', '\t\t"quay",\n'),
    );
    const opened = await openChain('list');
    const base = { ref: 'v9.0.0', merged: true, chain, doubt: 'it is a higher version' };
    const plan = planUpgrade({ analysis: opened, app: opened.app, base }, { name: 'v4' });
    assert.equal(plan.refused, undefined);
    const stores = applied(opened, plan).app.upgrades.at(-1)?.stores;
    assert.deepEqual([stores?.added ?? [], stores?.deleted ?? []], [[], []]);
    const note = /The store consensus is not known to be new: the release compared with may not be/;
    assert.ok(plan.notes.some(text => note.test(text)));
  });

  it('are not those of builds with a tag of their own', async () => {
    const tagged = (name: string) => ({
      'app/keepers/more.go':
        '//go:build experimental\n\npackage keepers\n\nfunc moreKeys() []string { ' +
        `return []string{"${name}"} }\n`,
    });
    const keys = 'app/keepers/keys.go';
    const withMore = (text: string) =>
      text
        .replace('NewKVStoreKeys(\n', 'NewKVStoreKeys(append(moreKeys(),\n')
        .replace('\t\tberthtypes.StoreKey,\n\t)\n', '\t\tberthtypes.StoreKey,\n\t)...)\n');
    const base = await released(withMore, tagged('quay'));
    const texts = { [keys]: withMore(chainTexts('list')[keys]!), ...tagged('pier') };
    const opened = await openChain('list', { texts });
    const plan = planIn(opened, { name: 'v4' }, base);
    assert.equal(plan.refused, undefined);
    const stores = applied(opened, plan).app.upgrades.at(-1)?.stores;
    assert.deepEqual([stores?.added ?? [], stores?.deleted ?? []], [[], []]);
    assert.ok(plan.notes.some(note => /The store pier .* behind a flag or a build tag/.test(note)));
  });

  it('are not those that an upgrade since the release adds already', async () => {
    const base = await released(text => text.replace('\t\tberthtypes.StoreKey,\n', ''));
    const texts = chainTexts('list');
    const v3 = texts['app/upgrades/v3/constants.go']!.replace(
      'Deleted: []string{"tally"}',
      'Added: []string{"berths"}',
    );
    const opened = await openChain('list', { texts: { 'app/upgrades/v3/constants.go': v3 } });
    const plan = planIn(opened, { name: 'v4' }, base);
    assert.equal(plan.refused, undefined);
    assert.deepEqual(applied(opened, plan).app.upgrades.at(-1)?.stores?.added ?? [], []);
  });

  it('are not those that are renamed', async () => {
    const base = await released(text =>
      text.replace('\t\tberthtypes.StoreKey,\n', '\t\t"quay",\n\t\t"pier",\n'),
    );
    const opened = await openChain('list');
    const plan = planIn(opened, { name: 'v4', renamed: ['quay=berths'] }, base);
    assert.equal(plan.refused, undefined);
    const stores = applied(opened, plan).app.upgrades.at(-1)?.stores;
    assert.deepEqual(
      [
        stores?.added.map(s => s.name),
        stores?.deleted.map(s => s.name),
        stores?.renamed.map(r => [r.from.name, r.to.name]),
      ],
      [[], ['pier'], [['quay', 'berths']]],
    );
  });

  it('are none where the answers say so', async () => {
    const base = await released(text => text.replace('\t\tconsensustypes.StoreKey,\n', ''));
    const opened = await openChain('list');
    const plan = planIn(opened, { name: 'v4', added: [] }, base);
    assert.deepEqual(applied(opened, plan).app.upgrades.at(-1)?.stores?.added ?? [], []);
  });

  for (const [title, stores] of Object.entries({
    'are computed': 'Added: names()',
    'have a name that is not known': 'Added: []string{os.Getenv("STORE")}',
  }))
    it(`are none where those of a pending upgrade ${title}, which is said`, async () => {
      const base = await released(text =>
        text.replace('\t\tconsensustypes.StoreKey,\n', '\t\t"quay",\n'),
      );
      const texts = chainTexts('list');
      const v3 = replaceOnce(
        v3Constants,
        texts[v3Constants]!,
        'Deleted: []string{"tally"}',
        stores,
      );
      const opened = await openChain('list', { texts: { [v3Constants]: v3 } });
      const plan = planIn(opened, { name: 'v4' }, base);
      const made = applied(opened, plan).app.upgrades.at(-1)?.stores;
      assert.deepEqual([made?.added ?? [], made?.deleted ?? []], [[], []]);
      const [note] = plan.notes.filter(text => text.includes('is pending'));
      assert.match(
        note!,
        /^Not changed here: consensus, quay\..*app\/upgrades\/v3\/constants.go:\d+/,
      );
      const asked = planIn(opened, { name: 'v4', added: ['consensus'] }, base);
      assert.deepEqual(
        applied(opened, asked)
          .app.upgrades.at(-1)
          ?.stores?.added.map(store => store.name),
        ['consensus'],
      );
    });

  describe('whose constant had another value', () => {
    const renamedSince = () =>
      released(text => text, {
        [berthKeys]: replaceOnce(
          berthKeys,
          chainTexts('list')[berthKeys]!,
          '"berths"',
          '"moorings"',
        ),
      });

    it('are renamed, which is said', async () => {
      const opened = await openChain('list');
      const plan = planIn(opened, { name: 'v4' }, await renamedSince());
      const stores = applied(opened, plan).app.upgrades.at(-1)?.stores;
      assert.deepEqual(
        [
          stores?.added,
          stores?.deleted,
          stores?.renamed.map(({ from, to }) => [from.name, to.name]),
        ],
        [[], [], [['moorings', 'berths']]],
      );
      assert.ok(
        plan.notes.some(note => note.startsWith('The store moorings is renamed to berths')),
      );
    });

    it('are added and deleted where the answers say so', async () => {
      const opened = await openChain('list');
      const answers = { name: 'v4', added: ['berths'], deleted: ['moorings'] };
      const plan = planIn(opened, answers, await renamedSince());
      const stores = applied(opened, plan).app.upgrades.at(-1)?.stores;
      assert.deepEqual(
        [stores?.added.map(s => s.name), stores?.deleted.map(s => s.name), stores?.renamed],
        [['berths'], ['moorings'], []],
      );
    });

    it('are not renamed again after a pending upgrade that does it', async () => {
      const texts = chainTexts('list');
      const v3 = replaceOnce(
        v3Constants,
        texts[v3Constants]!,
        'Deleted: []string{"tally"}',
        'Renamed: []store.StoreRename{{OldKey: "moorings", NewKey: "berths"}}',
      );
      const opened = await openChain('list', { texts: { [v3Constants]: v3 } });
      const plan = planIn(opened, { name: 'v4' }, await renamedSince());
      const stores = applied(opened, plan).app.upgrades.at(-1)?.stores;
      assert.deepEqual(
        [stores?.added ?? [], stores?.deleted ?? [], stores?.renamed ?? []],
        [[], [], []],
      );
    });
  });
});
