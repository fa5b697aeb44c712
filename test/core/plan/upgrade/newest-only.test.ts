import assert from 'node:assert/strict';
import { readChain } from '../../../../core/chain/analysis.ts';
import { chainTexts } from '../../../support/chains.ts';
import { repoOf } from '../../../support/go.ts';
import type { Opened } from '../../../support/plans.ts';
import { applied, openChain, planIn } from '../../../support/plans.ts';

const registered = ({ app }: Opened) => app.upgrades.filter(u => u.registered).map(u => u.name);

describe('chains that register only their newest upgrade', function () {
  this.timeout(30_000);

  it('take it out where older packages are left', async () => {
    const opened = await openChain('list-oneline');
    const plan = planIn(opened, { name: 'v4.2.0', added: [], deleted: [] });
    assert.equal(plan.refused, undefined);
    assert.deepEqual(registered(applied(opened, plan)), ['v4.2.0']);
    assert.match(plan.notes.join('\n'), /v4\.2\.0 takes the place of v4\.1\.0/);
    const app = plan.edits.find(e => e.file === 'app/app.go')!.after;
    assert.doesNotMatch(app, /v4_1_0/);
  });

  it('keep one that the last release does not have', async () => {
    const opened = await openChain('list-oneline');
    const app = chainTexts('list-oneline')['app/app.go']!;
    const base = await openChain('list-oneline', {
      texts: { 'app/app.go': app.replaceAll('v4_1_0', 'v4_0_0') },
    });
    assert.deepEqual(registered(base), ['v4.0.0']);
    const plan = planIn(opened, { name: 'v4.2.0', added: [], deleted: [] }, base.chain);
    assert.deepEqual(registered(applied(opened, plan)), ['v4.1.0', 'v4.2.0']);
  });

  it('keep one that the last release does not have, where the app lay in another folder', async () => {
    const opened = await openChain('list-oneline');
    const moved = Object.entries(chainTexts('list-oneline')).map(([file, text]) => [
      file.replace(/^app\//, 'old/app/'),
      text
        .replaceAll('v4_1_0', 'v4_0_0')
        .replace(/(github\.com\/[\w-]+\/[\w-]+)\/app\b/g, '$1/old/app'),
    ]);
    const base = readChain(await repoOf(Object.fromEntries(moved)));
    assert.deepEqual([opened.app.dir, ...base.apps.map(a => a.dir)], ['app', 'old/app']);
    const plan = planIn(opened, { name: 'v4.2.0', added: [], deleted: [] }, base);
    assert.deepEqual(registered(applied(opened, plan)), ['v4.1.0', 'v4.2.0']);
  });

  it('keep one that registers itself and that the last release does not have', async () => {
    const opened = await openChain('newest');
    const file = 'app/app.go';
    const app = chainTexts('newest')[file]!;
    const base = await openChain('newest', {
      texts: { [file]: app.replaceAll('v1_2_0', 'v1_1_0') },
    });
    assert.deepEqual([registered(opened), registered(base)], [['v1.2.0'], ['v1.1.0']]);
    const registeredAfter = (release: Opened) =>
      registered(
        applied(opened, planIn(opened, { name: 'v1.3.0', added: [], deleted: [] }, release.chain)),
      );
    assert.deepEqual(
      [registeredAfter(base).sort(), registeredAfter(opened)],
      [['v1.2.0', 'v1.3.0'], ['v1.3.0']],
    );
  });

  it('say that one is lost which is rewritten and which the last release does not have', async () => {
    for (const [name, file, rewritten] of [
      ['single', 'app/upgrades.go', 'v3'],
      ['rewritten', 'upgrade/constants.go', 'v3.1.0'],
    ] as const) {
      const opened = await openChain(name);
      const base = await openChain(name, {
        texts: { [file]: chainTexts(name)[file]!.replaceAll(`"${rewritten}"`, '"v2"') },
      });
      assert.deepEqual([registered(opened), registered(base)], [[rewritten], ['v2']]);
      const notes = (release?: Opened) =>
        planIn(opened, { name: 'v9', added: [], deleted: [] }, release?.chain).notes.join('\n');
      const lost = new RegExp(
        `The last release does not have ${rewritten.replaceAll('.', '\\.')}: where a network has yet to run it, it is lost by this\\. With --convert the chain keeps both\\.`,
      );
      assert.match(notes(base), lost);
      for (const release of [opened, undefined])
        assert.doesNotMatch(notes(release), /does not have/);
      const both = planIn(
        opened,
        { name: 'v9', added: [], deleted: [], convert: true },
        base.chain,
      );
      assert.equal(both.refused, undefined);
      assert.deepEqual(registered(applied(opened, both)).sort(), [rewritten, 'v9'].sort());
    }
  });

  it('keep the only one where nothing is left of others', async () => {
    const opened = await openChain('list-nostores');
    const plan = planIn(opened, { name: 'v0.3.0', added: [], deleted: [] });
    assert.deepEqual(registered(applied(opened, plan)), [...registered(opened), 'v0.3.0']);
  });

  it('have candidates where older candidates are', async () => {
    const texts = chainTexts('list-oneline');
    const candidate = Object.fromEntries(
      Object.entries(texts)
        .filter(([file]) => file.startsWith('app/upgrades/v4_0_0/'))
        .map(([file, text]) => [
          file.replace('upgrades/v4_0_0', 'upgrades/testnet/v4_1_0_rc0'),
          text.replaceAll('v4.0.0', 'v4.1.0-rc0').replaceAll('v4_0_0', 'v4_1_0_rc0'),
        ]),
    );
    const opened = await openChain('list-oneline', { texts: candidate });
    const plan = planIn(opened, { name: 'v4.2.0-rc0', added: [], deleted: [] });
    assert.equal(plan.refused, undefined);
    assert.ok(
      plan.creates.every(({ file }) => file.startsWith('app/upgrades/testnet/v4_2_0_rc0/')),
      plan.creates.map(c => c.file).join(),
    );
    assert.deepEqual(registered(applied(opened, plan)), ['v4.2.0-rc0']);
  });
});

describe('a package that is rewritten', () => {
  it('loses helpers of the old handler that follow one another at its end', async () => {
    const text = chainTexts('rewritten')['upgrade/upgrade.go']!;
    const helpers =
      text.replace('return fmt.Errorf("no page")', 'return blot(ctx)') +
      '\n// blot says what is wrong.\nfunc blot(ctx context.Context) error {\n\treturn fmt.Errorf("no page: %v", ctx)\n}\n';
    const opened = await openChain('rewritten', { texts: { 'upgrade/upgrade.go': helpers } });
    const plan = planIn(opened, { name: 'v4.0.0', added: [], deleted: [] });
    assert.equal(plan.refused, undefined);
    const after = plan.edits.find(e => e.file === 'upgrade/upgrade.go')!.after;
    assert.doesNotMatch(after, /scrape|blot|fmt/);
    assert.match(after, /\n\}\n$/);
  });
});

