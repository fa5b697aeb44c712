import assert from 'node:assert/strict';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { UpgradeEffects } from '../../core/network/effects.ts';
import { cliHere } from '../support/cli.ts';
import { git, History } from '../support/git.ts';
import { addLedger, change } from '../support/next-version.ts';
import { nodeAnswers, restNode } from '../support/rest-node.ts';
import { projectRoot } from '../support/root.ts';
import { tempDir, treeOf } from '../support/temp.ts';

/** A release, and what came after it: a store, a migration, an account, a parameter, `v3`. */
function upgraded(): { dir: string; history: History } {
  const dir = tempDir();
  cpSync(join(projectRoot, 'test/rules/chain'), dir, { recursive: true });
  writeFileSync(
    join(dir, 'app/accounts.go'),
    [
      'package app',
      '',
      'var maccPerms = map[string][]string{"counter": {"minter"}, "fees": nil}',
      '',
      'func orders(app *App) { app.mm.SetOrderInitGenesis("bank", "counter", "upgrade") }',
      '',
    ].join('\n'),
  );
  const params = join(dir, 'x/counter/types/params.go');
  const text = (...fields: string[]) =>
    `package types\n\nfunc DefaultParams() Params {\n\treturn Params{${fields.map(f => `${f}: 1`).join(', ')}}\n}\n`;
  writeFileSync(params, text('Step', 'Old'));
  const history = new History(dir);
  history.commit('v1.0.0');
  cpSync(join(projectRoot, 'test/rules/next'), dir, { recursive: true });
  writeFileSync(params, text('Step', 'Limit'));
  change(dir, 'app/accounts.go', '{"minter"}', '{"minter", "burner"}');
  change(dir, 'app/accounts.go', '"counter", "upgrade"', '"counter", "ledger", "upgrade"');
  change(dir, 'app/accounts.go', '"fees": nil', '"fees": nil, "ledger": {"burner"}');
  change(dir, 'x/counter/module.go', 'return 1', 'return 3');
  change(
    dir,
    'x/counter/module.go',
    'RegisterServices(cfg module.Configurator) {}',
    'RegisterServices(cfg module.Configurator) {\n' +
      '\t_ = cfg.RegisterMigration(types.ModuleName, 1, am.Migrate1to2)\n' +
      '\t_ = cfg.RegisterMigration(types.ModuleName, 2, am.Migrate2to3)\n}',
  );
  addLedger(dir);
  history.commit();
  return { dir, history };
}

const plan = (dir: string, ...args: string[]) => cliHere(['plan', '--dir', dir, ...args]);
const effects = async (dir: string, ...args: string[]) => {
  const { status, stdout, stderr } = await plan(dir, '--format', 'json', ...args);
  assert.equal(status, 0, stderr);
  return JSON.parse(stdout) as UpgradeEffects;
};
const counter = {
  name: 'counter',
  from: 1,
  to: 3,
  migrations: [
    { from: 1, func: 'am.Migrate1to2', file: 'x/counter/module.go', line: 16 },
    { from: 2, func: 'am.Migrate2to3', file: 'x/counter/module.go', line: 17 },
  ],
  initGenesis: false,
};
const ledger = { name: 'ledger', from: null, to: null, migrations: [], initGenesis: true };

