import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  buildBegins,
  complaintsIn,
  progressAfter,
  progressText,
} from '../../../core/rehearse/build-progress.ts';
import { buildReason } from '../../../core/rehearse/build-reason.ts';
import { BuildClock } from '../../../rehearse/build-clock.ts';

const output = [
  'go: downloading cosmossdk.io/math v1.4.0',
  'internal/xerrors',
  'github.com/pkg/errors',
  '# example.com/tiny/app',
  'app/app.go:7:2: undefined: nothing',
];

describe('the progress of a build', () => {
  it('is what is fetched, then the packages compiled of those to compile', () => {
    const [first, , third] = output.map((_, i) =>
      output.slice(0, i + 1).reduce(progressAfter, { ...buildBegins, total: 845 }),
    );
    assert.equal(progressText(first!), 'fetching cosmossdk.io/math v1.4.0');
    assert.equal(progressText(third!), '2 of 845 packages compiled');
  });

  it('says how many were compiled where nobody knows of how many', () => {
    const progress = ['a.b/c', 'CGO_ENABLED=1 make build', 'go: finding x', ''].reduce(
      progressAfter,
      buildBegins,
    );
    assert.equal(progressText(progress), '1 packages compiled');
  });

  it('is no reason why something does not build, whatever the packages are called', () => {
    assert.equal(
      buildReason(complaintsIn(output.join('\n'))),
      'app/app.go:7:2: undefined: nothing',
    );
    assert.equal(buildReason(complaintsIn('github.com/pkg/errors\n')), 'the command said nothing');
  });
});

describe('the clock of a build', () => {
  it('says how far it is until it is stopped', async () => {
    const said: string[] = [];
    const clock = new BuildClock(text => said.push(text), 5);
    clock.hear('example.com/tiny/app');
    clock.expect(3);
    while (said.length < 2) await sleep(5);
    clock.stop();
    const before = said.length;
    await sleep(30);
    assert.deepEqual([new Set(said), said.length], [new Set(['1 of 4 packages compiled']), before]);
  });
});
