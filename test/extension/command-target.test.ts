import assert from 'node:assert/strict';
import { commandTarget } from '../../extension/command-target.ts';

describe('what a command is started with', () => {
  it('is a target, or something that carries one', () => {
    const target = { root: 'file:///chain', app: 'app', answers: { module: 'x/berth' } };
    assert.equal(commandTarget(target), target);
    assert.equal(commandTarget({ target, more: 1 }), target);
  });

  it('anything else is none, so that the command asks', () => {
    const others = [
      undefined,
      null,
      'file:///chain',
      {},
      { root: 1 },
      { root: 'file:///chain', app: 1 },
      { root: 'file:///chain', answers: 'x' },
      { target: null },
      { target: { app: 'app' } },
    ];
    for (const given of others)
      assert.equal(commandTarget(given), undefined, JSON.stringify(given));
  });
});
