import assert from 'node:assert/strict';
import { githubReport } from '../../../cli/lint/github.ts';
import { analyse, readChain } from '../../../core/chain/analysis.ts';
import { lint } from '../../../core/lint/lint.ts';
import { notJudged, silenceText } from '../../../core/lint/not-judged.ts';
import { reportOf } from '../../../core/lint/report.ts';
import { replaceOnce } from '../../support/edits.ts';
import { repoOf } from '../../support/go.ts';
import { sampleChain, sampleNext } from '../../support/rule-pages.ts';

const upgrades = 'app/upgrades.go';
const keys = 'app/keys.go';
const now: Readonly<Record<string, string>> = Object.fromEntries([...sampleChain, ...sampleNext]);

/** The next version, with another way of loading stores in the place of its loop. */
async function silentAbout(loading: string, stores = '') {
  const text = now[upgrades]!;
  const loop = text.slice(text.lastIndexOf('\tfor _, upgrade'), text.lastIndexOf('}\n'));
  const repo = await repoOf({
    ...now,
    [upgrades]: replaceOnce(upgrades, text, loop, `\t${loading}\n`),
    [keys]: replaceOnce(
      keys,
      now[keys]!,
      'countertypes.StoreKey)',
      `countertypes.StoreKey${stores})`,
    ),
  });
  const chain = readChain(await repoOf(Object.fromEntries(sampleChain)));
  const options = { bases: [{ ref: 'v2.0.0', merged: true, chain }] };
  const analysis = analyse(repo);
  return { repo, problems: lint(analysis, options), silent: notJudged(analysis, options) };
}

