import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Rehearsal } from '../../core/rehearse/result.ts';
import { cli } from '../support/cli.ts';
import type { FakeNode } from '../support/fake-go.ts';
import { fakeGo } from '../support/fake-go.ts';
import { chainToRehearse, rehearsed } from '../support/rehearsed.ts';

describe('chain-upgrade rehearse, driving nodes that have no chain', function () {
  this.timeout(60_000);
  let dir: string;
  before(() => {
    dir = chainToRehearse();
  });

  const rehearse = (node: FakeNode, ...more: string[]) => rehearsed(dir, node, ...more);

  it('comes to the same result by a validator, which makes nothing but the upgrade', () => {
    const [driven, validator] = [rehearse({}), rehearse({}, '--validator')];
    assert.deepEqual([driven.status, validator.status], [0, 0], driven.stderr + validator.stderr);
    const told = ({ result }: { result: () => Rehearsal }) => {
      const { mode, state, compared, cost } = result();
      const { plan, modules, stores } = compared;
      return { mode, state, cost, modules, stores, applied: plan!.applied === plan!.height };
    };
    const { mode, cost, ...rest } = told(driven);
    assert.deepEqual(told(validator), { ...rest, mode: 'validator', cost: null });
    assert.equal(mode, 'driven');
    assert.deepEqual(
      [typeof cost!.finalizeMs, typeof cost!.commitMs, cost!.peakBytes !== 0],
      ['number', 'number', true],
    );
    assert.deepEqual(
      [driven, validator].map(({ result }) => [
        result().compared.appHash?.equal,
        result().compared.rescue,
      ]),
      [
        [true, ['old', 'new'].map(binary => ({ binary, ok: true }))],
        [undefined, []],
      ],
    );
    assert.deepEqual(
      validator.calls('start').map(({ args }) => args.length),
      [3, 3, 3],
    );
  });

  it('takes a validator by itself where a chain cannot be driven, and says why', () => {
    const { status, stderr, result } = rehearse({ driven: false });
    assert.deepEqual([status, result().mode], [0, 'validator'], stderr);
    assert.match(
      stderr,
      /^chain-upgrade: note: this chain cannot be driven \(v2\.0\.0: its start command has no --with-comet, --transport, --address\); a validator with CometBFT makes its blocks$/m,
    );
  });

  it('starts anew with a validator where the first blocks cannot be driven', () => {
    const { status, stderr, result } = rehearse({ refusesBlocks: true });
    assert.deepEqual([status, result().mode], [0, 'validator'], stderr);
    assert.match(
      stderr,
      /note: this chain cannot be driven \(the old version makes no blocks: no votes\);/,
    );
  });

  it('drives a new version that panics whatever it is asked for, and tells its words', () => {
    const { status, stderr, result } = rehearse({ panic: 'no store berths', panicsAtOnce: true });
    const { mode, failure } = result();
    assert.deepEqual(
      [status, mode, failure!.step, failure!.words],
      [1, 'driven', 'upgrade', 'no store berths'],
      stderr,
    );
  });

  it('cannot rehearse a new version that wants extensions of votes, but for a validator', () => {
    const { status, stdout } = rehearse({ extensions: true });
    const { error } = JSON.parse(stdout) as { error: { message: string } };
    assert.equal(status, 2);
    assert.match(
      error.message,
      /^the chain wants extensions of votes from height \d+ on, which only a validator makes: pass --validator$/,
    );
  });

  it('fails where the upgrade block gives another app hash the second time', () => {
    const { status, result } = rehearse({ forks: true });
    const { failure, compared, steps } = result();
    assert.deepEqual([status, failure!.step, compared.appHash!.equal], [1, 'repeat', false]);
    assert.match(
      failure!.words,
      /^the upgrade block gives another app hash each time it is made \([0-9A-F]{8}…, [0-9A-F]{8}…\), and would fork the network/,
    );
    assert.deepEqual(steps.at(-1)!.ok, false);
  });

  it("tells the new version's words to the upgrade block", () => {
    const { status, result } = rehearse({
      words: 'no migrations found for module berths: not found [cosmos/x.go:1]',
    });
    const { step, words, rule } = result().failure!;
    assert.deepEqual(
      [status, step, words, rule],
      [1, 'upgrade', 'no migrations found for module berths: not found', 'migration-gap'],
    );
  });

  it('takes --max-block-time, which a slow upgrade block exceeds', () => {
    const slow = rehearse({ slow: 300 }, '--max-block-time', '200ms');
    assert.equal(slow.status, 1, slow.stderr);
    assert.match(
      slow.result().failure!.words,
      /^the upgrade block took \d\.\d s \(\d\.\d s of it the commit\), more than 0\.2 s$/,
    );
    assert.ok(slow.result().cost!.finalizeMs >= 300);
    assert.equal(rehearse({ slow: 300 }, '--max-block-time', '1m').status, 0);
  });

  it('goes on where the old version had halted, until something else is rehearsed', function () {
    // Five rehearsals.
    this.timeout(180_000);
    const { env } = fakeGo({ gone: ['tally'] });
    const run = (...more: string[]) => {
      const { status, stdout, stderr } = cli(
        ['rehearse', '--dir', dir, '--yes', '--format', 'json', ...more],
        { env },
      );
      assert.equal(status, 0, stderr);
      const { steps, compared } = JSON.parse(stdout) as Rehearsal;
      return { proposed: steps.some(({ name }) => name === 'propose'), compared, stderr };
    };
    const [first, second] = [run(), run()];
    assert.deepEqual([first.proposed, second.proposed], [true, false]);
    assert.match(second.stderr, /home of a rehearsal before, halted for height \d+ /);
    assert.deepEqual(second.compared, first.compared);
    assert.equal(run('--fees', '5stake').proposed, true);
    assert.match(
      run('--cache-limit', '0').stderr,
      /^chain-upgrade: note: removed from the cache, which may take 0 B: a halted home /m,
    );
    assert.equal(run().proposed, true);
    const cleaned = cli(['rehearse', '--clean', '--format', 'json'], { env });
    const { removed } = JSON.parse(cleaned.stdout) as { removed: { what: string }[] };
    assert.deepEqual(
      removed.map(({ what }) => what),
      ['build', 'build', 'halted home'],
    );
    assert.equal(cli(['rehearse', '--clean'], { env }).stdout, 'Nothing was kept.\n');
  });

  it('takes --blocks and --after, which passes on the chain before them', () => {
    const { status, stderr, result } = rehearse({}, '--blocks', '7', '--after', '21d', '--keep');
    assert.equal(status, 0, stderr);
    const kept = /^chain-upgrade: note: kept: (.*)$/m.exec(stderr)![1]!;
    const blocks = [
      ...readFileSync(join(kept, 'restart.log'), 'utf8').matchAll(/block (\d+) at (\d+)/g),
    ].map(([, height, time]) => [Number(height), Number(time)] as const);
    const { height } = result().compared.plan!;
    // Two blocks after the restart, which itself came two blocks after the plan's, then seven more.
    assert.deepEqual(
      blocks.map(([at]) => at - height),
      [3, 4, 5, 6, 7, 8, 9, 10, 11],
    );
    assert.deepEqual(
      blocks.slice(1).map(([, time], i) => time - blocks[i]![1]),
      [6, 6 + 21 * 86_400, 6, 6, 6, 6, 6, 6],
    );
  });
});
