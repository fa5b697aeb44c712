import assert from 'node:assert/strict';
import { bytesField } from '../../../core/rehearse/abci/wire.ts';
import { listedNames, undecodable } from '../../../core/rehearse/pending.ts';
import type { HeldType } from '../../../core/rehearse/state-facts.ts';
import { joinedBytes } from '../../../core/rehearse/wire-bytes.ts';

function held(store: string, type: string, more: Partial<HeldType> = {}): HeldType {
  return { store, id: 0, count: 1, type, ...more };
}

describe('what is pending in a state and a version cannot decode', () => {
  const known = new Set(['/tiny.bank.MsgSend', '/tiny.gov.MsgExecLegacyContent']);

  it('is nothing where all its types are registered', () => {
    const types = [
      held('gov', '/tiny.bank.MsgSend', { id: 3 }),
      held('authz', '/tiny.bank.MsgSend'),
    ];
    assert.deepEqual(undecodable(types, known), []);
  });

  it('is told by what holds it and its type', () => {
    const gone = '/tiny.ledger.MsgBook';
    const types = [
      held('gov', '/tiny.gov.MsgExecLegacyContent', { id: 3 }),
      held('gov', gone, { id: 3 }),
      held('group', gone, { id: 9 }),
      held('authz', gone, { count: 12 }),
      held('feegrant', gone),
      held('acc', '/tiny.old.Account', { count: 2 }),
    ];
    assert.deepEqual(undecodable(types, known), [
      { what: 'proposal 3', type: gone },
      { what: 'proposal 9 of a group', type: gone },
      { what: '12 grants', type: gone },
      { what: '1 fee allowance', type: gone },
      { what: '2 accounts', type: '/tiny.old.Account' },
    ]);
  });

  it('reads the names that a version lists', () => {
    const answer = joinedBytes(['a.B', '/c.D'].map(name => bytesField(1, name)));
    assert.deepEqual(listedNames(answer), ['a.B', '/c.D']);
  });
});