describe('what is not judged', () => {
  it('is what stands in a file that does not parse', async () => {
    const broken = replaceOnce(keys, now[keys]!, 'countertypes.StoreKey)', 'countertypes.StoreKey');
    const analysis = analyse(await repoOf({ ...now, [keys]: broken }));
    const [silent, ...others] = notJudged(analysis).filter(({ why }) => why.startsWith('syntax'));
    assert.equal(others.length, 0);
    assert.deepEqual([silent!.location.file, silent!.rules], [keys, []]);
    assert.match(silenceText(silent!), /as far as it can be$/);
    assert.deepEqual(notJudged(analysis, { config: { exclude: [keys] } }), []);
  });

  for (const [title, loading, why] of [
    [
      'a loader from elsewhere',
      'app.SetStoreLoader(loaders.For(upgradeInfo.Name, upgradeInfo.Height))',
      'stores are not compared: what For gives is not known here',
    ],
    [
      'stores from elsewhere for a pending plan',
      'if upgradeInfo.Name == "v3" {\n\t\tapp.SetStoreLoader(upgradetypes.UpgradeStoreLoader(1, stores.Of()))\n\t}',
      'stores are not compared: what Of gives is not known here',
    ],
    [
      'stores that go to any plan',
      'app.SetStoreLoader(upgradetypes.UpgradeStoreLoader(1, &storetypes.StoreUpgrades{Added: []string{"x"}}))',
      'stores are not compared: the plan name that these stores belong to is not compared here',
    ],
  ] as const)
    it(`is said, with the rules and the place: ${title}`, async () => {
      const { silent, problems } = await silentAbout(loading, ', "ledger"');
      assert.deepEqual(
        silent.map(one => [one.location.file, one.why]),
        [[upgrades, why]],
      );
      assert.ok(silent[0]!.rules.includes('store-not-added'));
      assert.deepEqual(
        problems.filter(({ rule }) => rule === 'store-not-added'),
        [],
      );
    });

  it('is nothing where stores are read', async () => {
    const loading =
      'if upgradeInfo.Name == "v3" {\n\t\tapp.SetStoreLoader(upgradetypes.UpgradeStoreLoader(1, &storetypes.StoreUpgrades{}))\n\t}';
    const { silent, problems } = await silentAbout(loading, ', "ledger"');
    assert.deepEqual(silent, []);
    assert.ok(problems.some(({ rule }) => rule === 'store-not-added'));
  });

  it('is a field and a note of the report, and a notice on GitHub', async () => {
    const { repo, silent } = await silentAbout('app.SetStoreLoader(loaders.For(upgradeInfo.Name))');
    const report = reportOf('/r', 'v2.0.0', repo, [], ['compared with v2.0.0'], silent);
    const [one] = report.notJudged;
    assert.deepEqual(report.notJudged, [
      {
        rules: silent[0]!.rules,
        file: upgrades,
        line: silent[0]!.location.line,
        why: silent[0]!.why,
      },
    ]);
    assert.equal(
      report.notes[1],
      `${upgrades}:${one!.line}: ${one!.why} (silent: ${one!.rules.join(', ')})`,
    );
    assert.match(
      githubReport(report, 'chain/'),
      /^::notice file=chain\/app\/upgrades\.go,line=\d+,title=not judged::stores are not compared: .*\n$/,
    );
  });

  it('says which rules an SDK silences that nothing tells the generation of', async () => {
    const mod = replaceOnce(
      'go.mod',
      now['go.mod']!,
      'v0.50.13',
      'v0.0.0-20240105101112-0123456789ab',
    );
    const analysis = analyse(await repoOf({ ...now, 'go.mod': mod }));
    const silent = notJudged(analysis, {}).find(({ location }) => location.file === 'go.mod');
    assert.equal(
      silent?.why,
      'what the SDK asks for is not judged: ' +
        'nothing tells what v0.0.0-20240105101112-0123456789ab is',
    );
    assert.deepEqual([...silent.rules].sort(), [
      'handler-signature',
      'needed-module-account',
      'preblocker-wiring',
      'set-order-missing-module',
      'store-key-prefix',
      'version-map-not-stored',
    ]);
  });

  /** The rules that are silent about the SDK, on versions of it as go.mod has them. */
  async function silentAboutSdk(before: string, after: string, more: Record<string, string> = {}) {
    const modOf = (version: string) =>
      replaceOnce('go.mod', now['go.mod']!, 'github.com/cosmos/cosmos-sdk v0.50.13', version);
    const older = { ...Object.fromEntries(sampleChain), 'go.mod': modOf(before) };
    const base = { ref: 'v1.0.0', merged: true, chain: readChain(await repoOf(older)) };
    const analysis = analyse(await repoOf({ ...now, ...more, 'go.mod': modOf(after) }));
    return notJudged(analysis, { bases: [base] })
      .filter(({ location }) => location.file === 'go.mod')
      .flatMap(({ rules, why }) => rules.map(rule => `${rule}: ${why}`));
  }

  const unread = 'github.com/cosmos/cosmos-sdk v0.0.0-20240105101112-0123456789ab';

  it('is no way between two SDKs where both are one, whatever that is', async () => {
    const onTheWay = /^(consensus-params-migration|params-key-table-missing|sdk-hop-too-long):/;
    const same = await silentAboutSdk(unread, unread);
    assert.deepEqual(
      same.filter(one => onTheWay.test(one)),
      [],
    );
    const other = await silentAboutSdk(unread, 'github.com/cosmos/cosmos-sdk v0.50.13');
    assert.equal(other.filter(one => onTheWay.test(one)).length, 3);
  });

  it('is a hop to an SDK that is built from a folder', async () => {
    const folder =
      'github.com/cosmos/cosmos-sdk v0.54.0-20240105101112-0123456789ab\n)\n\n' +
      'replace (\n\tgithub.com/cosmos/cosmos-sdk => ./sdk';
    const from = 'github.com/cosmos/cosmos-sdk v0.47.3';
    assert.deepEqual(
      (await silentAboutSdk(from, folder)).filter(one => one.startsWith('sdk-hop-too-long')),
      ['sdk-hop-too-long: what the SDK asks for is not judged: the SDK has no version'],
    );
  });

  it('is the error of RegisterServices only where a call drops it', async () => {
    const app = 'app/app.go';
    const drops = replaceOnce(
      app,
      now[app]!,
      '\tapp.MountKVStores',
      '\tapp.mm.RegisterServices(app.configurator)\n\tapp.MountKVStores',
    );
    const isSaid = (silent: string[]) => silent.some(one => one.startsWith('migration-unchecked'));
    assert.ok(isSaid(await silentAboutSdk(unread, unread, { [app]: drops })));
    assert.ok(!isSaid(await silentAboutSdk(unread, unread)));
  });
});
