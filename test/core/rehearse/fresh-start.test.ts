import assert from 'node:assert/strict';
import type { FreshStart } from '../../../core/rehearse/fresh-start.ts';
import { freshStartWords } from '../../../core/rehearse/fresh-start.ts';

describe('why a fresh chain does not start', () => {
  const helps: Readonly<Record<FreshStart, readonly string[]>> = {
    home: ['--state'],
    start: ['--start-args', '--state'],
    genesis: ['--genesis-patch', '--state'],
    blocks: ['--genesis-patch', '--start-args', '--state'],
  };
  for (const [reached, options] of Object.entries(helps))
    it(`names what gets past it: ${reached}`, () => {
      const line = freshStartWords('v2.0.0', reached as FreshStart, 'asset uusdc not found');
      assert.match(line, /^v2\.0\.0 starts no chain of its own: .*\(asset uusdc not found\); /);
      assert.deepEqual(line.match(/--[a-z-]+/g), options);
      assert.ok(!line.includes('\n'));
    });
});
