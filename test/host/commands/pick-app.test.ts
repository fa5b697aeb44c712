import assert from 'node:assert/strict';
import { join, relative } from 'node:path';
import type { App, Chain } from '../../../core/chain/chain.ts';
import { pickApp } from '../../../host/commands/pick-app.ts';

const app = (dir: string): App => ({
  dir,
  type: 'App',
  sdk: { version: null, generation: null, gomod: 'go.mod' },
  registration: [],
  storeStyle: [],
  storesUnread: [],
  loadersUnread: [],
  upgrades: [],
  stores: [],
  orders: [],
  keepers: [],
  mounted: [],
});
const chain = (...dirs: string[]): Chain => ({ apps: dirs.map(app), modules: [], unknown: [] });
describe('pickApp', () => {
  // Other tests may change the folder that is "here".
  let root = '';
  beforeEach(() => {
    root = join(process.cwd(), 'chain');
  });

  it('takes the only one', () => {
    assert.equal(pickApp(chain('app'), root).dir, 'app');
    assert.equal(pickApp(chain(''), root).dir, '');
  });

  it('takes the one that is named, as listed or as a path from here', () => {
    const several = chain('app', 'simapp', '');
    for (const name of [
      'simapp',
      './simapp/',
      'simapp/.',
      relative(process.cwd(), join(root, 'simapp')),
      join(root, 'simapp'),
    ]) {
      assert.equal(pickApp(several, root, name).dir, 'simapp', name);
    }
    assert.equal(pickApp(several, root, '.').dir, '');
    assert.equal(pickApp(several, root, 'chain').dir, '');
  });

  it('lists the apps where it is not clear which', () => {
    assert.throws(() => pickApp(chain('app', ''), root), {
      message: 'there are several apps here, name one with --app DIR: app, .',
    });
    assert.throws(() => pickApp(chain('app', 'simapp'), root, 'nosuch'), {
      message: 'there is no app in "nosuch", name one with --app DIR: app, simapp',
    });
    assert.throws(
      () => pickApp(chain(...Array.from({ length: 300 }, (_, i) => `c${i}/app`)), root),
      {
        message:
          'there are several apps here, name one with --app DIR: c0/app, c1/app, c2/app, c3/app, c4/app, c5/app, c6/app, c7/app, c8/app, c9/app, c10/app, c11/app and 288 more',
      },
    );
    assert.throws(() => pickApp(chain(), root), {
      message: `no Cosmos SDK app found in ${root}: name the folder of a chain's repository with --dir`,
    });
  });
});
