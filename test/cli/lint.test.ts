import assert from 'node:assert/strict';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Report } from '../../core/lint/report.ts';
import { cliHere } from '../support/cli.ts';
import { replaceOnce } from '../support/edits.ts';
import { mistakenChain } from '../support/mistaken-chain.ts';
import { projectRoot } from '../support/root.ts';
import { tempDir, treeOf } from '../support/temp.ts';

const chain = join(projectRoot, 'test/rules/chain');

const mistaken = (below?: string) => mistakenChain({ below });
const lint = (...args: string[]) => cliHere(['lint', ...args]);

describe('chain-upgrade lint', function () {
  this.timeout(60_000);
  const { dir } = mistaken();
  const where = 'app/keys.go:12:101';

  it('says file, line, column, severity, rule and what is wrong, and below what will happen', async () => {
    const { status, stdout, stderr } = await lint(dir);
    assert.match(
      stdout,
      new RegExp(
        `^${where}: error store-not-added the store "ledger" is mounted but was not in v1\\.0\\.0, .*\n` +
          '    at the upgrade height the node does not start: .*\n$',
      ),
    );
    assert.equal(status, 1);
    assert.match(
      stderr,
      /^chain-upgrade: note: compared with v1\.0\.0\nchain-upgrade: note: 1 error, 0 warnings, 0 info \(1 fixable with --fix\)\n$/,
    );
  });

  it('says why a release may not be what the network runs; then what it tells is a warning', async () => {
    const old = mistaken();
    const years = 3 * 366 * 24 * 60;
    old.history.commit('v2.0.0-rc1', years);
    old.history.commit(undefined, years + 1);
    const { status, stdout, stderr } = await lint(old.dir);
    assert.match(stdout, /^app\/keys\.go:12:101: warning store-not-added /);
    assert.equal(status, 0);
    assert.match(
      stderr,
      /note: compared with v1\.0\.0, which may not be what the network runs: it is 3 years older than this commit, and the tag v2\.0\.0-rc1 is newer; name what it runs with --base REF\n/,
    );
    const named = await lint(old.dir, '--base', 'v1.0.0');
    assert.match(named.stdout, /: error store-not-added /);
    assert.match(named.stderr, /note: compared with v1\.0\.0\n/);
  });

  it('writes nothing', async () => {
    const before = treeOf(dir);
    await lint(dir);
    await lint(dir, '--format', 'json');
    assert.deepEqual(treeOf(dir), before);
  });

  it('gives the JSON that scripts rely on', async () => {
    const { status, stdout } = await lint('--dir', dir, '--format', 'json');
    const report = JSON.parse(stdout) as Report;
    assert.equal(status, 1);
    assert.deepEqual(Object.keys(report), ['root', 'base', 'findings', 'notes', 'notJudged']);
    assert.deepEqual(
      [report.root, report.base, report.notes],
      [dir, 'v1.0.0', ['compared with v1.0.0']],
    );
    const [finding] = report.findings;
    assert.deepEqual(Object.keys(finding!), [
      'rule',
      'severity',
      'file',
      'line',
      'column',
      'endLine',
      'endColumn',
      'message',
      'related',
      'fixes',
      'preferredFix',
      'consequence',
    ]);
    assert.match(
      finding!.consequence!,
      /^at the upgrade height the node does not start: version of store/,
    );
    assert.deepEqual(
      { ...finding, message: '', related: [], fixes: [], preferredFix: '', consequence: '' },
      {
        rule: 'store-not-added',
        severity: 'error',
        file: 'app/keys.go',
        line: 12,
        column: 101,
        endLine: 12,
        endColumn: 109,
        message: '',
        related: [],
        fixes: [],
        preferredFix: '',
        consequence: '',
      },
    );
    assert.equal(finding!.preferredFix, 'Add the store "ledger" to the upgrade "v3"');
    for (const related of finding!.related)
      assert.deepEqual(Object.keys(related), ['file', 'line', 'message']);
  });

  it('exits 0 without errors, and 1 on more warnings than allowed', async () => {
    writeFileSync(
      join(dir, '.chain-upgrade.json'),
      '{ "rules": { "store-not-added": "warning" } }',
    );
    try {
      assert.equal((await lint(dir)).status, 0);
      assert.equal((await lint(dir, '--max-warnings', '1')).status, 0);
      assert.equal((await lint(dir, '--max-warnings', '0')).status, 1);
      const wrong = await lint(dir, '--max-warnings', 'few');
      assert.deepEqual([wrong.status, wrong.stdout], [2, '']);
      assert.match(wrong.stderr, /invalid value "few" for --max-warnings: expected a number/);
      writeFileSync(join(dir, '.chain-upgrade.json'), '{ "rules": { "nope": "off" } }');
      const refused = await lint(dir);
      assert.deepEqual([refused.status, refused.stdout], [2, '']);
      assert.match(
        refused.stderr,
        /^chain-upgrade: error: \.chain-upgrade\.json: there is no rule nope/,
      );
    } finally {
      writeFileSync(join(dir, '.chain-upgrade.json'), '{}');
    }
  });

  it('takes the baseline from the option, then from the configuration, then from the release tags', async () => {
    const base = async (...args: string[]) =>
      (JSON.parse((await lint(dir, '--format', 'json', ...args)).stdout) as Report).base;
    assert.equal(await base('--base', 'HEAD'), 'HEAD');
    writeFileSync(join(dir, '.chain-upgrade.json'), '{ "base": "HEAD" }');
    assert.equal(await base(), 'HEAD');
    assert.equal(await base('--base', 'v1.0.0'), 'v1.0.0');
    writeFileSync(join(dir, '.chain-upgrade.json'), '{}');
    assert.equal(await base(), 'v1.0.0');
  });

  it('says loudly where there is no baseline, and exits 2 where one is needed', async () => {
    const bare = tempDir();
    cpSync(chain, bare, { recursive: true });
    const { status, stderr, stdout } = await lint(bare);
    assert.deepEqual([status, stdout], [0, '']);
    assert.match(
      stderr,
      /^chain-upgrade: warning: no release to compare with \(not a git repository.*\); rules that need one are skipped/,
    );
    assert.equal((JSON.parse((await lint(bare, '--format', 'json')).stdout) as Report).base, null);
    for (const option of ['--require-base', '--only-new']) {
      const refused = await lint(bare, option);
      assert.deepEqual([refused.status, refused.stdout], [2, ''], option);
      assert.match(refused.stderr, /no release to compare with \(.*\); set one with --base REF/);
    }
  });

  it('leaves out what the last release has already', async () => {
    assert.equal((await lint(dir, '--only-new')).status, 1);
    const old = mistaken();
    writeFileSync(
      join(old.dir, 'x/counter/module.go'),
      readFileSync(join(old.dir, 'x/counter/module.go'), 'utf8').replace(
        'cfg module.Configurator) {}',
        'cfg module.Configurator) {\n\t_ = cfg.RegisterMigration(types.ModuleName, 1, nil)\n}',
      ),
    );
    old.history.commit('v1.1.0');
    writeFileSync(join(old.dir, 'README.md'), 'more\n');
    old.history.commit();
    assert.match((await lint(old.dir)).stdout, /migration-unchecked/);
    assert.equal((await lint(old.dir, '--only-new')).stdout, '');
  });

  it('wants the newest handler to carry the tag that is released', async () => {
    assert.equal((await lint(dir, '--base', 'HEAD', '--release', 'v3')).status, 0);
    const { status, stdout } = await lint(dir, '--base', 'HEAD', '--release', 'v4.0.0');
    assert.equal(status, 1);
    assert.match(
      stdout,
      /error upgrade-name-inconsistent the release is v4\.0\.0, and the newest handler is registered for "v3"/,
    );
  });

  it('annotates the right lines on GitHub, also for a chain in a subfolder', async () => {
    assert.equal(
      (await lint(dir, '--format', 'github')).stdout.split('::')[1],
      'error file=app/keys.go,line=12,endLine=12,col=101,endColumn=109,title=store-not-added',
    );
    const below = mistaken('apps/chain');
    assert.equal(
      (await lint(below.dir, '--format', 'github')).stdout.split('::')[1],
      'error file=apps/chain/app/keys.go,line=12,endLine=12,col=101,endColumn=109,title=store-not-added',
    );
    const sarif = JSON.parse((await lint(below.dir, '--format', 'sarif')).stdout) as {
      runs: {
        results: { locations: { physicalLocation: { artifactLocation: { uri: string } } }[] }[];
      }[];
    };
    assert.equal(
      sarif.runs[0]!.results[0]!.locations[0]!.physicalLocation.artifactLocation.uri,
      'apps/chain/app/keys.go',
    );
  });

  it('lists and explains the rules', async () => {
    const { stdout } = await lint('--list');
    assert.ok(stdout.split('\n').length > 30);
    assert.match(stdout, /^store-not-added {2}error {2}a store is mounted/m);
    assert.match((await lint('--explain', 'store-not-added')).stdout, /^# store-not-added\n/);
    const unknown = await lint('--explain', '../../package');
    assert.deepEqual([unknown.status, unknown.stdout], [2, '']);
  });

  it('says nothing of a folder that is no chain', async () => {
    const empty = tempDir();
    writeFileSync(join(empty, 'go.mod'), 'module example.org/x\n');
    const { status, stdout, stderr } = await lint(empty);
    assert.deepEqual([status, stdout], [0, '']);
    assert.match(stderr, /no Cosmos SDK app found/);
  });
});

describe('chain-upgrade lint --fix', function () {
  this.timeout(60_000);
  const list = 'app/upgrades.go';
  const upgrade = 'app/upgrades/v3/upgrades.go';
  const change = (dir: string, file: string, before: string, after: string) => {
    const path = join(dir, file);
    writeFileSync(path, replaceOnce(file, readFileSync(path, 'utf8'), before, after));
  };

  it('makes what is preferred, and says how much', async () => {
    const { dir } = mistaken();
    const { status, stderr } = await lint(dir, '--fix');
    assert.equal(status, 0);
    assert.match(stderr, /note: fixed 1 problem\n/);
    assert.match(readFileSync(join(dir, upgrade), 'utf8'), /Added: \[\]string\{"ledger"\}/);
  });

  it('takes back what brings another finding, and says which', async () => {
    const { dir } = mistaken();
    change(dir, list, ', v3.Upgrade}', '}');
    change(dir, list, '\tv3 "example.org/tally/app/upgrades/v3"\n', '');
    // Once it is registered its handler counts, and that gives back the wrong map.
    change(
      dir,
      upgrade,
      '\t\treturn mm.RunMigrations(ctx, configurator, fromVM)',
      '\t\t_, err := mm.RunMigrations(ctx, configurator, fromVM)\n\t\treturn fromVM, err',
    );
    const before = treeOf(dir);
    const { stdout, stderr, status } = await lint(dir, '--fix', '--format', 'json');
    assert.equal(status, 1);
    assert.deepEqual(treeOf(dir), before);
    const said =
      /app\/upgrades\/v3\/upgrades\.go:\d+: not repaired \(upgrade-not-registered\): "Register "v3"" would bring another finding: .* \(run-migrations-result\)/;
    assert.match((JSON.parse(stdout) as Report).notes.join('\n'), said);
    assert.match(stderr, said);
  });

  it('repairs what some rules find, and nothing else', async () => {
    const { dir } = mistaken();
    const before = treeOf(dir);
    await lint(dir, '--fix', '--only', 'migration-gap,stale-added');
    assert.deepEqual(treeOf(dir), before);
    await lint(dir, '--fix', '--only', 'store-not-added');
    assert.notDeepEqual(treeOf(dir), before);
    const alone = await lint(dir, '--only', 'store-not-added');
    assert.deepEqual([alone.status, alone.stdout], [2, '']);
    assert.match(alone.stderr, /--only goes with --fix/);
    const wrong = await lint(dir, '--fix', '--only', 'nope');
    assert.equal(wrong.status, 2);
    assert.match(wrong.stderr, /unknown rule "nope"/);
  });
});
