import assert from 'node:assert/strict';
import { analyse } from '../../../core/chain/analysis.ts';
import type { Answers } from '../../../core/plan/question.ts';
import { upgradeQuestions } from '../../../core/plan/upgrade/upgrade-questions.ts';
import { chainTexts } from '../../support/chains.ts';
import { repoOf } from '../../support/go.ts';
import type { Opened } from '../../support/plans.ts';
import { applied, openChain, planIn } from '../../support/plans.ts';

/** A small chain with the wiring file changed. */
async function changed(
  chain: string,
  change: (text: string) => string,
  file = 'app/upgrades.go',
): Promise<Opened> {
  const texts = chainTexts(chain);
  const before = texts[file]!;
  const after = change(before);
  assert.notEqual(after, before, 'nothing was changed');
  return openChain(chain, { texts: { [file]: after } });
}

/** The lines around the new one in a file that a plan changes. */
function around(opened: Opened, answers: Answers, file: string): string[] {
  const plan = planIn(opened, answers);
  assert.equal(plan.refused?.reason, undefined);
  const lines = plan.edits
    .find(e => e.file === file)!
    .after.split('\n')
    .map(l => l.trim());
  const at = lines.findIndex(l => l.includes(String(answers['name'])));
  return lines.slice(at - 1, at + 2);
}

describe('names that share one handler', () => {
  const plain = (text: string) => text.replace('// planNames are in alphabetical order.\n', '');

  it('stand by alphabet where a comment or a check says so', async () => {
    assert.deepEqual(around(await openChain('names'), { name: 'v1.11.0' }, 'app/upgrades.go'), [
      '"v1.1.0",',
      '"v1.11.0",',
      '"v1.2.0",',
    ]);
    const checked = await changed('names', text =>
      plain(text)
        .replace(
          '\tfor _, name',
          '\tif !sort.StringsAreSorted(planNames) {\n\t\tpanic("not sorted")\n\t}\n\tfor _, name',
        )
        .replace('import (\n', 'import (\n\t"sort"\n\n'),
    );
    assert.deepEqual(around(checked, { name: 'v1.11.0' }, 'app/upgrades.go'), [
      '"v1.1.0",',
      '"v1.11.0",',
      '"v1.2.0",',
    ]);
  });

  it('stand by version where nothing says otherwise, and a note does where that matters', async () => {
    const opened = await changed('names', plain);
    assert.deepEqual(around(opened, { name: 'v1.11.0' }, 'app/upgrades.go'), [
      '"v1.2.0",',
      '"v1.11.0",',
      '}',
    ]);
    const said = (name: string) =>
      planIn(opened, { name }).notes.some(n => n.includes('by alphabet'));
    assert.deepEqual([said('v1.11.0'), said('v1.3.0')], [true, false]);
  });

  for (const [how, loop] of Object.entries({
    'split into lines': 'for _, name := range strings.Split(strings.TrimSpace(planNames), "\\n") {',
    'kept in a variable': 'names := strings.Fields(planNames)\n\tfor _, name := range names {',
  })) {
    it(`are read from an embedded file that is ${how}`, async () => {
      const opened = await changed('name-file', text =>
        text.replace('for _, name := range strings.Fields(planNames) {', loop),
      );
      assert.deepEqual(
        opened.app.upgrades.map(u => u.name),
        ['v1.1.0', 'v1.2.0', 'v1.10.0'],
      );
      assert.deepEqual(around(opened, { name: 'v1.3.0' }, 'app/plans.txt'), [
        'v1.2.0',
        'v1.3.0',
        'v1.10.0',
      ]);
    });
  }
});

describe('a map of upgrades', () => {
  it('has a candidate before its release, and says what the others say', async () => {
    const opened = await openChain('map');
    assert.deepEqual(around(opened, { name: 'aster-rc2' }, 'app/upgrades.go').slice(0, 2), [
      '"aster-rc1": {}, // v1.1.0-rc1',
      '"aster-rc2": {',
    ]);
    const notes = planIn(opened, { name: 'clover' }).notes.join('\n');
    assert.match(notes, /which release they are for \("\/\/ v1\.2\.0"\)/);
    assert.match(notes, /aster-rc1 beside aster/);
  });

  it('is not given stores that nothing would load', async () => {
    const cut = await changed('map', text =>
      text
        .replace(/\n\tinfo, err := [\s\S]*?\n\}\n/, '}\n')
        .replace(/\n\/\/ storeLoaderFor [\s\S]*?\n\}\n/, '')
        .replace('\t"github.com/cosmos/cosmos-sdk/baseapp"\n', ''),
    );
    assert.deepEqual(cut.app.storeStyle, ['S0']);
    assert.match(
      planIn(cut, { name: 'clover', added: ['petal'] }).refused!.reason,
      /^planned has fields for stores, but no store loader/,
    );
    assert.equal(planIn(cut, { name: 'clover' }).refused?.reason, undefined);
  });
});

