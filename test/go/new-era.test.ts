import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { askedGenerations } from '../support/asked-generations.ts';
import { GoChain } from './chain.ts';

// A first build of everything the SDK brings takes minutes.
const patience = 20 * 60_000;
const options = ['--first', 'thales', '--switch', 'fee', '--upgrade', 'v3', '--yes'];

for (const generation of askedGenerations())
  describe(`eras that a chain on SDK ${generation} gets`, function () {
    this.timeout(patience);
    inEras(() => new GoChain(generation));
  });

for (const config of ['yaml', 'go'] as const)
  describe(`eras of an app that depinject builds by ${config === 'yaml' ? 'YAML' : 'Go'}`, function () {
    this.timeout(patience);
    inEras(() => new GoChain().byDepinject(config));
  });

/** What holds for a chain once it has eras, by the plan and nothing else. */
function inEras(made: () => GoChain): void {
  const halted = mkdtempSync(join(tmpdir(), 'chain-upgrade-home-'));
  let chain: GoChain;
  before(() => {
    const old = made();
    try {
      old.runBlocks('TestOldVersionHalts', halted, 'v3');
    } finally {
      old.remove();
    }
    chain = made();
    chain.chainUpgrade('era', 'pythagoras', ...options);
  });
  after(() => {
    chain.remove();
    rmSync(halted, { recursive: true, force: true });
  });

  it('are gofmt-clean', () => assert.equal(chain.unformatted(), ''));
  it('pass go vet', () => void chain.go('vet', './...'));
  it('pass the tests that were written for them', () => void chain.go('test', './x/era'));
  it('come with the upgrade', () => {
    const home = join(chain.dir, 'home');
    cpSync(halted, home, { recursive: true });
    chain.runBlocks('TestErasUpgrade', home, 'v3');
  });
  it('start with a new chain', () =>
    chain.runBlocks('TestErasStart', join(chain.dir, 'fresh'), 'v3'));
  it('may be more, and fewer with the next upgrade', () => {
    chain.released('v3.0.0');
    chain.chainUpgrade('era', 'lagrange', '--yes');
    chain.go('test', './x/era');
    chain.chainUpgrade('new', 'v4', '--base', 'v3.0.0', '--yes');
    chain.chainUpgrade('era', 'thales', '--retire', '--base', 'v3.0.0', '--yes');
    chain.go('vet', './...');
    chain.go('test', './x/era');
    assert.equal(chain.unformatted(), '');
  });
}
