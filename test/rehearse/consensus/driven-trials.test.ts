import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { NodeFailed } from '../../../rehearse/chain-node.ts';
import { DrivenNetwork } from '../../../rehearse/consensus/driven-network.ts';
import { DrivenTrials } from '../../../rehearse/consensus/driven-trials.ts';
import type { NetworkParts } from '../../../rehearse/network.ts';
import { pause } from '../../../rehearse/processes.ts';
import { tempDir } from '../../support/temp.ts';

/** A chain that has halted, whose new version is a script; and the processes that run of it. */
function haltedChain(dir: string, script: string) {
  const running = new Set<unknown>();
  const home = join(dir, 'home');
  mkdirSync(join(home, 'data'), { recursive: true });
  const binary = join(dir, 'binary');
  writeFileSync(binary, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  const place = {
    dir,
    started: (one: unknown) => running.add(one),
    ended: (one: unknown) => running.delete(one),
  };
  const parts = {
    commands: { home, env: process.env },
    place,
    signal: new AbortController().signal,
    startArgs: [],
    old: binary,
    now: binary,
    blockLimit: 1000,
  } as unknown as NetworkParts;
  const start = { flag: 'with-comet', wire: '0.38' } as const;
  const network = new DrivenNetwork(parts, { old: start, now: start });
  const cost = { finalizeMs: 0, commitMs: 0, peakBytes: null };
  const trials = new DrivenTrials(network, { height: 2, appHash: new Uint8Array(1), cost });
  // As after the halt and the first upgrade block.
  Object.assign(network, { before: { standing: { tip: { height: 1 } } }, made: trials });
  return { network, trials, running };
}

describe('the second run of the upgrade block, started beside something else', () => {
  for (const wait of [0, 5, 300]) {
    it(`is ended where nobody comes to need it, after ${wait} ms`, async () => {
      const { network, trials, running } = haltedChain(tempDir(), 'exec sleep 1000');
      trials.prepare();
      await pause(wait);
      await network.end();
      assert.equal(running.size, 0);
      await network.end();
    });
  }

  it('fails where it is needed', async () => {
    const { network, trials, running } = haltedChain(tempDir(), 'echo boom; exit 1');
    trials.prepare();
    await pause(300);
    await assert.rejects(trials.repeat([]), (error: unknown) => {
      return error instanceof NodeFailed && error.message.includes('boom');
    });
    await network.end();
    assert.equal(running.size, 0);
  });
});