describe('a handler beside a list', () => {
  it('is not rewritten: the list takes the new upgrade', async () => {
    const app =
      chainTexts('list-nostores')['app/upgrades.go'] === undefined
        ? 'app/app.go'
        : 'app/upgrades.go';
    const text = chainTexts('list-nostores')[app]!;
    const loop = /^func \(app \*?(\w+)\) setupUpgradeHandlers\([^)]*\) \{\n/m.exec(text)!;
    const extra =
      '\tapp.UpgradeKeeper.SetUpgradeHandler("v0.2.9", func(ctx context.Context, _ upgradetypes.Plan, vm module.VersionMap) (module.VersionMap, error) {\n\t\treturn vm, nil\n\t})\n';
    const opened = await openChain('list-nostores', {
      texts: {
        [app]:
          text.slice(0, loop.index + loop[0].length) +
          extra +
          text.slice(loop.index + loop[0].length),
      },
    });
    assert.ok(
      opened.app.registration.includes('R3') && opened.app.registration.includes('R1'),
      opened.app.registration.join(),
    );
    const plan = planIn(opened, { name: 'v0.3.0', added: [], deleted: [] });
    assert.equal(plan.refused, undefined);
    assert.deepEqual(
      [...registered(applied(opened, plan))].sort(),
      [...registered(opened), 'v0.3.0'].sort(),
    );
  });
});
