import assert from 'node:assert/strict';
import { commandTarget } from '../../extension/command-target.ts';

describe('what a command is started with', () => {
  it('is a target, or something that carries one', () => {
    const target = { root: 'file:///chain', app: 'app', answers: { module: 'x/berth' } };
    assert.equal(commandTarget(target), target);
    assert.equal(commandTarget({ target, more: 1 }), target);
  });

  it('from the palette, and of a line without a chain, is nothing: the command asks', () => {
    for (const given of [undefined, null, { node: {}, target: undefined }])
      assert.equal(commandTarget(given), undefined);
  });

  it('anything else is an error that says what is wrong', () => {
    const root = 'file:///chain';
    for (const [given, why] of [
      [root, 'but it is "file:///chain"'],
      [7, 'but it is 7'],
      [{}, '"root" is not the address of a folder'],
      [{ root: 1 }, '"root" is not the address of a folder'],
      [{ root, app: 1 }, '"app" is no text'],
      [{ root, plan: ['v2'] }, '"plan" is no text'],
      [{ root, answers: 'x' }, '"answers" is no object'],
      [{ root, answers: ['x'] }, '"answers" is no object'],
      [{ root, answers: { name: 1 } }, 'the answer "name" is no text'],
      [{ root, answers: { added: ['x', 1] } }, 'the answer "added" is no text'],
      [{ target: null }, 'its target is no object'],
      [{ target: { app: 'app' } }, '"root" is not the address of a folder'],
    ] as const)
      assert.throws(
        () => commandTarget(given),
        (error: Error) => error.message.includes(why),
        JSON.stringify(given),
      );
  });
});
