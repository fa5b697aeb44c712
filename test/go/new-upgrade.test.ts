import { ok, strictEqual, throws } from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { GoChain } from './chain.ts';

// A first build of everything the SDK brings takes minutes.
const patience = 20 * 60_000;
const added = 'example.com/tiny/x/box/types.StoreKey';

interface Inspected { readonly apps: readonly { readonly upgrades: readonly { readonly name: string; readonly registered: boolean }[] }[] }

const chains: readonly { title: string; make: () => GoChain; upgrades: readonly string[] }[] = [
  { title: 'a chain with a list of upgrades', make: () => new GoChain(), upgrades: ['v2', 'v3'] },
  { title: 'a chain without upgrades', make: () => new GoChain().withoutUpgrades(), upgrades: ['v3'] },
];

for (const { title, make, upgrades } of chains) {
  describe(`new upgrade in ${title}`, function () {
    this.timeout(patience);
    let chain: GoChain;
    before(() => {
      chain = make();
      chain.chainUpgrade('new', 'v3', '--added', added, '--test', '--yes');
    });
    after(() => chain?.remove());

    it('registers it', () => {
      const { apps } = JSON.parse(chain.chainUpgrade('inspect', '--format', 'json')) as Inspected;
      strictEqual(apps.length, 1);
      strictEqual(apps[0]!.upgrades.filter(upgrade => upgrade.registered).map(upgrade => upgrade.name).join(), upgrades.join());
    });
    it('compiles', () => void chain.go('build', './...'));
    it('passes go vet', () => void chain.go('vet', './...'));
    it('is gofmt-clean', () => strictEqual(chain.unformatted(), ''));
    it('passes the test that was written for it', () => {
      const ran = chain.go('test', '-count=1', '-v', './...');
      ok(/^--- PASS: /m.test(ran), `no test ran:\n${ran}`);
      ok(!/^--- SKIP: /m.test(ran), `a test was skipped:\n${ran}`);
    });
  });
}

describe('the Go toolchain', function () {
  this.timeout(patience);
  it("fails in Go's own words", () => {
    const chain = new GoChain();
    try {
      writeFileSync(join(chain.dir, 'x/box/types/broken.go'), 'package types\n\nvar broken = missing\n');
      throws(() => chain.go('build', './x/box/types'), /broken\.go:3:14: undefined: missing/);
    } finally {
      chain.remove();
    }
  });
});
