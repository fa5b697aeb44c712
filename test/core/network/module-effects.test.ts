import assert from 'node:assert/strict';
import type { Module } from '../../../core/chain/chain.ts';
import type { HandlerEffects, StartVersion } from '../../../core/network/handler-effects.ts';
import { moduleEffects } from '../../../core/network/module-effects.ts';
import type { AppModule, Completeness } from '../../../core/network/module-versions.ts';

const at = (line: number) => ({ file: 'x/a/module.go', line, column: 1, start: 0, end: 0 });

function own(name: string, version: number | null, ...from: number[]): AppModule {
  const module: Module = {
    name,
    dir: `x/${name}`,
    consensusVersion: version,
    migrations: from.map(step => ({ from: step, location: at(step), handler: `m.From${step}` })),
  };
  return { name, version, module, builtWith: undefined, hasGenesis: true };
}

const foreign = (name: string, version: number | null, builtWith?: string): AppModule => ({
  name,
  version,
  module: undefined,
  builtWith,
  hasGenesis: false,
});

const handler = (
  starts: Record<string, StartVersion> = {},
  runs: HandlerEffects['runs'] = 'yes',
): HandlerEffects => ({ runs, starts: new Map(Object.entries(starts)), notes: [] });

/** What is known of the network, and of the code. */
interface Known {
  readonly complete?: Completeness;
  readonly all?: Completeness;
  readonly unnamed?: readonly string[];
  readonly mentioned?: readonly string[];
}

const effects = (
  modules: readonly AppModule[],
  versions: Record<string, number | null>,
  does = handler(),
  { complete = 'all', all = 'all', unnamed = [], mentioned = [] }: Known = {},
) =>
  moduleEffects(
    { modules, unnamed: [], complete: all, mentioned: new Set(mentioned) },
    {
      byName: new Map(
        Object.entries(versions).map(([name, version]) => [name, { version, builtWith: 'm@v1' }]),
      ),
      unnamed: unnamed.map(constant => ({ name: null, const: constant })),
      complete,
    },
    does,
  );

