import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Rehearsal } from '../../core/rehearse/result.ts';
import { GoChain } from '../go/chain.ts';
import { askedGenerations } from '../support/asked-generations.ts';
import { projectRoot } from '../support/root.ts';
import { makeHome } from './home.ts';
import { ProcessGroup } from './process-group.ts';
import { Rpc } from './rpc.ts';
import { waitFor } from './upgrade.ts';
import { buildVersions } from './versions.ts';

const oracle = '127.0.0.1:7777';

if (askedGenerations().includes('0.50')) {
  describe('rehearsals of a chain that its own init cannot start', function () {
    this.timeout(20 * 60_000);
    const work = mkdtempSync(join(tmpdir(), 'chain-upgrade-wants-'));
    const env = {
      ...process.env,
      CHAIN_UPGRADE_CACHE: join(work, 'cache'),
      GOTOOLCHAIN: 'local',
    };
    const patch = join(work, 'patch.json');
    const chain = new GoChain('0.50');
    before(() => {
      chain.with('wants');
      chain.replace(
        'app/app.go',
        '\tif loadLatest {\n',
        '\tif loadLatest {\n\t\tmustHaveOracle(appOpts)\n',
      );
      chain.replace(
        'app/modules.go',
        '\tif err := app.UpgradeKeeper.SetModuleVersionMap(',
        '\tif err := haveAssets(genesis); err != nil {\n\t\treturn nil, err\n\t}\n' +
          '\tif err := app.UpgradeKeeper.SetModuleVersionMap(',
      );
      chain.replace(
        'cmd/tinyd/main.go',
        'newApp, export, func(*cobra.Command) {})',
        'newApp, export, func(start *cobra.Command) {\n' +
          '\t\tstart.Flags().String("oracle.address", "", "where prices come from")\n\t})',
      );
      buildVersions(chain, 'v3', join(work, 'tinyd'));
      writeFileSync(patch, '{ "app_state": { "assets": {} } }');
    });
    after(() => {
      chain.remove();
      rmSync(work, { recursive: true, force: true, maxRetries: 5 });
    });

    function rehearsed(...more: string[]) {
      const { status, stdout, stderr } = spawnSync(
        process.execPath,
        [
          join(projectRoot, 'dist/bundle/main.js'),
          ...['rehearse', '--dir', chain.dir, '--yes', '--format', 'json', ...more],
        ],
        { env, encoding: 'utf8' },
      );
      return { status, stderr, printed: JSON.parse(stdout) as Rehearsal };
    }

    /** The line that refuses it. */
    function refusal(...more: string[]): string {
      const { status, stderr } = rehearsed(...more);
      assert.equal(status, 2, stderr);
      const lines = stderr.split('\n').filter(line => line.includes('error: '));
      assert.equal(lines.length, 1, stderr);
      return lines[0]!;
    }

    it('say that the start wants a configuration, which --start-args gives', () => {
      assert.match(
        refusal(),
        /v2\.0\.0 starts no chain of its own: the node does not start \(oracle\.address is not set in app\.toml\); add what its configuration lacks with --start-args ARGS, or give the home of a stopped node with --state, /,
      );
    });

    it('say that the genesis wants more, which --genesis-patch gives', () => {
      assert.match(
        refusal(`--start-args=--oracle.address ${oracle}`),
        /v2\.0\.0 starts no chain of its own: the node does not take its genesis \(.*asset uusdc not found.*\); add what that lacks with --genesis-patch FILE, or give the home of a stopped node with --state, /,
      );
    });

    it('pass with both', () => {
      const args = [`--start-args=--oracle.address ${oracle}`, '--genesis-patch', patch];
      const { status, stderr } = rehearsed(...args);
      assert.equal(status, 0, stderr);
    });

    it("pass by --state of a node's home, which has what both want", async () => {
      const binary = join(work, 'tinyd');
      const home = await makeHome(binary, join(work, 'home'), { assets: {} });
      appendFileSync(join(home.dir, 'config/app.toml'), `\n[oracle]\naddress = "${oracle}"\n`);
      const start = ['start', '--home', home.dir];
      const node = new ProcessGroup(binary, start, join(work, 'log'), { ...env, HOME: home.dir });
      const rpc = new Rpc(home.port);
      await waitFor('blocks', async () => (await rpc.height()) >= 3, node);
      await node.stop();
      const { status, stderr, printed } = rehearsed('--state', home.dir);
      assert.equal(status, 0, stderr);
      assert.equal(printed.state!.source, 'home');
    });
  });
} else {
  console.log('    not run: chains that their own init cannot start are tried on SDK 0.50 alone');
}
