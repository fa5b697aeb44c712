import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plan } from '../../core/plan/plan.ts';
import { undoPlan, writePlan } from '../../host/disk/apply.ts';
import type { Ran } from '../support/cli.ts';
import { chainCopy, chainDir, cli, cliHere } from '../support/cli.ts';
import { git, gitWith, History } from '../support/git.ts';
import { projectRoot } from '../support/root.ts';
import { tempDir, treeOf, writeFiles } from '../support/temp.ts';

type PlanJson = Plan & { root: string };

/** The JSON of a plan, with its fields in order. */
function planOf({ stdout }: Ran): PlanJson {
  const plan = JSON.parse(stdout) as PlanJson;
  assert.deepEqual(Object.keys(plan), [
    'root',
    'creates',
    'edits',
    'notes',
    ...('refused' in plan ? ['refused'] : []),
  ]);
  for (const create of plan.creates) assert.deepEqual(Object.keys(create), ['file', 'text']);
  for (const edit of plan.edits) assert.deepEqual(Object.keys(edit), ['file', 'before', 'after']);
  return plan;
}

/** Exit 2 with one line on standard error, nothing on standard output, the tree as it was. */
async function refusesToRun(dir: string, args: readonly string[], pattern: RegExp): Promise<void> {
  const before = treeOf(dir);
  const { status, stdout, stderr } = await cliHere(['new', '--dir', dir, ...args]);
  assert.deepEqual([status, stdout], [2, ''], stderr);
  assert.match(stderr, /^chain-upgrade: error: [^\n]+\n$/);
  assert.match(stderr, pattern);
  assert.deepEqual(treeOf(dir), before);
}

/** The same, as a plan that is refused; and as JSON. */
async function refused(dir: string, args: readonly string[], pattern: RegExp): Promise<void> {
  const before = treeOf(dir);
  const text = await cliHere(['new', '--dir', dir, '--yes', ...args]);
  assert.equal(text.status, 2);
  assert.match(text.stderr, /^chain-upgrade: error: [^\n]+\n$/);
  assert.match(text.stderr, pattern);
  const json = await cliHere(['new', '--dir', dir, '--yes', '--format', 'json', ...args]);
  const plan = planOf(json);
  assert.equal(json.status, 2);
  assert.deepEqual([plan.root, plan.creates, plan.edits, plan.notes], [dir, [], [], []]);
  assert.match(plan.refused!.reason, pattern);
  assert.match(json.stderr, /^chain-upgrade: error: [^\n]+\n$/);
  assert.deepEqual(treeOf(dir), before);
}

