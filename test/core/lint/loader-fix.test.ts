import assert from 'node:assert/strict';
import { analyse } from '../../../core/chain/analysis.ts';
import type { Baseline } from '../../../core/chain/baseline.ts';
import type { StoreName } from '../../../core/chain/chain.ts';
import { kvStores } from '../../../core/chain/compare.ts';
import type { Repo } from '../../../core/go/repo/repo.ts';
import type { Diagnostic } from '../../../core/lint/diagnostic.ts';
import { withFix } from '../../../core/lint/fix.ts';
import { lint } from '../../../core/lint/lint.ts';
import type { SuggestedFix } from '../../../core/lint/rule.ts';
import { chainTexts } from '../../support/chains.ts';
import type { SourceEdit } from '../../support/edits.ts';
import { put } from '../../support/edits.ts';
import { gofmtIsHere, gofmtWish } from '../../support/gofmt.ts';
import { changedChain } from '../../support/planned.ts';
import type { Opened } from '../../support/plans.ts';
import { applied, openChain, planIn } from '../../support/plans.ts';

/** A chain with a pending upgrade that loads no stores, though one was mounted since the release. */
interface WithoutLoader {
  readonly repo: Repo;
  readonly release: Baseline;
  readonly finding: Diagnostic;
  readonly fix: SuggestedFix | undefined;
  /** The chain as it is where the upgrade was planned with that store. */
  planned(): Repo;
}

const name = 'v9';

function withoutLoader(opened: Opened): WithoutLoader {
  const store = kvStores(opened.app).at(-1)!;
  const release = releaseWithout(opened, store);
  const plan = (added: readonly string[]) => {
    const made = planIn(opened, { name, deleted: [], added });
    assert.equal(made.refused?.reason, undefined);
    return applied(opened, made).repo;
  };
  const repo = plan([]);
  const findings = notAdded(repo, release);
  assert.equal(findings.length, 1);
  const finding = findings[0]!;
  return { repo, release, finding, fix: finding.fixes[0], planned: () => plan([store.name!]) };
}

/** The chain as a release that did not mount a store. */
function releaseWithout({ app, chain, repo }: Opened, store: StoreName): Baseline {
  const apps = [{ ...app, stores: app.stores.filter(one => one !== store) }];
  return { ref: 'v1.0.0', merged: true, chain: { ...chain, apps }, repo };
}

function notAdded(repo: Repo, release: Baseline): Diagnostic[] {
  return lint(analyse(repo), { bases: [release] }).filter(({ rule }) => rule === 'store-not-added');
}

function changedFiles(before: Repo, after: Repo): string[] {
  return [...after.texts].filter(([file, text]) => before.texts.get(file) !== text).map(([f]) => f);
}

