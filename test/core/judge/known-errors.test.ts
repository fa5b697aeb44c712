import assert from 'node:assert/strict';
import { readChain } from '../../../core/chain/analysis.ts';
import { chainTexts } from '../../support/chains.ts';
import { replaceOnce } from '../../support/edits.ts';
import { repoOf } from '../../support/go.ts';
import { migrationIn, openChain, planIn } from '../../support/plans.ts';

const none = { added: [], deleted: [], renamed: [] };
const list = chainTexts('list');
const listApp = 'app/app.go';

/** The app without the statement that stores the module versions. */
function unstored(file: string, text: string, manager: string): string {
  const call = `app.UpgradeKeeper.SetModuleVersionMap(ctx, app.${manager}.GetVersionMap())`;
  return replaceOnce(
    file,
    text,
    `if err := ${call}; err != nil {`,
    'if err := ctx.Err(); err != nil {',
  );
}

const broken = { [listApp]: unstored(listApp, list[listApp]!, 'mm') };
const about = /^Mend this first, or the upgrade fails \((\S+), (\S+):\d+\): /;

function told(notes: readonly string[]): string[] {
  return notes.flatMap(note => {
    const found = about.exec(note);
    return found ? [`${found[1]!} ${found[2]!}`] : [];
  });
}

describe('errors that the code has before a plan', () => {
  it('are the first notes of an upgrade', async () => {
    const plan = planIn(await openChain('list', { texts: broken }), { name: 'v4', ...none });
    assert.equal(plan.refused, undefined);
    assert.deepEqual(told(plan.notes.slice(0, 1)), [`version-map-not-stored ${listApp}`]);
    assert.deepEqual(told(plan.notes.slice(1)), []);
  });

  it('are told with the line they have before it', async () => {
    const plan = planIn(await openChain('list', { texts: broken }), { name: 'v4', ...none });
    const [line] = /(?<=:)\d+(?=\))/.exec(plan.notes[0]!)!;
    const lines = broken[listApp]!.split('\n');
    assert.match(lines[Number(line) - 1]!, /SetInitChainer|InitChainer/);
  });

  it('are none where nothing is wrong, and where the repository makes it a warning', async () => {
    const config = '{ "rules": { "version-map-not-stored": "warning" } }';
    for (const texts of [{}, { ...broken, '.chain-upgrade.json': config }]) {
      const plan = planIn(await openChain('list', { texts }), { name: 'v4', ...none });
      assert.deepEqual(told(plan.notes), []);
    }
  });

  it('are none that the plan mends', async () => {
    const keys = 'app/keepers/keys.go';
    const key = '\t\tberthtypes.StoreKey,\n';
    const texts = { [keys]: replaceOnce(keys, list[keys]!, key, `${key}\t\t"ledger",\n`) };
    const base = readChain(await repoOf(list));
    const plan = planIn(await openChain('list', { texts }), { name: 'v4' }, base);
    assert.equal(plan.refused, undefined);
    assert.deepEqual(told(plan.notes), []);
  });

  it('are nothing for a migration alone', async () => {
    const plan = migrationIn(await openChain('list', { texts: broken }), 'berth');
    assert.equal(plan.refused, undefined);
    assert.deepEqual(told(plan.notes), []);
  });

  it('are those of the app, not of another', async () => {
    const file = 'app/provider/app.go';
    const two = chainTexts('single-two-apps');
    const texts = { [file]: unstored(file, two[file]!, 'ModuleManager') };
    for (const [app, notes] of [
      ['app/provider', [`version-map-not-stored ${file}`]],
      ['app/consumer', []],
    ] as const) {
      const plan = planIn(await openChain('single-two-apps', { app, texts }), {
        name: 'v9.0.0',
        ...none,
      });
      assert.equal(plan.refused, undefined);
      assert.deepEqual(told(plan.notes), notes);
    }
  });
});
