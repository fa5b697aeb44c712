import assert from 'node:assert/strict';
import { homeChecks } from '../../../core/operate/all-checks.ts';
import type { HomeCheckResult } from '../../../core/operate/check.ts';
import { lookAtHome } from '../../../core/operate/look.ts';
import { attestation, hasErrors, verify } from '../../../core/operate/verify.ts';
import { machineOf } from '../../support/fake-machine.ts';
import { setRecord } from '../../support/home-faults.ts';
import type { HomeCase } from '../../support/node-home.ts';
import { home, newBinary, program, readyHome, sha256 } from '../../support/node-home.ts';
import { layoutFaults } from './layout-faults.ts';
import { stateFaults } from './state-faults.ts';

/** What is found in a home. */
async function factsOf(
  { machine, request, chain, archive, version }: HomeCase,
  ran: string[] = [],
) {
  return lookAtHome(machineOf(machine), request, {
    chain: () => Promise.resolve(chain ? { is: 'there', value: chain } : { is: 'absent' }),
    archive: path => Promise.resolve({ path, ...archive! }),
    version: binary => {
      ran.push(binary);
      return Promise.resolve(version);
    },
  });
}

async function verified(one: HomeCase) {
  return verify(await factsOf(one));
}

/** The checks that did not pass, with their severity. */
function faults(checks: readonly HomeCheckResult[]): string[] {
  return checks
    .filter(({ ok, severity }) => !ok && severity !== 'skipped')
    .map(({ check, severity }) => `${severity} ${check}`);
}

const table = { ...layoutFaults, ...stateFaults };

/** The chain, whose plan has no info. */
function bare(one: HomeCase) {
  const chain = { ...one.chain!, plan: { name: 'v2', height: 120, info: '' } };
  return { is: 'there' as const, value: chain };
}

