import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { replaceOnce } from '../support/edits.ts';
import { projectRoot } from '../support/root.ts';
import { writeFiles } from '../support/temp.ts';
import type { Shared } from './changes/changes.ts';
import type { Generation } from './generations.ts';
import { filesOf, storeOf, textsIn } from './generations.ts';

/**
 * A copy of an example chain as it was last released, to scaffold into and to give to the Go
 * toolchain.
 */
export class GoChain {
  readonly dir = mkdtempSync(join(tmpdir(), 'chain-upgrade-go-'));

  private readonly generation: Generation;
  /** What the app calls its configurator. */
  private configurator = 'configurator';

  constructor(generation: Generation = '0.50') {
    this.generation = generation;
    this.lay('chain');
  }

  /** Takes the upgrades out: what is left is a chain that never had one. */
  withoutUpgrades(): this {
    rmSync(join(this.dir, 'app/upgrades.go'));
    rmSync(join(this.dir, 'app/upgrades'), { recursive: true });
    this.replace(
      'app/app.go',
      '\tapp.setupUpgradeHandlers()\n\tapp.setupUpgradeStoreLoaders()\n',
      '',
    );
    return this;
  }

  /**
   * What the developers of the next version did: shelf came, ledger went, box keeps its value in
   * another store, and counter its count under another key. The tool makes the migration for that;
   * what it has to do in the store, and a test of that, is the developers' own.
   */
  develop(): this {
    renameSync(join(this.dir, 'x/ledger'), join(this.dir, 'x/shelf'));
    for (const file of [
      'x/shelf/module.go',
      'x/shelf/types/keys.go',
      'x/shelf/types/genesis.go',
      'app/app.go',
      'app/modules.go',
    ]) {
      this.change(file, text => text.replace(/\bledger(types)?\b/g, 'shelf$1'));
    }
    this.replace('x/box/types/keys.go', 'StoreKey   = "box"', 'StoreKey   = "crate"');
    this.replace('x/counter/types/keys.go', '[]byte{1}', '[]byte{2}');
    this.chainUpgrade('migration', 'counter', '--yes', '--no-test');
    this.lay('next');
    return this.replace(
      'x/counter/migrations/v3/store.go',
      '\treturn nil\n',
      `\treturn moveCount(${storeOf(this.generation)})\n`,
    );
  }

  /** Lays a folder of test/go over the chain. */
  with(layer: string): this {
    return this.write(textsIn(layer));
  }

  /**
   * Has depinject wire the app, by a configuration in YAML or in Go, without a node and without the
   * chain's own modules, which have no configuration.
   */
  byDepinject(config: 'yaml' | 'go'): this {
    for (const gone of ['app/keepers.go', 'app/modules.go', 'app/server.go', 'cmd'])
      rmSync(join(this.dir, gone), { recursive: true });
    this.configurator = 'Configurator()';
    return this.with('depinject')
      .with(`depinject-${config}`)
      .replace('app/upgrades.go', 'app.configurator', 'app.Configurator()');
  }

  /** Lays the module x/berth beside the chain, which no app mounts. */
  withBerth(): this {
    return this.lay('mount');
  }

  /** Takes x/consensus out, which `mount --remove` refuses: the chain cannot make blocks then. */
  withoutConsensus(): this {
    for (const file of ['app/app.go', 'app/keepers.go', 'app/modules.go'])
      this.change(file, text =>
        text
          .replace(/^.*\/x\/consensus.*\n/gm, '')
          .replace(/^.*\bconsensus(keeper\.Keeper|types\.StoreKey,|\.\w*AppModule.*)\n/gm, '')
          .replace(/^\tapp\.ConsensusKeeper = [\s\S]*?\n\t\)\n/m, '')
          .replace(/^\tapp\.SetParamStore\(.*\n/m, '')
          .replace(/,? consensustypes\.ModuleName/g, ''),
      );
    return this;
  }

  /** Gives the node of SDK 0.50 the queries of its modules, which `client/v2` makes (autocli). */
  withModuleCommands(): this {
    const [path, version] = ['cosmossdk.io/client/v2', 'v2.0.0-beta.5'];
    const api = 'cosmossdk.io/api v0.7.6';
    const sum = `${api}/go.mod h1:IcxpYS5fMemZGqyYtErK7OqvdM0C8kdW3dq8Q/XIG38=\n`;
    return this.with('autocli')
      .replace('go.mod', `${api} // indirect\n`, `${api} // indirect\n\t${path} ${version}\n`)
      .replace(
        'go.sum',
        sum,
        `${sum}${path} ${version} h1:0LVv3nEByn//hFDIrYLs2WvsEU3HodOelh4SDHnA/1I=\n` +
          `${path} ${version}/go.mod h1:4p0P6o0ro+FizakJUYS9SeM94RNbv0thLmkHRw5o5as=\n`,
      )
      .replace(
        'cmd/tinyd/main.go',
        'query, keys.Commands())\n',
        'query, keys.Commands())\n\taddModuleCommands(root, ctx, tmp.ModuleManager)\n',
      );
  }

