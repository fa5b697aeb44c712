import assert from 'node:assert/strict';
import type { Chain } from '../../../core/chain/chain.ts';
import type { DaemonFacts } from '../../../core/chain/daemon/daemon.ts';
import type { Guard } from '../../../core/chain/guard.ts';
import type { Location } from '../../../core/go/source/location.ts';
import { inspect } from '../../../core/inspect/inspect.ts';
import { inspectionText } from '../../../core/inspect/inspect-text.ts';

const at = (file: string, line: number): Location => ({
  file,
  line,
  column: 5,
  start: 100,
  end: 120,
});
const chain: Chain = {
  apps: [
    {
      dir: '',
      type: 'App',
      sdk: { version: 'v0.50.13', generation: '0.50', go: '1.22', gomod: 'go.mod' },
      registration: ['R1', 'R3'],
      storeStyle: ['S1'],
      storesUnread: [],
      loadersUnread: [],
      upgrades: [
        {
          name: 'v2',
          const: 'm/upgrades/v2.Name',
          package: 'upgrades/v2',
          registered: true,
          style: 'R1',
          location: at('app.go', 12),
          buildTags: ['netgo'],
          stores: {
            added: [
              { name: 'a', const: 'm/x/a.StoreKey', location: at('c.go', 1) },
              { name: null, const: 'other.Key', location: at('c.go', 1) },
            ],
            deleted: [{ name: 'd', location: at('c.go', 1) }],
            renamed: [
              {
                from: { name: 'o', location: at('c.go', 2) },
                to: { name: null, location: at('c.go', 2) },
              },
            ],
            location: at('upgrades/v2/c.go', 3),
          },
        },
        { name: null, package: '', registered: false, location: at('app.go', 20), buildTags: [] },
      ],
      stores: [
        { name: 'a', const: 'm/x/a.StoreKey', kind: 'kv', location: at('app.go', 30) },
        { name: 'mem', kind: 'memory', location: at('app.go', 31) },
      ],
      orders: [
        {
          kind: 'EndBlockers',
          names: [
            { name: 'a', const: 'm/x/a.ModuleName', location: at('app.go', 52) },
            { name: null, location: at('app.go', 53) },
          ],
          location: at('app.go', 51),
        },
      ],
      keepers: [{ name: 'AKeeper', type: '*m/x/a/keeper.Keeper', location: at('app.go', 8) }],
      mounted: [
        { name: 'a', package: 'm/x/a', location: at('app.go', 60) },
        { name: null, package: null, location: at('app.go', 61) },
      ],
    },
  ],
  modules: [
    {
      name: 'a',
      dir: 'x/a',
      consensusVersion: 3,
      migrations: [
        { from: 2, location: at('x/a/module.go', 9), handler: 'm.B' },
        { from: 1, location: at('x/a/module.go', 8), handler: 'm.A' },
      ],
    },
    { name: 'b', dir: '', consensusVersion: null, migrations: [] },
  ],
  unknown: [{ location: at('app.go', 40), why: 'computed at run time' }],
};

const daemon: DaemonFacts = {
  name: 'chaind',
  dir: 'cmd/chaind',
  modDir: '',
  commands: [],
  root: 'cmd/chaind/root.go',
  home: '~/.chain',
  prefix: null,
};

const row = (version: number, ...upgrades: string[]) =>
  ({ version, software: `v${version}.x`, upgrades, location: at('r.go', 1) }) as const;
const guards = new Map([
  [
    '',
    {
      dir: 'appversion',
      current: 2,
      releases: [row(1), row(2, 'v2-rc1', 'v2')],
      start: at('cmd/chaind/root.go', 7),
    } as unknown as Guard,
  ],
]);