describe('chain-upgrade new', function () {
  this.timeout(60_000);
  const dir = chainDir('list');
  const chains = readdirSync(join(projectRoot, 'test/chains'), { withFileTypes: true })
    .filter(entry => entry.isDirectory())
    .map(entry => entry.name);

  for (const name of chains) {
    it(`shows what it writes, writes what it shows, and can take it back: ${name}`, async () => {
      const [shown, written, patched] = [chainCopy(name), chainCopy(name), chainCopy(name)];
      const before = treeOf(shown);
      const args = [
        'new',
        'v99',
        ...(name === 'single-two-apps' ? ['--app', 'app/provider'] : []),
        '--dir',
      ];
      const dryJson = await cliHere([...args, shown, '--dry-run', '--format', 'json']);
      const dryText = await cliHere([...args, shown, '--dry-run']);
      assert.deepEqual(treeOf(shown), before, 'a dry run wrote');
      const wrote = await cliHere([...args, written, '--yes', '--format', 'json']);
      const plan = planOf(dryJson);
      assert.deepEqual([dryText.status, wrote.status], [dryJson.status, dryJson.status]);
      assert.deepEqual(planOf({ ...wrote, stdout: wrote.stdout.replaceAll(written, shown) }), plan);
      if (plan.refused) {
        assert.equal(dryJson.status, 2);
        assert.deepEqual(treeOf(written), before);
        return;
      }
      assert.equal(dryJson.status, 0);
      assert.notDeepEqual(treeOf(written), before);
      git(patched, 'init', '--quiet');
      gitWith({ input: dryText.stdout }, patched, 'apply', '--whitespace=nowarn', '-');
      assert.deepEqual(treeOf(patched), treeOf(written));
      const applied = writePlan(shown, plan);
      assert.deepEqual(treeOf(shown), treeOf(written));
      undoPlan(shown, applied);
      assert.deepEqual(treeOf(shown), before);
    });
  }

  it('says what it wrote and keeps notes off standard output', async () => {
    const { status, stdout, stderr } = await cliHere([
      'new',
      'v4',
      '--yes',
      '--dir',
      chainCopy('list'),
    ]);
    assert.deepEqual(
      [status, stdout],
      [
        0,
        'created app/upgrades/v4/constants.go\ncreated app/upgrades/v4/upgrades.go\nchanged app/app.go\n',
      ],
    );
    assert.match(stderr, /^chain-upgrade: note: not compared with a release: /);
  });

  it('is a program: nothing but the plan on standard output', () => {
    const copy = chainCopy('list');
    const { status, stdout } = cli(['new', 'v4', '--dry-run', '--format', 'json'], { cwd: copy });
    assert.equal(status, 0);
    assert.deepEqual(
      (JSON.parse(stdout) as PlanJson).edits.map(edit => edit.file),
      ['app/app.go'],
    );
    const without = cli(['new', 'v4'], { cwd: copy });
    assert.deepEqual([without.status, without.stdout], [2, '']);
    assert.match(
      without.stderr,
      /^chain-upgrade: error: cannot prompt, standard input is not a terminal; use --yes to write or --dry-run to preview\n$/,
    );
  });

  it('takes the derived name where none is given', async () => {
    const plan = planOf(await cliHere(['new', '--dry-run', '--format', 'json', '--dir', dir]));
    assert.deepEqual(
      plan.creates.map(create => create.file),
      ['app/upgrades/v4/constants.go', 'app/upgrades/v4/upgrades.go'],
    );
    assert.deepEqual(
      planOf(await cliHere(['new', '--name', 'v4', '--dry-run', '--format', 'json', '--dir', dir])),
      plan,
    );
    assert.deepEqual(
      planOf(await cliHere(['new', '--dry-run', '--format', 'json', '--dir', dir, '--', 'v4'])),
      plan,
    );
  });

  it('takes answers as options', async () => {
    const { creates } = planOf(
      await cliHere([
        'new',
        'v4',
        '--added',
        'bank',
        '--added=acc,staking',
        '--test',
        '--dry-run',
        '--format',
        'json',
        '--dir',
        dir,
      ]),
    );
    assert.deepEqual(creates.map(create => create.file).sort(), [
      'app/upgrades/v4/constants.go',
      'app/upgrades/v4/upgrade_test.go',
      'app/upgrades/v4/upgrades.go',
      'upgrades.checks/v4.json',
    ]);
    assert.match(
      creates.find(create => create.file.endsWith('constants.go'))!.text,
      /Added:[^}]*bank[^}]*auth[^}]*staking/,
    );
  });

  it('derives stores from the last release, and --base names another', async () => {
    const history = new History(chainCopy('list'));
    const keys = 'app/keepers/keys.go';
    const now = readFileSync(join(history.dir, keys), 'utf8');
    const mount = '\t\tberthtypes.StoreKey,\n';
    assert.ok(now.includes(mount));
    writeFiles(history.dir, { [keys]: now.replace(mount, '') });
    history.commit('v3.0.0');
    writeFiles(history.dir, { [keys]: now });
    const head = history.commit();
    const planned = async (...args: string[]) =>
      planOf(
        await cliHere([
          'new',
          'v4',
          ...args,
          '--dry-run',
          '--format',
          'json',
          '--dir',
          history.dir,
        ]),
      );
    const constants = ({ creates }: PlanJson) =>
      creates.find(create => create.file.endsWith('constants.go'))!.text;
    const derived = await planned();
    assert.equal(derived.notes[0], 'compared with v3.0.0');
    assert.match(constants(derived), /Added:[^}]*berthtypes\.StoreKey/);
    const named = await planned('--base', head);
    assert.equal(named.notes[0], `compared with ${head}`);
    assert.ok(!constants(named).includes('berth'));
    const reason = /app\/keepers\/keys\.go:\d+: after .*error store-not-added: .*"berths"/;
    await refused(history.dir, ['v4', '--added='], reason);
    writeFiles(history.dir, { '.chain-upgrade.json': JSON.stringify({ base: head }) });
    assert.equal((await planned()).notes[0], `compared with ${head}`, 'as the configuration says');
    assert.equal(
      (await planned('--base', 'v3.0.0')).notes[0],
      'compared with v3.0.0',
      'the option wins',
    );
    writeFiles(history.dir, { '.chain-upgrade.json': '{ "base": 3 }' });
    await refused(history.dir, ['v4'], /\.chain-upgrade\.json: "base" has to be a git ref/);
    writeFiles(history.dir, { '.chain-upgrade.json': '{}' });
    await refused(
      history.dir,
      ['v4', '--base', 'v9.9.9'],
      /the base v9\.9\.9 is not a commit of this repository/,
    );
    await refused(history.dir, ['v4', '--base=--all'], /is not a git ref/);
  });

  it('never asks where nobody answers', async () => {
    const json = await cliHere(['new', '--dir', dir, 'v4', '--format', 'json']);
    assert.equal(json.status, 2);
    assert.match(
      planOf(json).refused!.reason,
      /--format json never asks: add --yes to write, or --dry-run/,
    );
    await refusesToRun(
      dir,
      ['v4'],
      /cannot prompt, standard input is not a terminal; use --yes to write or --dry-run/,
    );
  });

  it('refuses a name that is registered already, so that twice is once', async () => {
    const copy = chainCopy('list');
    assert.equal((await cliHere(['new', 'v4', '--yes', '--dir', copy])).status, 0);
    await refused(copy, ['v4'], /v4 /);
    await refused(copy, ['v2'], /v2 /);
  });

  it('refuses wrong answers', async () => {
    await refused(dir, [''], /./);
    await refused(dir, ['v4/../../x'], /./);
    await refused(dir, ['v 4'], /./);
    await refused(dir, ['v4', '--added', 'nosuchstore'], /nosuchstore/);
    await refused(dir, ['v4', '--renamed', 'a'], /"a" is not a rename/);
    await refused(dir, ['v4', '--binary', 'nonsense'], /invalid binary "nonsense"/);
    await refused(
      dir,
      ['v4', '--app', 'nosuch'],
      /there is no app in "nosuch", name one with --app DIR: app/,
    );
    await refused(
      chainDir('single-two-apps'),
      ['v4'],
      /several apps here, name one with --app DIR: app\/consumer, app\/provider/,
    );
    await refused(chainDir('notachain'), ['v4'], /no Cosmos SDK app found/);
  });

  it('says what cannot be read or written', async () => {
    await refusesToRun(tempDir(), ['v4', '--yes'], /no go\.mod in, below or above/);
    const copy = chainCopy('list');
    writeFiles(copy, { 'app/upgrades/v4/notes.txt': 'mine' });
    const { status } = await cliHere(['new', 'v4', '--yes', '--dir', copy]);
    assert.ok(status === 0 || status === 2);
    assert.equal(treeOf(copy)['app/upgrades/v4/notes.txt']!.slice(4), 'mine');
  });
});