  /** Makes what is there a release, with which later versions are compared. */
  released(tag: string): this {
    for (const args of [
      ['init', '-q'],
      ['add', '-A'],
      [
        '-c',
        'user.name=dev',
        '-c',
        'user.email=dev@example.com',
        '-c',
        'commit.gpgsign=false',
        'commit',
        '-q',
        '-m',
        tag,
      ],
      ['tag', tag],
    ])
      this.run('git', args);
    return this;
  }

  /** Replaces the only place that has a text; throws where there is none, or another. */
  replace(file: string, before: string, after: string): this {
    return this.change(file, text => replaceOnce(file, text, before, after));
  }

  /**
   * Runs `chain-upgrade` in the copy and returns its standard output; throws its words when it
   * fails.
   */
  chainUpgrade(...args: string[]): string {
    return this.run(process.execPath, [join(projectRoot, 'dist/bundle/main.js'), ...args]);
  }

  /** Runs the Go toolchain; throws Go's own words when it fails. */
  go(...args: string[]): string {
    return this.run('go', args);
  }

  /** Compiles every package. The node is not linked, which takes eight times as long. */
  compile(): void {
    this.go('list', '-export', './...');
  }

  /** Builds the chain's node, without what only a debugger needs. `version` is what it says. */
  buildNode(to: string, version = ''): void {
    const name = '-X github.com/cosmos/cosmos-sdk/version.Version';
    const flags = version === '' ? '-s -w' : `-s -w ${name}=${version}`;
    this.go('build', '-ldflags', flags, '-o', to, './cmd/tinyd');
  }

  /**
   * Runs one of the tests in `test/go/blocks`, which make blocks with this version of the chain in
   * a node's home.
   */
  runBlocks(
    test: string,
    home: string,
    plan: string,
    more: Readonly<Record<string, string>> = {},
  ): void {
    this.layBlocks();
    const ran = this.run(
      'go',
      ['test', '-count=1', '-vet=off', '-v', '-run', `^${test}$`, './app'],
      { ...more, NODE_HOME: home, PLAN_NAME: plan },
    );
    if (!ran.includes(`--- PASS: ${test}`)) throw new Error(`${test} did not run:\n${ran}`);
  }

  /** Puts the tests in `test/go/blocks` beside the app. */
  layBlocks(): this {
    this.lay('blocks', 'app');
    if (this.configurator === 'configurator') return this;
    this.replace('app/node_test.go', 'chain.configurator', `chain.${this.configurator}`);
    for (const key of ['name', '"counter"', 'banktypes.StoreKey'])
      this.replace('app/state_test.go', `chain.keys[${key}]`, `chain.UnsafeFindStoreKey(${key})`);
    return this;
  }

  /** The Go files that gofmt would change. */
  unformatted(): string {
    return this.run('gofmt', ['-l', '.']);
  }

  remove(): void {
    rmSync(this.dir, { recursive: true, force: true });
  }

  private lay(shared: Shared, to = '.'): this {
    return this.write(filesOf(this.generation, shared), to);
  }

  private write(files: ReadonlyMap<string, string>, to = '.'): this {
    writeFiles(join(this.dir, to), Object.fromEntries(files));
    return this;
  }

  private change(file: string, change: (text: string) => string): this {
    const path = join(this.dir, file);
    writeFileSync(path, change(readFileSync(path, 'utf8')));
    return this;
  }

  private run(
    command: string,
    args: readonly string[],
    more: Readonly<Record<string, string>> = {},
  ): string {
    return run(command, args, this.dir, more);
  }
}

/**
 * Runs a command, the Go toolchain with modules as they are committed; returns its standard output
 * and throws its words when it fails.
 */
export function run(
  command: string,
  args: readonly string[],
  cwd: string,
  more: Readonly<Record<string, string>> = {},
): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    env: { ...goEnv(), ...more },
    maxBuffer: 64 << 20,
  });
  if (status === 0) return stdout;
  throw new Error(
    `${command} ${args.join(' ')}: ${error?.message ?? `exit ${status}`}\n${stdout}${stderr}`,
  );
}

/**
 * The environment of the Go toolchain: modules as they are committed, and no other Go than the one
 * at hand.
 */
export function goEnv(): NodeJS.ProcessEnv {
  return { ...process.env, GOFLAGS: '-mod=readonly -buildvcs=false', GOTOOLCHAIN: 'local' };
}