describe('the checks of verify', () => {
  it('find nothing in a home that is ready, and each of them was made', async () => {
    const { checks, folder } = await verified(readyHome());
    assert.deepEqual(
      checks.filter(({ ok }) => !ok),
      [],
    );
    assert.deepEqual(
      [checks.map(({ check }) => check), folder],
      [homeChecks.map(({ name }) => name), 'v2'],
    );
  });

  for (const [expected, wrong] of Object.entries(table)) {
    for (const [what, spoil, says] of wrong) {
      it(`${expected}: ${what}`, async () => {
        const one = readyHome();
        spoil(one);
        const result = await verified(one);
        assert.deepEqual(faults(result.checks), [expected], JSON.stringify(result, null, 2));
        const { message, fix } = result.checks.find(
          ({ ok, severity }) => !ok && severity !== 'skipped',
        )!;
        assert.match(message, says);
        assert.ok(fix, message);
        assert.equal(hasErrors(result), expected.startsWith('error '));
      });
    }
  }

  it('say what they lacked, and take nothing unread for absent', async () => {
    const one = readyHome();
    Object.assign(one.request, { cosmovisor: undefined, manifest: undefined, run: false });
    one.chain = undefined;
    one.machine.entries[`${home}/data/upgrade-info.json`] = { unread: 'permission denied' };
    const { checks } = await verified(one);
    const skippedOnes = checks.filter(({ severity }) => severity === 'skipped');
    assert.deepEqual(
      skippedOnes.map(({ check, message, ok }) => [check, ok, message.replace(/:.*/, '')]),
      [
        ['daemon-environment', false, 'no environment was given'],
        ['environment-values', false, 'no environment was given'],
        ['environment-names', false, 'no environment was given'],
        ['running-environment', false, 'no environment was given'],
        ['binary-runs', false, 'it was not asked for'],
        ['plan-info', false, 'no info of the plan is known'],
        ['backup-skipped', false, 'no environment was given'],
        ['shutdown-grace', false, 'no environment was given'],
        ['restart-after-upgrade', false, 'no environment was given'],
        ['downloads-allowed', false, 'no environment was given'],
        ['custom-preupgrade', false, 'no environment was given'],
        ['upgrade-info-file', false, 'data/upgrade-info.json cannot be read'],
        ['plan-on-chain', false, 'no node was named'],
        ['time-left', false, 'no node was named'],
      ],
    );
    assert.deepEqual(faults(checks), ['warning binary-checksum']);
    one.machine.entries[`${home}/cosmovisor/genesis/bin/simd`] = { content: program('v0') };
    const unnamed = (await verified(one)).checks.find(({ check }) => check === 'upgrade-binary')!;
    assert.equal(unnamed.severity, 'skipped');
    assert.match(unnamed.message, /name is not known \(tinyd, simd are there\)|\(simd, tinyd are/);
  });

  it('take a record of a height to come for no upgrade that was made', async () => {
    const entry = (fromHeight: number) =>
      `[{"version":1,"from_height":5},{"version":2,"from_height":${fromHeight},"upgrade":"v2"}]`;
    const one = readyHome();
    setRecord(one, entry(120));
    const record = async () =>
      (await verified(one)).checks.find(({ check }) => check === 'app-version')!;
    assert.equal((await record()).ok, true);
    setRecord(one, entry(80));
    assert.match((await record()).message, /since 80: v2 was applied already/);
    one.chain = undefined;
    const { severity, message } = await record();
    assert.equal(severity, 'skipped');
    assert.match(message, /of v2, from 80 on: whether that has passed a node would tell/);
  });

  it('take the environment of a process, and its user', async () => {
    const one = readyHome();
    one.request.cosmovisor = '71';
    one.machine.processes[0] = { ...one.machine.processes[0]!, uid: 1001 };
    one.machine.entries[newBinary] = { content: program('v2'), mode: 0o744 };
    one.machine.entries['/var/backups/tiny'] = { folder: true, mode: 0o777 };
    assert.deepEqual(faults((await verified(one)).checks), ['error binary-executable']);
    one.request.cosmovisor = '99';
    await assert.rejects(factsOf(one), /there is no process 99: give the number/);
  });

  it('run a binary only where its checksum was compared', async () => {
    const ran: string[] = [];
    await factsOf(readyHome(), ran);
    assert.deepEqual(ran, [newBinary]);
    for (const spoil of [
      (one: HomeCase) => {
        one.machine.entries[newBinary] = { content: program('evil'), mode: 0o755 };
      },
      (one: HomeCase) => {
        one.request.run = false;
      },
    ]) {
      const one = readyHome();
      spoil(one);
      await factsOf(one, ran);
    }
    assert.equal(ran.length, 1);
  });

  it('attest what was compared, for the key of this very node', async () => {
    const one = readyHome();
    const facts = await factsOf(one);
    const ask = (given = facts, ownNode: string | undefined = 'ab'.repeat(20)) =>
      attestation(given, verify(given), { ownNode, time: '2026-05-04T00:00:00.000Z' });
    assert.deepEqual(ask(), {
      kind: 'upgrade-ready',
      chainId: 'tiny-1',
      upgrade: 'v2',
      height: 120,
      consensusAddress: 'AB'.repeat(20),
      binarySha256: sha256(program('v2')),
      version: '2.0.0',
      time: '2026-05-04T00:00:00.000Z',
    });
    for (const [given, ownNode, reason] of [
      [facts, 'cd'.repeat(20), /is not the one of this home/],
      [facts, undefined, /is not the one of this home/],
      [{ ...facts, chain: { is: 'absent' as const } }, 'ab'.repeat(20), /give --rpc of this node/],
      [{ ...facts, manifest: undefined, chain: bare(one) }, 'ab'.repeat(20), /was not compared/],
      [{ ...facts, folder: undefined }, 'ab'.repeat(20), /there are errors/],
    ] as const) {
      const attested = attestation(given, verify(given), { ownNode, time: '' });
      assert.ok('reason' in attested && reason.test(attested.reason), JSON.stringify(attested));
    }
  });

  it('are all in the table, but for the one that only informs', () => {
    const tried = new Set(Object.keys(table).map(key => key.split(' ')[1]));
    assert.deepEqual(
      homeChecks.map(({ name }) => name).filter(name => !tried.has(name)),
      ['time-left'],
    );
    for (const { name, severity } of homeChecks)
      assert.ok(severity === 'info' || `${severity} ${name}` in table, name);
  });
});
