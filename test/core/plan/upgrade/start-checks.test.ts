import assert from 'node:assert/strict';
import { readChecks } from '../../../../core/rehearse/checks/read-checks.ts';
import { offered } from '../../../support/planned.ts';
import { openChain } from '../../../support/plans.ts';

const file = 'upgrades.checks/v4.json';

describe('the first checks of an upgrade', () => {
  it('are written with its test, and can be read', async () => {
    const { text } = offered(await openChain('list'), { name: 'v4', test: true });
    const found = readChecks(file, text(file));
    assert.ok('checks' in found, JSON.stringify(found));
    assert.deepEqual(
      found.checks.map(({ name }) => name),
      ['the plan is applied', 'the bond denomination stays'],
    );
  });

  it('follow the modules that it migrates', async () => {
    const opened = await openChain('list');
    const module = opened.chain.modules.find(one => one.consensusVersion !== null)!;
    const { text } = offered(opened, { name: 'v4', test: true, migrate: [module.name] });
    const found = readChecks(file, text(file));
    assert.ok('checks' in found);
    assert.deepEqual(found.checks[1]!.expect, { kind: 'growsBy', amount: '1' });
    assert.deepEqual(found.checks[1]!.asked, {
      kind: 'query',
      path: '/cosmos.upgrade.v1beta1.Query/ModuleVersions',
      request: { module_name: module.name },
      pointer: '/module_versions/0/version',
    });
  });

  it('are not written without it, and leave alone what is there', async () => {
    const without = offered(await openChain('list'), { name: 'v4' });
    assert.ok(without.plan.creates.every(create => create.file !== file));
    const own = { [file]: '{ "checks": [] }' };
    const kept = offered(await openChain('list', { texts: own }), { name: 'v4', test: true });
    assert.equal(kept.text(file), own[file]);
    assert.match(kept.notes, /upgrades\.checks\/v4\.json is kept as it is/);
  });
});