describe('chain-upgrade plan', function () {
  this.timeout(60_000);

  it('tells what an upgrade does to the last release, and writes nothing', async () => {
    const { dir } = upgraded();
    const before = treeOf(dir);
    const { notes, ...rest } = await effects(dir);
    assert.deepEqual(rest, {
      plan: 'v3',
      stores: { added: [{ name: 'ledger' }], deleted: [], renamed: [] },
      modules: [counter, ledger],
      accounts: [
        { name: 'counter', permissions: ['burner', 'minter'] },
        { name: 'ledger', permissions: ['burner'] },
      ],
      params: ['parameter Limit of counter is new', 'parameter Old of counter is gone'],
    });
    assert.deepEqual(notes, [
      'compared with v1.0.0',
      'registered at app/upgrades.go:13; what its handler does besides is not listed',
      'unknown: the versions in the network and in the code of bank, upgrade',
      'the account counter has the permissions minter in the network and keeps it until a ' +
        'handler writes the account',
    ]);
    assert.deepEqual(treeOf(dir), before);
  });

  it('is a text for people', async () => {
    const { dir } = upgraded();
    const { status, stdout } = await plan(dir);
    assert.equal(status, 0);
    assert.ok(stdout.startsWith('plan v3\n\nstores\n  adds  ledger\n\nmodules,'), stdout);
    assert.match(
      stdout,
      /counter {2}1 -> 3 +from 1: am\.Migrate1to2 {2}x\/counter\/module\.go:16\n/,
    );
    assert.match(stdout, /ledger {3}new -> unknown {2}InitGenesis\n/);
    assert.match(stdout, /\nnotes\n {2}compared with v1\.0\.0\n/);
  });

  it('asks a node for its versions, its applied plans and the plan it has scheduled', async () => {
    const { dir } = upgraded();
    const node = await restNode({
      ...nodeAnswers({ modules: { bank: '4', counter: '2', upgrade: '2' }, applied: { v2: '9' } }),
      '/cosmos/upgrade/v1beta1/current_plan': { plan: { name: 'v3', height: '1234', info: '' } },
      '/cosmos/upgrade/v1beta1/applied_plan/v3': { height: '0' },
    });
    try {
      const { plan: name, modules, notes } = await effects(dir, '--node', node.url);
      assert.equal(name, 'v3');
      assert.deepEqual(modules, [
        { ...counter, from: 2, migrations: counter.migrations.slice(1) },
        ledger,
      ]);
      assert.equal(notes[0], `compared with tally-1, as ${node.url} says`);
      assert.ok(notes.includes('the network has scheduled v3 for height 1234'), notes.join('\n'));
      assert.ok(notes.includes('unknown: the versions in the code of bank, upgrade'));
    } finally {
      node.close();
    }
    assert.ok(!(await effects(dir)).notes.join().includes('scheduled'));
  });

  it('says that a node has run it, or has scheduled another', async () => {
    const { dir } = upgraded();
    const node = await restNode({
      ...nodeAnswers({ modules: { counter: '3' }, applied: { v2: '9', v3: '20' } }),
      '/cosmos/upgrade/v1beta1/current_plan': { plan: { name: 'v9', height: '30' } },
    });
    try {
      const none = await effects(dir, '--node', node.url);
      assert.equal(none.plan, null);
      const other = 'the network has scheduled v9 for height 30, and that is not this upgrade';
      assert.ok(none.notes.includes(other), none.notes.join('\n'));
      const { stdout } = await plan(dir, '--node', node.url);
      assert.ok(stdout.startsWith('no upgrade is pending\n'), stdout);
      const { status, stderr } = await plan(dir, 'v3', '--node', node.url);
      assert.equal(status, 2);
      assert.match(stderr, /error: tally-1 has applied v3 already/);
    } finally {
      node.close();
    }
  });

  it('takes the lock before the release, and its code for what a lock does not hold', async () => {
    const { dir } = upgraded();
    await cliHere(['lock', 'tally-1', '--dir', dir, '--yes']);
    change(dir, 'upgrades.lock/tally-1.json', '"counter": 1', '"counter": 2');
    const locked = await effects(dir);
    assert.deepEqual(locked.modules[0], {
      ...counter,
      from: 2,
      migrations: counter.migrations.slice(1),
    });
    assert.match(locked.notes[0]!, /^compared with upgrades\.lock\/tally-1\.json of /);
    assert.equal(locked.accounts.length, 2);
    rmSync(join(dir, '.git'), { recursive: true });
    const alone = await effects(dir);
    assert.deepEqual(alone.accounts, []);
    assert.ok(alone.notes.some(note => note.startsWith('unknown: module accounts and parameters')));
  });

  it('asks for the lock where there are several, and for the plan', async () => {
    const { dir, history } = upgraded();
    for (const id of ['tally-1', 'tally-2']) await cliHere(['lock', id, '--dir', dir, '--yes']);
    const { status, stderr } = await plan(dir);
    assert.equal(status, 2);
    assert.match(stderr, /several locks: name one with --network ID: tally-1, tally-2\n/);
    assert.equal((await effects(dir, '--network', 'tally-2')).plan, 'v3');
    const missing = await plan(dir, '--network', 'tally-9');
    assert.match(missing.stderr, /there is no upgrades\.lock\/tally-9\.json: write it with/);
    rmSync(join(dir, 'upgrades.lock'), { recursive: true });

    mkdirSync(join(dir, 'app/upgrades/v4'));
    const v3 = readFileSync(join(dir, 'app/upgrades/v3/upgrades.go'), 'utf8');
    writeFileSync(join(dir, 'app/upgrades/v4/upgrades.go'), v3.replaceAll('v3', 'v4'));
    change(dir, 'app/upgrades.go', 'v3.Upgrade}', 'v3.Upgrade, v4.Upgrade}');
    change(
      dir,
      'app/upgrades.go',
      'v3 "example.org/tally/app/upgrades/v3"',
      'v3 "example.org/tally/app/upgrades/v3"\n\tv4 "example.org/tally/app/upgrades/v4"',
    );
    history.commit();
    const several = await plan(dir);
    assert.equal(several.status, 2);
    assert.match(several.stderr, /v3, v4 are pending for v1\.0\.0: name one, as in .* plan v3\n/);
    assert.equal((await effects(dir, 'v4')).plan, 'v4');
    const unknown = await plan(dir, 'v7');
    assert.match(unknown.stderr, /there is no upgrade v7 in the code; pending are v3, v4\n/);
  });

  it('says so where it is not known what the network runs', async () => {
    const { dir } = upgraded();
    git(dir, 'tag', '--delete', 'v1.0.0');
    const { status, stderr, stdout } = await plan(dir, '--format', 'json');
    assert.equal(status, 2);
    assert.match(stderr, /it is not known what the network runs: .*--base REF/);
    assert.match(stdout, /"error"/);
  });

  it('takes one thing that says what the network runs, and a state that says it', async () => {
    const { dir } = upgraded();
    const files = tempDir({ 'genesis.json': '{"chain_id":"a-1","app_state":{}}' });
    const state = join(files, 'genesis.json');
    const genesis = await plan(dir, '--state', state);
    assert.equal(genesis.status, 2);
    assert.match(
      genesis.stderr,
      /genesis\.json does not say its stores and module versions by itse/,
    );
    const both = await plan(dir, '--state', state, '--network', 'tally-1');
    assert.match(both.stderr, /--state and --network both say what the network runs: give one/);
    const none = await plan(dir, '--state', join(files, 'none'));
    assert.match(none.stderr, /cannot read .*none: no such file or folder\n/);
  });
});