describe('an upgrade without a store loader that a new store needs', function () {
  this.timeout(30_000);

  for (const [chain, kind] of [
    ['statements', 'a switch that has cases of others'],
    ['statements-if', 'an if for each upgrade with stores'],
    ['closures', 'handlers that are closures'],
    ['functions', 'a function for each upgrade'],
    ['name-file', 'names in a file of their own'],
    ['names', 'no loader at all yet'],
  ] as const) {
    it(`gets the one that a plan writes: ${kind}`, async () => {
      const { repo, fix, planned } = withoutLoader(await openChain(chain));
      assert.match(fix!.title, /^Add the store "\w+" to the upgrade "v9"$/);
      const fixed = withFix(repo, fix!);
      assert.equal(changedFiles(repo, fixed).length, 1);
      assert.deepEqual(changedFiles(planned(), fixed), []);
    });
  }

  it('gets one in its own package where that has registration and loader', async () => {
    const { repo, release, fix } = withoutLoader(await openChain('newest'));
    const fixed = withFix(repo, fix!);
    assert.deepEqual(changedFiles(repo, fixed), ['app/upgrades/v9/upgrade.go']);
    const text = fixed.texts.get('app/upgrades/v9/upgrade.go')!;
    assert.match(text, /Name == upgradeName && !app\.GetUpgradeKeeper\(\)\.IsSkipHeight/);
    if (gofmtIsHere) assert.equal(gofmtWish(text), undefined);
    assert.deepEqual(lint(analyse(fixed), { bases: [release] }), []);
  });

  it("imports the plan's name where the loader is in another file", async () => {
    const { repo, fix, release } = withoutLoader(await changedChain('statements-if', apart()));
    const fixed = withFix(repo, fix!);
    assert.deepEqual(changedFiles(repo, fixed), ['app/stores.go']);
    const text = fixed.texts.get('app/stores.go')!;
    assert.match(text, /v9 "github.com\/foundry-chain\/foundry\/app\/upgrades\/v9"/);
    assert.match(text, /upgradeInfo\.Name == v9\.UpgradeName/);
    assert.deepEqual(notAdded(fixed, release), []);
  });

  it('gets a first loader only where it is asked for', async () => {
    assert.equal(withoutLoader(await openChain('names')).fix?.preferred, false);
    assert.equal(withoutLoader(await openChain('statements-if')).fix?.preferred, true);
  });

  it('names the plan on disk as the loader does', async () => {
    const edit = wiring(code =>
      code.replace(readsPlan, '\tplan := app.planOnDisk()\n').replaceAll('upgradeInfo.', 'plan.'),
    );
    const { repo, fix } = withoutLoader(await changedChain('statements-if', [edit]));
    assert.match(withFix(repo, fix!).texts.get(file)!, /if plan\.Name == v9\.UpgradeName && !/);
  });

  it('gets none where the plan on disk is known in the header of a statement only', async () => {
    const edit = wiring(code =>
      code
        .replace(
          readsPlan,
          '\tif upgradeInfo, err := app.UpgradeKeeper.ReadUpgradeInfoFromDisk(); err == nil {\n',
        )
        .replace(/\}\n$/, '\t}\n}\n'),
    );
    const { finding, planned } = withoutLoader(await changedChain('statements-if', [edit]));
    assert.deepEqual(finding.fixes, []);
    assert.throws(planned, /the plan on disk cannot be named below this loader/);
  });

  it('asks for the skipped height where only other loaders do', async () => {
    const edit = wiring(code =>
      code
        .replace(
          readsPlan,
          `${readsPlan}\tskip := app.UpgradeKeeper.IsSkipHeight(upgradeInfo.Height)\n`,
        )
        .replace(/!app\.UpgradeKeeper\.IsSkipHeight\(upgradeInfo\.Height\) \{/g, '!skip {'),
    );
    const { repo, fix } = withoutLoader(await changedChain('statements-if', [edit]));
    const fixed = withFix(repo, fix!).texts.get(file)!;
    assert.match(fixed, /v9\.UpgradeName && !app\.UpgradeKeeper\.IsSkipHeight\(/);
  });

  it('writes a name out that something else there hides', async () => {
    const edit = wiring(code => code.replace(readsPlan, `${readsPlan}\tv9 := true\n\t_ = v9\n`));
    const { repo, fix } = withoutLoader(await changedChain('statements-if', [edit]));
    assert.match(withFix(repo, fix!).texts.get(file)!, /upgradeInfo\.Name == "v9" && /);
  });

  it('writes a name out whose package leads back to that of the loader', async () => {
    const inPackages = apart().map(edit => ({ ...edit, ...asPackage(edit) }));
    const { repo, release } = withoutLoader(await changedChain('statements-if', inPackages));
    const path = 'github.com/foundry-chain/foundry/app/stores';
    const circle = repo.with([['app/upgrades/v9/x.go', `package v9\n\nimport _ "${path}"\n`]]);
    const [finding] = notAdded(circle, release);
    const fixed = withFix(circle, finding!.fixes[0]!);
    assert.match(fixed.texts.get('app/stores/stores.go')!, /upgradeInfo\.Name == "v9" && /);
    const [free] = notAdded(repo, release);
    const text = withFix(repo, free!.fixes[0]!).texts.get('app/stores/stores.go')!;
    assert.match(text, /upgradeInfo\.Name == v9\.UpgradeName && /);
  });

  it("copies an own loader with the plan's name in its place alone", async () => {
    const edit = wiring(code =>
      `${code
        .replaceAll('upgradetypes.UpgradeStoreLoader(', 'ownLoader(')
        .replace('upgradeInfo.Name == steel.UpgradeName', 'upgradeInfo.Name == upgrade')}
const upgrade = "steel"

func ownLoader(height int64, stores *storetypes.StoreUpgrades) baseapp.StoreLoader {
\treturn func(ms storetypes.CommitMultiStore) error {
\t\treturn ms.LoadLatestVersionAndUpgrade(stores)
\t}
}
`.replace('import (\n', 'import (\n\t"github.com/cosmos/cosmos-sdk/baseapp"\n'),
    );
    const { repo, fix } = withoutLoader(await changedChain('statements-if', [edit]));
    const fixed = withFix(repo, fix!).texts.get(file)!;
    assert.match(fixed, /if upgradeInfo\.Name == v9\.UpgradeName && [^\n]*\n[^\n]*\n\t\t\tAdded: /);
    assert.equal(fixed.split('ownLoader(upgradeInfo.Height').length, 4);
  });

  it('gets none where a function of its package makes the loader', async () => {
    const { finding } = withoutLoader(await openChain('factory'));
    assert.deepEqual(finding.fixes, []);
  });

  it('gets none beside a loader that nothing calls', async () => {
    const opened = await changedChain('names', [
      {
        file: 'app/stores.go',
        after:
          'package app\n\nfunc (app *App) loadStores(height int64) {\n\tapp.SetStoreLoader(nil)\n}\n',
      },
    ]);
    assert.deepEqual(withoutLoader(opened).finding.fixes, []);
  });
});

const file = 'app/upgrades.go';
const readsPlan = `\tupgradeInfo, err := app.UpgradeKeeper.ReadUpgradeInfoFromDisk()
\tif err != nil {
\t\tpanic(err)
\t}
`;

/** The file that registers upgrades, written otherwise. */
function wiring(change: (code: string) => string) {
  const code = chainTexts('statements-if')[file]!;
  return put(file, code, change(code));
}

/** The loaders in a file of their own. */
function apart() {
  const text = chainTexts('statements-if')[file]!;
  const loader = text.slice(text.indexOf('\tupgradeInfo, err :='));
  const imports = text.slice(text.indexOf('import ('), text.indexOf('// registerUpgradeHandlers'));
  return [
    put(file, `\n${loader}`, '\tapp.loadStores()\n}\n'),
    put(file, imports, imports.replace(/\n\t(\w+ )?"github.com\/cosmos[^\n]*/g, '')),
    {
      file: 'app/stores.go',
      after: `package app\n\n${imports}func (app *App) loadStores() {\n${loader}`,
    },
  ];
}

/** The same with the loaders in a package of their own, which is handed what it needs. */
function asPackage({ file: path, after }: SourceEdit): Partial<SourceEdit> {
  if (path === file) {
    const called = after!.replace(
      'app.loadStores()',
      'stores.Load(app.BaseApp, app.UpgradeKeeper)',
    );
    const own = '\n\t"github.com/foundry-chain/foundry/app/stores"\n\tiron "';
    return { after: called.replace('\n\tiron "', own) };
  }
  const taken = 'func Load(app *baseapp.BaseApp, keeper upgradekeeper.Keeper) {';
  return {
    file: 'app/stores/stores.go',
    after: after!
      .replace('package app', 'package stores')
      .replace('func (app *App) loadStores() {', taken)
      .replaceAll('app.UpgradeKeeper.', 'keeper.')
      .replace(/== (iron|steel)\.UpgradeName/g, '== "$1"')
      .replace(/\n\t(iron|steel) "[^\n]*/g, ''),
  };
}
