import assert from 'node:assert/strict';
import { askedGenerations } from '../support/asked-generations.ts';
import { GoChain } from './chain.ts';

// A first build of everything the SDK brings takes minutes.
const patience = 40 * 60_000;

for (const generation of askedGenerations()) {
  describe(`the version guard on SDK ${generation}`, function () {
    this.timeout(patience);
    let chain: GoChain;
    before(() => {
      chain = new GoChain(generation).released('v1.0.0');
      chain.chainUpgrade('guard', '--software', 'v1.0.1', '--yes');
    });
    after(() => chain.remove());

    it('is gofmt-clean', () => assert.equal(chain.unformatted(), ''));
    it('passes go vet', () => void chain.go('vet', './cmd/...', './app/appversion/...'));
    it('passes the tests that were written for it', () => {
      const ran = chain.go('test', '-count=1', '-v', './app/appversion/...');
      assert.match(ran, /^--- PASS: TestDecide/m);
      assert.match(ran, /^--- PASS: TestReleases/m);
      assert.doesNotMatch(ran, /^--- SKIP: /m);
    });
  });
}
