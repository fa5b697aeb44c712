import assert from 'node:assert/strict';
import type { Store } from '../../../core/chain/chain.ts';
import type { StateFacts } from '../../../core/rehearse/state-facts.ts';
import { misfit } from '../../../core/rehearse/state-fits.ts';

const location = { file: 'app/app.go', start: 0, end: 1, line: 1, column: 1 };
const store = (name: string | null, more: Partial<Store> = {}): Store => ({
  name,
  kind: 'kv',
  location,
  ...more,
});
const state: StateFacts = {
  height: 100,
  time: '',
  chainId: 'tiny-1',
  stores: ['bank', 'upgrade'],
  modules: {},
  plan: null,
  done: [{ name: 'v2', height: 50 }],
};

function why(more: Partial<StateFacts>, stores = [store('bank')]): string | undefined {
  return misfit({ app: { stores }, from: 'v2.0.0', plan: 'v3' }, { ...state, ...more });
}

describe('whether a plan can be rehearsed on a state', () => {
  it('can where the state is of the old version', () => {
    assert.equal(why({}), undefined);
    assert.equal(why({ plan: { name: 'v3', height: 101 } }), undefined);
  });

  it('can where a store is not sure to be mounted, or is none that lasts', () => {
    const doubtful = [
      store(null),
      store('mint', { conditional: true }),
      store('nft', { assumed: true }),
      store('params_t', { kind: 'transient' }),
    ];
    assert.equal(why({}, doubtful), undefined);
  });

  it('cannot after the plan', () => {
    assert.match(
      why({ done: [{ name: 'v3', height: 90 }] }) ?? '',
      /^the state is from after plan v3, applied at height 90: /,
    );
  });

  it('cannot on the state of another chain', () => {
    assert.match(
      why({}, [store('bank'), store('counter')]) ?? '',
      /^the state is of another chain or version: it has no store counter, which v2\.0\.0 mounts; /,
    );
  });

  it('cannot while another plan is pending, or where its height has passed', () => {
    assert.match(why({ plan: { name: 'v4', height: 200 } }) ?? '', /with --plan v4, or give/);
    assert.match(why({ plan: { name: 'v3', height: 100 } }) ?? '', /^the state is at height 100, /);
  });
});
