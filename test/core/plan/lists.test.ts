import assert from 'node:assert/strict';
import { chainTexts } from '../../support/chains.ts';
import type { Opened } from '../../support/plans.ts';
import { applied, openChain, planIn } from '../../support/plans.ts';

const mainnet = 'app/upgrades_mainnet.go';
const testnet = 'app/upgrades_testnet.go';

/** The chain with lists behind build tags, some of its files changed. */
async function tagged(change: (texts: Record<string, string>) => void): Promise<Opened> {
  const texts = { ...chainTexts('tagged') };
  change(texts);
  return openChain('tagged', { texts });
}

/** What an opened chain registers, list by list. */
function registered({ app }: Opened): string[] {
  return app.upgrades.filter(u => u.registered).map(u => `${u.buildTags.join()} ${u.name}`);
}

describe('several lists of upgrades', () => {
  it('follow an upgrade that takes no arguments, and put the new one last', async () => {
    const opened = await tagged(texts => {
      texts['app/upgrades/v3/upgrade.go'] = texts['app/upgrades/v3/upgrade.go']!.replace(
        'var Upgrade = upgrades.Upgrade{',
        'func CreateUpgrade(_ bool) upgrades.Upgrade {\n\treturn upgrades.Upgrade{',
      ).replace('// CreateUpgradeHandler', '}\n\n// CreateUpgradeHandler');
      texts[mainnet] = texts[mainnet]!.replace('v3.Upgrade', 'v3.CreateUpgrade(false)');
      texts[testnet] = texts[testnet]!.replace('v3.Upgrade', 'v3.CreateUpgrade(true)');
    });
    const plan = planIn(opened, { name: 'v4' });
    assert.equal(plan.refused?.reason, undefined);
    for (const file of [mainnet, testnet])
      assert.match(
        plan.edits.find(e => e.file === file)!.after,
        /v3\.CreateUpgrade\((false|true)\),\n\t\tv4\.Upgrade,\n/,
      );
  });

  it('keep their order, candidates and all, where they are in order', async () => {
    const orderAfter = (name: string, opened: Opened) =>
      /\{([^{}]*)\}/
        .exec(
          planIn(opened, { name, list: 'testnet' })
            .edits[0]!.after.split('func init()')[1]!
            .replace(/^ \{/, ''),
        )![1]!
        .match(/\w+(?=\.Upgrade)/g)!
        .join(' ');
    const ordered = await tagged(() => undefined);
    const apart = await tagged(texts => {
      texts[testnet] = texts[testnet]!.replace('v2rc1.Upgrade,\n\t\t', '').replace(
        'v3.Upgrade,',
        'v3.Upgrade,\n\t\tv2rc1.Upgrade,',
      );
    });
    assert.equal(orderAfter('v4-rc1', ordered), 'v2rc1 v2 v3 v4rc1');
    assert.equal(orderAfter('v2.5', ordered), 'v2rc1 v2 v25 v3');
    assert.equal(orderAfter('v4-rc1', apart), 'v2 v3 v2rc1 v4rc1');
    assert.equal(orderAfter('v4', apart), 'v2 v3 v4 v2rc1');
  });

  it('are filled where one is empty', async () => {
    const opened = await tagged(texts => {
      texts[testnet] =
        '//go:build testnet\n\npackage app\n\nimport "github.com/fork/fork/app/upgrades"\n\nfunc init() {\n\tUpgrades = []upgrades.Upgrade{}\n}\n';
    });
    for (const [list, expected] of [
      [undefined, ['mainnet v2', 'mainnet v3', 'mainnet v4', 'testnet v4']],
      ['testnet', ['mainnet v2', 'mainnet v3', 'testnet v4']],
    ] as const) {
      const plan = planIn(opened, { name: 'v4', ...(list && { list }) });
      assert.equal(plan.refused?.reason, undefined);
      assert.deepEqual(registered(applied(opened, plan)).sort(), expected);
    }
  });

  it('are refused where all are empty, or none has that name', async () => {
    const empty = (texts: Record<string, string>) => {
      for (const [file, tag] of [
        [mainnet, 'mainnet'],
        [testnet, 'testnet'],
      ] as const)
        texts[file] =
          `//go:build ${tag}\n\npackage app\n\nimport "github.com/fork/fork/app/upgrades"\n\nfunc init() {\n\tUpgrades = []upgrades.Upgrade{}\n}\n`;
    };
    assert.match(planIn(await tagged(empty), { name: 'v4' }).refused!.reason, /first one by hand/);
    assert.match(
      planIn(await tagged(() => undefined), { name: 'v4', list: 'devnet' }).refused!.reason,
      /^no list of upgrades "devnet" \(found: mainnet, testnet\)$/,
    );
  });

  it('of one binary take it once: where the newest stands, or where it was asked for', async () => {
    const texts = { ...chainTexts('list-networks') };
    const file = 'app/upgrades.go';
    texts[file] = texts[file]!.replace(
      '\n\t// testnet (polaris-1) only\n\ttestnetv2rc0.Upgrade,\n}',
      '}\n\n// Candidates are the upgrades of the test network.\nvar Candidates = []upgrades.Upgrade{\n\ttestnetv2rc0.Upgrade,\n}',
    ).replace(
      /\tfor _, upgrade := range Upgrades \{\n.*\n\t\}\n/,
      loop => loop + loop.replace('range Upgrades', 'range Candidates'),
    );
    const opened = await openChain('list-networks', { texts });
    assert.equal(opened.app.upgrades.filter(u => u.registered).length, 3);
    const lists = (answers: Parameters<typeof planIn>[1]) => {
      const plan = planIn(opened, answers);
      const after = plan.edits.find(e => e.file === file)?.after ?? '';
      return (
        plan.refused?.reason ??
        [...after.matchAll(/var (\w+) = \[\]upgrades\.Upgrade\{([^}]*)\}/g)]
          .filter(m => /v3/.test(m[2]!))
          .map(m => m[1])
          .join()
      );
    };
    assert.equal(lists({ name: 'v3' }), 'Upgrades');
    assert.equal(lists({ name: 'v3.0.0-rc0' }), 'Candidates');
    assert.equal(lists({ name: 'v3.0.0-rc0', list: 'Upgrades' }), 'Upgrades');
    assert.match(lists({ name: 'v3', list: 'Upgrades,Candidates' }), /goes into one of them/);
  });
});
