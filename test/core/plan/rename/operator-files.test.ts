import assert from 'node:assert/strict';
import { planOf } from '../../../../core/tasks/make-plan.ts';
import { newOperatorFiles, newProposal } from '../../../../core/tasks/tasks.ts';
import { chainTexts } from '../../../support/chains.ts';
import type { Opened } from '../../../support/plans.ts';
import { applied, inputOf, openChain, openRepo } from '../../../support/plans.ts';

import { offeredRename, rename, texts, upgraded, withV5 } from '../../../support/renamed.ts';

describe('the rename of a plan that operators know', function () {
  this.timeout(30_000);

  describe('in operator files', () => {
    const place = 'operators/local/v5';
    const manifest = JSON.stringify(
      {
        binaries: { 'linux/amd64': 'https://example.com/v5/harbord?checksum=sha256:ab' },
        upgrade_kit: {
          version: 'v5.0.0',
          commit: null,
          binary_sha256: { 'linux/amd64': 'ab'.repeat(32) },
        },
      },
      null,
      2,
    );
    const answers = {
      deposit: '1stake',
      height: '100',
      authority: 'cosmos10d07y265gmmuvt4z0w9aw880jnsr700j6zn9kn',
      title: 'Upgrade',
      summary: 'To the next release',
      metadata: 'ipfs://x',
      info: `{"binaries":{"linux/amd64":"https://example.com/v5/harbord?checksum=sha256:${'ab'.repeat(32)}"}}`,
    };
    async function withFiles(name: string): Promise<Opened> {
      let opened = upgraded(await openChain('list'), name);
      const folder = place.replace('v5', name);
      opened = openRepo(opened.repo.with([[`${folder}/manifest.json`, manifest]]));
      for (const task of [newProposal, newOperatorFiles]) {
        const plan = planOf(task, inputOf(opened), { ...answers, name, user: 'harbor' });
        assert.equal(plan.refused?.reason, undefined);
        opened = applied(opened, plan);
      }
      return opened;
    }

    it('that this tool wrote', async () => {
      const opened = await withFiles('v5');
      const { after } = offeredRename(opened, 'v5', 'v6');
      assert.deepEqual(texts(after), texts(await withFiles('v6')));
      assert.deepEqual(texts(offeredRename(after, 'v6', 'v5').after), texts(opened));
    });

    it('not where a word may mean the release of the binaries', async () => {
      const opened = await withFiles('v5');
      const same = manifest.replace('"v5.0.0"', '"v5"');
      const changed = openRepo(opened.repo.with([[`${place}/manifest.json`, same]]));
      const { plan } = offeredRename(changed, 'v5', 'v6');
      assert.match(
        plan.notes.join('\n'),
        /not changed: operators\/local\/v6\/RUNBOOK\.md names v5/,
      );
      assert.ok(plan.moves!.some(({ to }) => to === 'operators/local/v6/RUNBOOK.md'));
    });

    it('not those of another app that has a plan of that name', async () => {
      const files = {
        'upgrades.checks/v7-provider.json': '{}\n',
        'operators/local/v7-provider/RUNBOOK.md': 'v7-provider\n',
        'operators/provider-1/v7-provider/RUNBOOK.md': 'v7-provider\n',
        'operators/consumer-1/v7-provider/RUNBOOK.md': 'v7-provider\n',
      };
      const consumer = chainTexts('single-two-apps')['app/consumer/app.go']!;
      const opened = await openChain('single-two-apps', {
        app: 'app/provider',
        texts: {
          ...files,
          'app/consumer/app.go': consumer.replaceAll('v4-consumer', 'v7-provider'),
        },
      });
      const lock = (ref: string, dir: string) => ({
        ref,
        merged: true,
        apps: [dir],
        chain: { apps: [], modules: [], unknown: [] },
      });
      const bases = [lock('provider-1', 'app/provider'), lock('consumer-1', 'app/consumer')];
      const plan = rename(opened, 'v7-provider', 'v8-provider', bases);
      assert.equal(plan.refused?.reason, undefined);
      assert.deepEqual(
        plan.moves!.filter(({ from }) => !from.endsWith('.go')).map(({ from, to }) => [from, to]),
        [
          [
            'operators/provider-1/v7-provider/RUNBOOK.md',
            'operators/provider-1/v8-provider/RUNBOOK.md',
          ],
        ],
      );
      const places = plan.notes.filter(note =>
        /not changed: (upgrades\.checks|operators)/.test(note),
      );
      assert.deepEqual(places, [
        'not changed: upgrades.checks/v7-provider.json may be of v7-provider in app/consumer; copy or move it by hand',
        'not changed: operators/local/v7-provider may be of v7-provider in app/consumer; copy or move it by hand',
      ]);
    });

    it('not those of the team, of which it tells', async () => {
      const opened = await withV5({
        'gov/upgrade-proposal.json': '{ "plan": { "name": "v5" } }\n',
        'scripts/run.sh': 'harbord --plan v5\n',
      });
      const { plan, after } = offeredRename(opened, 'v5', 'v6');
      assert.match(plan.notes.join('\n'), /not changed: gov\/upgrade-proposal\.json names v5/);
      assert.match(plan.notes.join('\n'), /not changed: scripts\/run\.sh names v5/);
      assert.match(after.repo.texts.get('gov/upgrade-proposal.json')!, /"v5"/);
    });
  });
});
