import assert from 'node:assert/strict';
import { memoryFiles } from '../../../../core/files.ts';
import { lockText } from '../../../../core/lock/lock.ts';
import { lockBases } from '../../../../core/lock/lock-base.ts';
import { planRenameIn } from '../../../../core/tasks/tasks.ts';
import { repoOf } from '../../../support/go.ts';
import { inputOf, openRepo } from '../../../support/plans.ts';
import { refused, rename, texts, withV5 } from '../../../support/renamed.ts';

describe('a rename that cannot be made', function () {
  this.timeout(30_000);

  describe('is refused', () => {
    it('for a name that New Upgrade would refuse', async () => {
      const opened = await withV5();
      for (const [to, reason] of [
        ['', /the upgrade needs a name/],
        ['v 6', /contains a space/],
        ['../v6', /path separator/],
        ['con.1', /is a device on Windows/],
        ['main', /Go cannot import one of that name/],
        ['v'.repeat(141), /141 characters; 140 are allowed/],
        ['v2', /^v2 is registered already at app/],
        ['V5', /differs from the registered v5 only in capitals/],
        ['v5', /is called v5 already/],
      ] as const)
        refused(rename(opened, 'v5', to), reason);
    });

    it('for a plan that a release has', async () => {
      const opened = await withV5();
      const base = { ref: 'v5.0.0', merged: true, chain: opened.chain };
      refused(
        rename(opened, 'v5', 'v6', [base]),
        /^v5 is in v5\.0\.0 already: networks keep the name/,
      );
    });

    it('for a plan that a lock says was applied, and for a name that was', async () => {
      const opened = await withV5();
      const lock = (name: string) => ({
        'upgrades.lock/harbor-1.json': lockText({
          chainId: 'harbor-1',
          date: '2026-01-01',
          source: 'a node',
          app: 'app',
          sdk: { version: null, generation: null },
          stores: [],
          uncertainStores: [],
          modules: {},
          upgrades: [{ name, height: 7 }],
        }),
      });
      const bases = async (name: string) => lockBases(await repoOf(lock(name))).bases;
      refused(rename(opened, 'v5', 'v6', await bases('v5')), /^v5 is in harbor-1 already/);
      refused(
        rename(opened, 'v5', 'v6', await bases('v6')),
        /^v6 is in harbor-1 already: a network takes the name of a plan only once/,
      );
      assert.equal(rename(opened, 'v5', 'v6', await bases('v4')).refused, undefined);
    });

    it('for what is no upgrade, and for one that nothing registers', async () => {
      const opened = await withV5();
      refused(rename(opened, 'v9', 'v10'), /^this app has no upgrade v9$/);
      const text = opened.repo.texts.get('app/app.go')!;
      const without = text.replace('\tv5.Upgrade,\n', '').replace(/\t.*upgrades\/v5"\n/, '');
      const unregistered = openRepo(opened.repo.with([['app/app.go', without]]));
      refused(rename(unregistered, 'v5', 'v6'), /^v5 is not registered \(app\/upgrades\/v5\//);
    });

    it('where the name is computed, with the place', async () => {
      const opened = await withV5();
      const file = 'app/upgrades/v5/constants.go';
      const text = opened.repo.texts.get(file)!.replace('"v5"', '"v" + "5"');
      const computed = openRepo(opened.repo.with([[file, text]]));
      const line = text.slice(0, text.indexOf('"v" +')).split('\n').length;
      const plan = rename(computed, 'v5', 'v6');
      refused(plan, /^the name of this upgrade is computed at /);
      assert.deepEqual([plan.refused!.file, plan.refused!.line], [file, line]);
    });

    it('where another plan lives in its folder', async () => {
      const opened = await withV5();
      const constants = 'app/upgrades/v5/constants.go';
      const second = `package v5

import "github.com/harbor-chain/harbor/app/upgrades"

// Candidate is tried out first.
var Candidate = upgrades.Upgrade{
	UpgradeName:          "v5-rc1",
	CreateUpgradeHandler: CreateUpgradeHandler,
}
`;
      const app = opened.repo.texts.get('app/app.go')!;
      const shared = openRepo(
        opened.repo.with([
          [constants.replace('constants', 'candidate'), second],
          ['app/app.go', app.replace('\tv5.Upgrade,\n', '\tv5.Upgrade,\n\tv5.Candidate,\n')],
        ]),
      );
      refused(
        rename(shared, 'v5', 'v6'),
        /^app\/upgrades\/v5 is named for v5, but holds v5-rc1 too; give each/,
      );
    });

    it('where something is at the new place', async () => {
      const opened = await withV5({ 'app/upgrades/v6/notes.go': 'package v6\n' });
      refused(rename(opened, 'v5', 'v6'), /^app\/upgrades\/v6 exists already; choose another name/);
      const checks = await withV5({
        'upgrades.checks/v6.json': '{}\n',
        'upgrades.checks/v5.json': '{}\n',
      });
      refused(rename(checks, 'v5', 'v6'), /^upgrades\.checks\/v6\.json exists already/);
    });

    it('where the folder holds what cannot be moved with certainty', async () => {
      const opened = await withV5();
      const all = texts(opened);
      const moved = (more: Readonly<Record<string, string>>) =>
        planRenameIn(inputOf(opened), { name: 'v5', to: 'v6' }, memoryFiles({ ...all, ...more }));
      refused(
        await moved({ 'app/upgrades/v5/state.pb.go': 'package v5\n' }),
        /^app\/upgrades\/v5\/state\.pb\.go is generated, and names the package/,
      );
      const source = memoryFiles(all);
      const binary = {
        list: async () => [...(await source.list()), 'app/upgrades/v5/genesis.gz'],
        read: source.read,
      };
      const plan = await planRenameIn(inputOf(opened), { name: 'v5', to: 'v6' }, binary);
      refused(plan, /genesis\.gz is no text that could be moved/);
    });
  });
});