describe('what an upgrade does with modules', () => {
  it('is each step from the version in the network, in the order of the app', () => {
    const { modules, notes } = effects([own('b', 4, 1, 2, 3), own('a', 2, 1)], { a: 1, b: 2 });
    assert.deepEqual(notes, []);
    assert.deepEqual(
      modules.map(({ name, from, to, migrations }) => [name, from, to, migrations]),
      [
        [
          'b',
          2,
          4,
          [
            { from: 2, func: 'm.From2', file: 'x/a/module.go', line: 2 },
            { from: 3, func: 'm.From3', file: 'x/a/module.go', line: 3 },
          ],
        ],
        ['a', 1, 2, [{ from: 1, func: 'm.From1', file: 'x/a/module.go', line: 1 }]],
      ],
    );
  });

  it('is nothing where the versions are the same', () =>
    assert.deepEqual(effects([own('a', 2, 1)], { a: 2 }), { modules: [], notes: [] }));

  it('is InitGenesis for a module that the network does not have', () => {
    const { modules } = effects([own('a', 3, 1, 2)], {});
    assert.deepEqual(modules, [
      { name: 'a', from: null, to: 3, migrations: [], initGenesis: true },
    ]);
  });

  it('is unknown, not new, where the modules of the network are not all known', () => {
    const found = effects([own('a', 3, 1, 2)], {}, handler(), { complete: 'no' });
    assert.deepEqual(found, {
      modules: [],
      notes: ['unknown: the versions in the network of a'],
    });
  });

  it('is new only with a genesis where the network lists the modules that have one', () => {
    const listed = { complete: 'genesis' } as const;
    const found = effects([own('a', 1), foreign('params', 1)], {}, handler(), listed);
    assert.deepEqual(found, {
      modules: [{ name: 'a', from: null, to: 1, migrations: [], initGenesis: true }],
      notes: ['unknown: the versions in the network of params'],
    });
  });

  it('is unknown, not new, where a module of the network has no name that is known', () => {
    const unnamed = ['example.org/chain/x/evm/types.ModuleName'];
    const found = effects([own('evm', 1), own('burn', 1)], {}, handler(), { unnamed });
    assert.deepEqual(
      found.modules.map(({ name, initGenesis }) => [name, initGenesis]),
      [['burn', true]],
    );
    assert.deepEqual(found.notes, ['unknown: the versions in the network of evm']);
  });

  it('is nothing for a module of the same release, whatever its version is', () => {
    const same = foreign('wasm', null, 'm@v1');
    assert.deepEqual(effects([same], { wasm: null }), { modules: [], notes: [] });
    assert.deepEqual(effects([same], { wasm: 3 }), { modules: [], notes: [] });
    assert.deepEqual(effects([foreign('wasm', null, 'm@v2')], { wasm: 3 }).notes, [
      'unknown: the versions in the code of wasm',
    ]);
  });

  it('says which step has no migration, and runs none from 0', () => {
    const { modules, notes } = effects([own('a', 4, 1, 3), own('b', 1)], { a: 1, b: 0 });
    assert.deepEqual(
      modules.map(({ name, migrations }) => [name, migrations.map(step => step.from)]),
      [
        ['a', [1, 3]],
        ['b', []],
      ],
    );
    assert.deepEqual(notes, ['module a has no migration from 2: the upgrade stops there']);
  });

  it('knows the steps of a module that is not here, and not its functions', () => {
    const { modules, notes } = effects([foreign('bank', 4), foreign('wasm', null)], {
      bank: 3,
      wasm: 2,
    });
    assert.deepEqual(modules, [
      {
        name: 'bank',
        from: 3,
        to: 4,
        migrations: [{ from: 3, func: null, file: null, line: null }],
        initGenesis: false,
      },
    ]);
    assert.deepEqual(notes, ['unknown: the versions in the code of wasm']);
  });

  it('says that a lowered version migrates nothing', () => {
    const { modules, notes } = effects([own('a', 1)], { a: 3 });
    assert.deepEqual(
      modules.map(({ migrations }) => migrations),
      [[]],
    );
    assert.deepEqual(notes, ['module a goes down from 3 to 1: nothing is migrated']);
  });

  it('says what is recorded and no longer in the code, where all of it is known', () => {
    const notes = (known: Known) =>
      effects([own('a', 1)], { a: 1, b: 2, c: 1 }, handler(), known).notes;
    assert.deepEqual(notes({}), [
      'in the network and not in the code, so their versions stay recorded: b, c',
    ]);
    assert.deepEqual(notes({ all: 'genesis', mentioned: ['c'] }), [
      'unknown: whether the code still has b; no order and no store names them',
    ]);
    assert.deepEqual(notes({ all: 'no', mentioned: ['b', 'c'] }), [
      'unknown: whether the app has more modules than these',
    ]);
  });

  describe('follows what the handler writes into the versions:', () => {
    it('its own version keeps a new module from InitGenesis', () => {
      const { modules, notes } = effects([own('a', 3, 1, 2)], {}, handler({ a: 'current' }));
      assert.deepEqual(modules, [
        { name: 'a', from: null, to: 3, migrations: [], initGenesis: false },
      ]);
      assert.deepEqual(notes, [
        'the handler sets the version of a itself: RunMigrations leaves it alone',
      ]);
    });

    it('a number is where migrations start', () => {
      const { modules } = effects([own('a', 3, 1, 2)], { a: 1 }, handler({ a: 2 }));
      assert.deepEqual(
        modules[0]!.migrations.map(step => step.from),
        [2],
      );
    });

    it('a removed entry is initialised again', () =>
      assert.equal(
        effects([own('a', 3, 1, 2)], { a: 3 }, handler({ a: 'none' })).modules[0]!.initGenesis,
        true,
      ));

    it('what depends on something is unknown', () => {
      const { modules, notes } = effects([own('a', 3, 1, 2)], { a: 1 }, handler({ a: 'unknown' }));
      assert.deepEqual(modules[0]!.migrations, []);
      assert.match(notes.join(), /^unknown: what happens to a/);
    });
  });

  it('is nothing where the handler runs no migrations, and still tells the difference', () => {
    const { modules } = effects([own('a', 2, 1), own('b', 1)], { a: 1 }, handler({}, 'no'));
    assert.deepEqual(
      modules.map(({ name, migrations, initGenesis }) => [name, migrations, initGenesis]),
      [
        ['a', [], false],
        ['b', [], false],
      ],
    );
  });
});