it('a private list without stores gets a guarded loader by name', async () => {
  const opened = await changed('private', text =>
    text
      .replace(/\n\tinfo, err := [\s\S]*?\n\}\n/, '}\n')
      .replace(/\t\tstoreUpgrades: [\s\S]*?\n\t\t\},\n/, '')
      .replace('\tstoreUpgrades storetypes.StoreUpgrades\n', '')
      .replace(/.*(spoketypes|storetypes) ".*\n/g, ''),
  );
  const plan = planIn(opened, { name: 'v1.3', added: ['spoke'] });
  assert.equal(plan.refused?.reason, undefined);
  assert.match(
    plan.edits[0]!.after,
    /if upgradeInfo\.Name == "v1\.3" && !app\.UpgradeKeeper\.IsSkipHeight\(upgradeInfo\.Height\) \{/,
  );
  assert.deepEqual(
    applied(opened, plan)
      .app.upgrades.find(u => u.name === 'v1.3')!
      .stores?.added.map(s => s.name),
    ['spoke'],
  );
});

it('a release says what its candidates change that it does not', async () => {
  const opened = await changed('map', text =>
    text.replace('"begonia": { // v1.2.0', '"begonia-rc1": { // v1.2.0'),
  );
  const notes = (answers: Answers) =>
    planIn(opened, answers)
      .notes.filter(n => n.includes('candidate of'))
      .join();
  assert.match(
    notes({ name: 'begonia' }),
    /^begonia-rc1 is a candidate of begonia and deletes soil, which begonia does not/,
  );
  assert.doesNotMatch(notes({ name: 'begonia', deleted: ['soil'] }), /which begonia does not/);
  assert.equal(notes({ name: 'clover' }), '');
});

it('a single handler is not turned into a list where the app has a store loader of its own', async () => {
  const opened = await openChain('own-loader');
  const convert = upgradeQuestions.find(q => q.id === 'convert')!;
  assert.equal(convert.when!({ ...opened, answers: {} }), false);
  assert.match(
    planIn(await openChain('own-loader'), { name: 'v3', convert: true }).refused!.reason,
    /loader of its own \(app\.SetStoreLoader\(/,
  );
  const single = await openChain('single');
  assert.equal(convert.when!({ ...single, answers: {} }), true);
});

/** The chain whose function only gets keepers, without a store loader, and otherwise changed. */
async function withoutLoader(changes: Record<string, (text: string) => string>): Promise<Opened> {
  const { 'app/upgrades.go': _, ...texts } = chainTexts('functions');
  texts['app/app.go'] = texts['app/app.go']!.replace('\tapp.setUpgradeStoreLoaders()\n', '');
  for (const [file, change] of Object.entries(changes)) texts[file] = change(texts[file]!);
  const repo = await repoOf(texts);
  const analysis = analyse(repo);
  return { ...analysis, app: analysis.chain.apps[0]! };
}

it('keepers alone load no stores: the loader goes where the app hands them out', async () => {
  const opened = await withoutLoader({});
  const plan = planIn(opened, { name: 'v4', added: ['vote'] });
  assert.equal(plan.refused?.reason, undefined);
  const after = plan.edits.find(e => e.file === 'app/app.go')!.after;
  assert.match(
    after,
    /upgrades\.RegisterUpgradeHandlers\(.*\)\n\n\tupgradeInfo, err := app\.UpgradeKeeper\.ReadUpgradeInfoFromDisk\(\)/,
  );
  assert.match(
    after,
    /upgradeInfo\.Name == v4\.V3ToV4PlanName && !app\.UpgradeKeeper\.IsSkipHeight/,
  );
  assert.match(after, /\tapp\.SetStoreLoader\(/);
  assert.doesNotMatch(
    plan.edits.find(e => e.file === 'app/upgrades/register.go')!.after,
    /SetStoreLoader/,
  );
});

it('keepers alone load no stores: refused where the app is not seen to hand them out', async () => {
  const opened = await withoutLoader({
    'app/app.go':
      text => `${text.replace(/\tupgrades\.RegisterUpgradeHandlers\(.*\n/, '\tregisterAll(app)\n')}
func registerAll(chain *App) {\n\tupgrades.RegisterUpgradeHandlers(chain.mm, &chain.configurator, &chain.AccountKeeper, &chain.UpgradeKeeper)\n}\n`,
  });
  assert.match(
    planIn(opened, { name: 'v4', added: ['vote'] }).refused!.reason,
    /is not given the app, on which a store loader is set/,
  );
  assert.equal(planIn(opened, { name: 'v4' }).refused?.reason, undefined);
});

it('a store loader set on the keeper is none', async () => {
  const style = async (on: string) =>
    (
      await withoutLoader({
        'app/upgrades/register.go': text =>
          text.replace(
            /\n\}\n$/,
            `\n\tinfo, _ := upgrades.ReadUpgradeInfoFromDisk()\n\tif info.Name == v3.V2ToV3PlanName {\n\t\t${on}.SetStoreLoader(upgradetypes.UpgradeStoreLoader(info.Height, &storetypes.StoreUpgrades{}))\n\t}\n}\n`,
          ),
      })
    ).app.storeStyle;
  assert.deepEqual([await style('upgrades'), await style('base')], [['S0'], ['S3']]);
});