describe('inspect', () => {
  it('has the fields that scripts rely on, in their order', () => {
    assert.equal(
      JSON.stringify(inspect('/r', chain, { daemon, guards }), null, 1),
      JSON.stringify(
        {
          root: '/r',
          apps: [
            {
              dir: '.',
              sdk: { version: 'v0.50.13', generation: '0.50' },
              registration: ['R1', 'R3'],
              storeStyle: ['S1'],
              upgrades: [
                {
                  name: 'v2',
                  package: 'upgrades/v2',
                  registered: true,
                  file: 'app.go',
                  line: 12,
                  buildTags: ['netgo'],
                  stores: {
                    added: [
                      { name: 'a', const: 'm/x/a.StoreKey' },
                      { name: null, const: 'other.Key' },
                    ],
                    deleted: [{ name: 'd' }],
                    renamed: [{ from: { name: 'o' }, to: { name: null } }],
                  },
                },
                {
                  name: null,
                  package: '.',
                  registered: false,
                  file: 'app.go',
                  line: 20,
                  buildTags: [],
                  stores: { added: [], deleted: [], renamed: [] },
                },
              ],
              stores: [
                { name: 'a', const: 'm/x/a.StoreKey', kind: 'kv', file: 'app.go', line: 30 },
                { name: 'mem', kind: 'memory', file: 'app.go', line: 31 },
              ],
              keepers: [{ name: 'AKeeper', type: '*m/x/a/keeper.Keeper', file: 'app.go', line: 8 }],
              orders: [{ kind: 'EndBlockers', modules: ['a', null], file: 'app.go', line: 51 }],
              mounted: [
                { name: 'a', package: 'm/x/a', file: 'app.go', line: 60 },
                { name: null, package: null, file: 'app.go', line: 61 },
              ],
              guard: {
                current: 2,
                releases: [
                  { version: 1, software: 'v1.x', upgrades: [] },
                  { version: 2, software: 'v2.x', upgrades: ['v2-rc1', 'v2'] },
                ],
                start: { file: 'cmd/chaind/root.go', line: 7 },
              },
              eras: null,
            },
          ],
          modules: [
            { name: 'a', dir: 'x/a', consensusVersion: 3, migrations: [1, 2] },
            { name: 'b', dir: '.', consensusVersion: null, migrations: [] },
          ],
          unknown: [{ file: 'app.go', line: 40, why: 'computed at run time' }],
          daemon: {
            name: 'chaind',
            main: 'cmd/chaind',
            root: 'cmd/chaind/root.go',
            home: '~/.chain',
            prefix: null,
          },
        },
        null,
        1,
      ),
    );
  });

  it('has every array, empty if nothing', () => {
    assert.deepEqual(inspect('/r', { apps: [], modules: [], unknown: [] }), {
      root: '/r',
      apps: [],
      modules: [],
      unknown: [],
      daemon: null,
    });
  });
});

describe('inspectionText', () => {
  it('tells a person all of it', () => {
    assert.equal(
      inspectionText(inspect('/r', chain, { daemon, guards })),
      `/r

app .
  Cosmos SDK          v0.50.13 (generation 0.50)
  registers upgrades  a list of upgrades that a loop registers, one package each (R1)
                      one inline handler, rewritten for every release (R3)
  loads stores        the upgrades carry their stores, a loop sets the loader (S1)
  kv stores           a
  memory stores       mem
  modules             a, (not known)
  EndBlockers         a, (not known)
  keepers             AKeeper
  version guard       app version 2 (v2.x), start guarded in cmd/chaind/root.go:7
  upgrades
    v2          upgrades/v2  app.go:12  only with netgo; adds a, other.Key; deletes d; renames o to (computed)
    (computed)  .            app.go:20  not registered

daemon chaind
  main package    cmd/chaind
  root command    cmd/chaind/root.go
  home            ~/.chain
  address prefix  not known

modules
  a  x/a  consensus version 3          migrations from 1, 2
  b  .    consensus version not known

not understood
  app.go:40:  computed at run time
`,
    );
  });

  it('says so where there is nothing', () => {
    assert.match(
      inspectionText(inspect('/r', { apps: [], modules: [], unknown: [] })),
      /^\/r\n\nno Cosmos SDK app found\n$/,
    );
    assert.match(
      inspectionText(
        inspect('/r', {
          ...chain,
          apps: [{ ...chain.apps[0]!, upgrades: [], registration: [], storeStyle: [] }],
        }),
      ),
      /registers upgrades {2}not at all\n[\s\S]*no upgrades\n/,
    );
  });
});
