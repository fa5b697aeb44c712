import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mountableModules } from '../../core/sdk/mountable.ts';
import { askedGenerations } from '../support/asked-generations.ts';
import { GoChain } from './chain.ts';
import type { Generation } from './generations.ts';

// A first build of everything the SDK brings takes minutes.
const patience = 20 * 60_000;

/** The modules of the SDK that are known as data, but for the one that the example chain mounts. */
const fromSdk = (generation: Generation) =>
  mountableModules(generation)
    .map(({ name }) => name)
    .filter(name => name !== 'consensus');

/** How the consensus keeper that `mount` makes is given to the app. */
const paramStore = (generation: Generation) =>
  generation === '0.47'
    ? '\tapp.SetParamStore(&app.ConsensusParamsKeeper)\n'
    : '\tapp.SetParamStore(app.ConsensusParamsKeeper.ParamsStore)\n';

for (const generation of askedGenerations()) {
  describe(`modules that are mounted on SDK ${generation}`, function () {
    this.timeout(patience);
    const halted = mkdtempSync(join(tmpdir(), 'chain-upgrade-home-'));
    let chain: GoChain;
    before(() => {
      const old = new GoChain(generation);
      try {
        old.runBlocks('TestOldVersionHalts', halted, 'v3');
      } finally {
        old.remove();
      }
      chain = new GoChain(generation).withBerth().released('v1.0.0');
      for (const module of fromSdk(generation))
        chain.chainUpgrade('mount', module, '--base', 'v1.0.0', '--yes');
      chain.chainUpgrade('mount', 'x/berth', '--upgrade', 'v3', '--base', 'v1.0.0', '--yes');
    });
    after(() => {
      chain.remove();
      rmSync(halted, { recursive: true, force: true });
    });

    it('are added by the upgrade', () => {
      const { apps } = JSON.parse(chain.chainUpgrade('inspect', '--format', 'json')) as {
        apps: { upgrades: { name: string; stores: { added: { name: string }[] } }[] }[];
      };
      const upgrade = apps[0]!.upgrades.find(({ name }) => name === 'v3');
      assert.deepEqual(
        upgrade?.stores.added.map(({ name }) => name).sort(),
        [...fromSdk(generation), 'berth'].sort(),
      );
    });
    it('pass go vet', () => void chain.go('vet', './...'));
    it('are gofmt-clean', () => assert.equal(chain.unformatted(), ''));
    it('have their stores once a stopped node was upgraded', () => {
      const home = join(chain.dir, 'home');
      cpSync(halted, home, { recursive: true });
      chain.runBlocks('TestMountedModuleUpgrades', home, 'v3');
    });
    it('start with a new chain', () =>
      chain.runBlocks('TestMountedModuleStarts', join(chain.dir, 'fresh'), 'v3'));
  });

  // No chain is without it, so it is taken out first.
  describe(`x/consensus that is mounted on SDK ${generation}`, function () {
    this.timeout(patience);
    let chain: GoChain;
    before(() => {
      chain = new GoChain(generation).withBerth().withoutConsensus().released('v1.0.0');
      for (const module of ['consensus', 'x/berth'])
        chain.chainUpgrade('mount', module, '--base', 'v1.0.0', '--yes');
      // What a note leaves to do.
      const modules = '\tapp.setupModules()\n';
      const store = paramStore(generation);
      chain.replace('app/app.go', modules, `${store}${modules}`);
    });
    after(() => chain.remove());

    it('passes go vet', () => void chain.go('vet', './...'));
    it('is gofmt-clean', () => assert.equal(chain.unformatted(), ''));
    it('starts with a new chain', () =>
      chain.runBlocks('TestMountedModuleStarts', join(chain.dir, 'fresh'), 'v3'));
  });
}

// That app is on SDK 0.50.
if (askedGenerations().includes('0.50'))
  describe('a module that is mounted on an app that depinject builds', function () {
    this.timeout(patience);

    for (const config of ['yaml', 'go'] as const) {
      describe(`by a configuration in ${config === 'yaml' ? 'YAML' : 'Go'}`, () => {
        let chain: GoChain;
        before(() => {
          chain = new GoChain().byDepinject(config).withBerth();
          chain.chainUpgrade(
            'mount',
            'x/berth',
            '--permissions',
            'minter',
            '--upgrade',
            'v3',
            '--yes',
          );
        });
        after(() => chain.remove());

        it('passes go vet', () => void chain.go('vet', './...'));
        it('is gofmt-clean', () => assert.equal(chain.unformatted(), ''));
        it('starts with a new chain', () =>
          chain.runBlocks('TestMountedModuleStarts', join(chain.dir, 'fresh'), 'v3'));
        it('has its store once a stopped node was upgraded', () => {
          const home = join(chain.dir, 'home');
          const old = new GoChain().byDepinject(config);
          try {
            old.runBlocks('TestOldVersionHalts', home, 'v3');
          } finally {
            old.remove();
          }
          chain.runBlocks('TestMountedModuleUpgrades', home, 'v3');
        });
      });

      describe(`and taken out again by a configuration in ${config === 'yaml' ? 'YAML' : 'Go'}`, () => {
        let chain: GoChain;
        before(() => {
          chain = new GoChain().byDepinject(config).withBerth();
          chain.chainUpgrade('mount', 'x/berth', '--permissions', 'minter', '--yes');
          chain.chainUpgrade('mount', '--remove', 'x/berth', '--yes');
        });
        after(() => chain.remove());

        it('is mounted no more', () => {
          const { apps } = JSON.parse(chain.chainUpgrade('inspect', '--format', 'json')) as {
            apps: { mounted: { name: string }[]; stores: { name: string }[] }[];
          };
          const [{ mounted, stores }] = apps as [(typeof apps)[0]];
          assert.ok(mounted.length > 0);
          assert.deepEqual(
            [...mounted, ...stores].filter(({ name }) => name === 'berth'),
            [],
          );
        });
        it('passes go vet', () => void chain.go('vet', './...'));
        it('is gofmt-clean', () => assert.equal(chain.unformatted(), ''));
      });
    }
  });
