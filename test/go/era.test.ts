import assert from 'node:assert/strict';
import { askedGenerations } from '../support/asked-generations.ts';
import { eraFacts, eraTexts } from '../support/era-files.ts';
import { writeFiles } from '../support/temp.ts';
import { GoChain } from './chain.ts';
import { addEras, supportEras } from './era-chain.ts';

// A first build of everything the SDK brings takes minutes.
const patience = 40 * 60_000;

for (const generation of askedGenerations()) {
  describe(`x/era on SDK ${generation}`, function () {
    this.timeout(patience);
    let chain: GoChain;
    before(async () => {
      chain = new GoChain(generation);
      writeFiles(chain.dir, await eraTexts(eraFacts(generation, { switches: ['fee'] })));
    });
    after(() => chain.remove());

    it('is gofmt-clean', () => assert.equal(chain.unformatted(), ''));
    it('passes go vet', () => void chain.go('vet', './cmd/...', './x/era'));
    it('passes the tests that were written for it', () => {
      const ran = chain.go('test', '-count=1', '-vet=off', '-v', './x/era');
      for (const test of ['LifeOfAnEra', 'Apply', 'Genesis', 'CurrentTakesNoGas', 'CheckStart'])
        assert.match(ran, new RegExp(`^--- PASS: Test${test} `, 'm'));
      assert.deepEqual(
        [...ran.matchAll(/^\s*--- SKIP: (\S+)/gm)].map(([, test]) => test),
        ['TestFee/thales', 'TestFee/pythagoras'],
      );
    });
    it('has the markers of 10,000 chains that decide at random', () => {
      chain.with('era');
      const ran = chain.go('test', '-count=1', '-vet=off', '-v', '-run', 'Random', './x/era');
      assert.match(ran, /^--- PASS: TestRandomDecisions /m);
    });
  });

  describe(`an app with x/era on SDK ${generation}`, function () {
    this.timeout(patience);
    let chain: GoChain;
    before(() => {
      chain = new GoChain(generation);
      addEras(chain);
    });
    after(() => chain.remove());

    it('passes go vet', () => void chain.go('vet', './...'));
    it('panics when it starts where a switch has no behaviour for an era (B9)', () => {
      supportEras(chain, 'both', 'thales');
      const start = () => chain.go('test', '-vet=off', '-run', 'None', './x/era');
      assert.throws(start, /panic: era switch step: no behaviour for era pythagoras\n/);
      supportEras(chain, 'both');
    });
  });

  describe(`x/era with heights that are compiled in, on SDK ${generation}`, function () {
    this.timeout(patience);
    let chain: GoChain;
    before(async () => {
      chain = new GoChain(generation);
      writeFiles(chain.dir, await eraTexts(eraFacts(generation, { governed: false })));
      chain.chainUpgrade('mount', 'x/era', '--yes');
    });
    after(() => chain.remove());

    it('is gofmt-clean', () => assert.equal(chain.unformatted(), ''));
    it('passes go vet', () => void chain.go('vet', './...'));
    it('passes the tests that were written for it', () => void chain.go('test', './x/era'));
  });
}
