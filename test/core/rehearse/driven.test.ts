import assert from 'node:assert/strict';
import { durationIn } from '../../../core/duration.ts';
import {
  standaloneFlag,
  undrivenGeneration,
  undrivenStart,
  wireOf,
} from '../../../core/rehearse/driven.ts';

const help = `Flags:
      --address string     Listen address (default "tcp://127.0.0.1:26658")
      --transport string   Transport protocol: socket, grpc (default "socket")
`;

describe('whether a chain can be driven', () => {
  it('is told by the generation of its SDK', () => {
    assert.deepEqual((['0.45', '0.46', '0.47', '0.50', '0.55', null] as const).map(wireOf), [
      undefined,
      undefined,
      '0.37',
      '0.38',
      '0.38',
      undefined,
    ]);
    assert.match(undrivenGeneration('0.46')!, /^SDK 0\.46 speaks to Tendermint, not to CometBFT$/);
    assert.match(undrivenGeneration(null)!, /is not known$/);
    assert.equal(undrivenGeneration('0.47'), undefined);
  });

  it('is told by the options of its start command, by each name', () => {
    for (const flag of ['with-comet', 'with-cometbft', 'with-tendermint']) {
      const full = `${help}      --${flag}   Run\n`;
      assert.deepEqual([undrivenStart(full), standaloneFlag(full)], [undefined, flag]);
    }
    assert.equal(standaloneFlag(help), undefined);
    const prose = `${help}      --with-cometbft   Run (was --with-comet)\n`;
    assert.equal(standaloneFlag(prose), 'with-cometbft');
    assert.equal(undrivenStart(help), 'its start command has no --with-comet');
    assert.equal(
      undrivenStart('      --with-comet-bft   x\n      --addresses\n --transport x'),
      'its start command has no --with-comet, --address',
    );
    assert.equal(
      undrivenStart('Usage: start'),
      'its start command has no --with-comet, --transport, --address',
    );
  });
});

describe('a duration', () => {
  it("is written as Go's, and in days", () => {
    assert.deepEqual(
      ['0', '1h30m', '21d', '1d12h', '1.5s', '.5s', '300ms', '1us', '2µs', '1000ns'].map(
        durationIn,
      ),
      [0, 5_400_000, 1_814_400_000, 129_600_000, 1500, 500, 300, 0.001, 0.002, 0.001],
    );
  });
  it('is nothing else', () => {
    assert.deepEqual(
      ['', '5', '-1s', '1 h', 'h', '1w', '1h30', 's1', '1.5.5s'].map(durationIn),
      Array(9).fill(undefined),
    );
  });
});
