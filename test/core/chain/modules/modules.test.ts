import assert from 'node:assert/strict';
import type { Module, Unknown } from '../../../../core/chain/chain.ts';
import { readModules } from '../../../../core/chain/modules/modules.ts';
import { repoOf } from '../../../support/go.ts';

const gomod = { 'go.mod': 'module example.com/chain\n' };
const types = (name: string) => `package types\n\nconst ModuleName = "${name}"\n`;

async function read(
  files: Record<string, string>,
): Promise<{ modules: Module[]; unknown: Unknown[] }> {
  const unknown: Unknown[] = [];
  return {
    modules: readModules(await repoOf({ ...gomod, ...files }), u => unknown.push(u)),
    unknown,
  };
}

/** A module's file: its imports, the body of its ConsensusVersion and of its RegisterServices. */
function module(
  dir: string,
  { version = 'return 2', services = '', more = '', imports = '' } = {},
): string {
  return `package ${dir}

import (
	sdk "github.com/cosmos/cosmos-sdk/types"
	"github.com/cosmos/cosmos-sdk/types/module"
	"example.com/chain/x/${dir}/keeper"
	"example.com/chain/x/${dir}/types"
${imports})

type AppModuleBasic struct{}

func (AppModuleBasic) Name() string { return types.ModuleName }

type AppModule struct {
	AppModuleBasic
	keeper keeper.Keeper
}

func (AppModule) ConsensusVersion() uint64 { ${version} }

func (am AppModule) RegisterServices(cfg module.Configurator) {
	m := keeper.NewMigrator(am.keeper)
	${services}
}
${more}`;
}
const shown = (modules: readonly Module[]) =>
  modules.map(
    m =>
      `${m.dir}: ${m.name} ${m.consensusVersion} [${m.migrations.map(x => `${x.from} ${x.handler}`).join(', ')}]`,
  );

describe('readModules', () => {
  it('reads name, version and migrations with their places', async () => {
    const text = module('foo', {
      version: 'return 3',
      services:
        'if err := cfg.RegisterMigration(types.ModuleName, 2, m.Migrate2to3); err != nil {\n\t\tpanic(err)\n\t}\n\t_ = cfg.RegisterMigration(types.ModuleName, 1, m.Migrate1to2)',
    });
    const { modules, unknown } = await read({
      'x/foo/module.go': text,
      'x/foo/types/keys.go': types('foo'),
    });
    assert.deepEqual(shown(modules), ['x/foo: foo 3 [1 m.Migrate1to2, 2 m.Migrate2to3]']);
    const [foo] = modules;
    assert.equal(text.slice(foo!.versionPlace!.start, foo!.versionPlace!.end), '3');
    assert.equal(
      text.slice(foo!.migrations[0]!.location.start, foo!.migrations[0]!.location.end),
      'cfg.RegisterMigration(types.ModuleName, 1, m.Migrate1to2)',
    );
    assert.deepEqual(unknown, []);
  });

  it('reads versions from constants of the same file, of another file and of another package', async () => {
    const { modules } = await read({
      'x/a/module.go': module('a', {
        version: 'return ConsensusVersion',
        more: '\nconst ConsensusVersion = 4\n',
      }),
      'x/a/types/k.go': types('a'),
      'x/b/module.go': module('b', { version: 'return consensusVersion' }),
      'x/b/version.go': 'package b\n\nconst consensusVersion uint64 = 1_0\n',
      'x/b/types/k.go': types('b'),
      'x/c/module.go': module('c', { version: 'return types.ConsensusVersion' }),
      'x/c/types/k.go': `${types('c')}\nconst ConsensusVersion = uint64(initial + 2)\n\nconst initial = 5\n`,
    });
    assert.deepEqual(shown(modules), ['x/a: a 4 []', 'x/b: b 10 []', 'x/c: c 7 []']);
  });

  describe('names a module by the method that its type has', () => {
    /** The module `x/foo` whose AppModule embeds what is written, beside a package `x/other`. */
    const named = async (
      embedding: string,
      more: string,
      others: Record<string, string> = {},
    ): Promise<string[]> => {
      const { modules } = await read({
        'x/foo/module.go':
          'package foo\n\nimport (\n\t"example.com/chain/x/foo/types"\n\t"example.com/chain/x/other"\n)\n\n' +
          `type AppModule struct {\n\t${embedding}\n}\n\n` +
          `func (AppModule) ConsensusVersion() uint64 { return 2 }\n\n${more}\n`,
        'x/foo/types/keys.go': types('foo'),
        'x/other/other.go':
          'package other\n\nimport "example.com/chain/x/other/types"\n\ntype Tools struct{}\n\n' +
          'type Core struct{}\n\nfunc (Core) Name() string { return types.ModuleName }\n',
        'x/other/types/keys.go': types('other'),
        ...others,
      });
      return modules.map(one => `${one.dir} ${one.name}`);
    };
    const basic = 'type Basic struct{}\n\nfunc (Basic) Name() string { return types.ModuleName }';

    it('not by a helper without one, wherever it is embedded', async () => {
      assert.deepEqual(await named('*other.Tools\n\t*Basic', basic), ['x/foo foo']);
      assert.deepEqual(await named('Basic\n\tother.Tools', basic), ['x/foo foo']);
      assert.deepEqual(await named('other.Tools', ''), ['x/foo foo']);
    });

    it('by the nearest one', async () => {
      const deep = 'type Middle struct{ other.Core }\n\n';
      assert.deepEqual(await named('Middle\n\tBasic', deep + basic), ['x/foo foo']);
      assert.deepEqual(await named('Middle', deep), ['x/foo other']);
    });

    it('behind an alias', async () => {
      const alias = 'type Shared = other.Core';
      assert.deepEqual(await named('Shared', alias), ['x/foo other']);
      assert.deepEqual(await named('Shared\n\tBasic', `type Shared = other.Tools\n\n${basic}`), [
        'x/foo foo',
      ]);
    });

    it('behind an alias of a module of another repository', async () => {
      const sdk = 'github.com/cosmos/cosmos-sdk/x/bank';
      const shared = {
        'x/other/shared.go': `package other\n\nimport "${sdk}"\n\ntype Shared = bank.AppModule\n`,
      };
      assert.deepEqual(await named('other.Shared', '', shared), ['x/foo bank']);
      const near = 'type Mine = other.Shared';
      assert.deepEqual(await named('*Mine', near, shared), ['x/foo bank']);
      assert.deepEqual(await named('Mine\n\tother.Core', near, shared), ['x/foo other']);
    });

    it('or by the constant beside the type whose method cannot be read', async () => {
      const computed = 'func (b Basic) Name() string { return b.name }';
      assert.deepEqual(
        await named('other.Tools\n\tBasic', `type Basic struct{ name string }\n\n${computed}`),
        ['x/foo foo'],
      );
    });
  });

  it('reads versions from results with names and from functions', async () => {
    const named = (result: string, version: string, more = '') =>
      module('a', { version, more }).replace('ConsensusVersion() uint64', result);
    const versionOf = async (text: string) => {
      const { modules } = await read({ 'x/a/module.go': text, 'x/a/types/k.go': types('a') });
      return modules[0]!.consensusVersion;
    };
    const result = 'ConsensusVersion() (version uint64)';
    assert.equal(await versionOf(named(result, 'version = 3\n\treturn')), 3);
    assert.equal(await versionOf(named(result, 'return 4')), 4);
    const current = '\nfunc current() (v uint64) {\n\tv = 5\n\treturn\n}\n';
    assert.equal(await versionOf(module('a', { version: 'return current()', more: current })), 5);
    const twice = 'version = 3\n\tversion = 4\n\treturn';
    assert.equal(await versionOf(named(result, twice)), 4);
    const changed = 'version = 3\n\tversion++\n\treturn';
    assert.equal(await versionOf(named(result, changed)), null);
    const inBranch = 'if testnet {\n\t\tversion = 3\n\t}\n\treturn';
    assert.equal(await versionOf(named(result, inBranch)), null);
  });

  it('says why a version is not known', async () => {
    const { modules, unknown } = await read({
      'x/a/module.go':
        'package a\n\nimport "github.com/cosmos/cosmos-sdk/x/bank"\n\ntype AppModule struct{ bank.AppModule }\n\nfunc (am AppModule) ConsensusVersion() uint64 { return am.AppModule.ConsensusVersion() }\n',
      'x/b/module.go': module('b', { version: 'if testnet {\n\t\treturn 3\n\t}\n\treturn 2' }),
      'x/b/types/k.go': types('b'),
      'x/c/module.go': module('c', {
        version: 'return other.Version',
        imports: '\t"example.org/other"\n',
      }),
      'x/c/types/k.go': types('c'),
    });
    assert.deepEqual(
      modules.map(m => m.consensusVersion),
      [null, null, null],
    );
    assert.deepEqual(
      unknown.map(u => [u.location.file, u.why]),
      [
        [
          'x/a/module.go',
          'a ConsensusVersion is not known: am.AppModule.ConsensusVersion() is computed elsewhere',
        ],
        ['x/b/module.go', 'a ConsensusVersion is not known: it returns in several places'],
        [
          'x/c/module.go',
          'a ConsensusVersion is not known: example.org/other.Version is defined outside this repository',
        ],
      ],
    );
  });

  it('writes closures, functions and factories shortly', async () => {
    const services = `cfg.RegisterMigration(types.ModuleName, 1, func(ctx sdk.Context) error {
		return migrate(ctx)
	})
	cfg.RegisterMigration(types.ModuleName, 2, keeper.Migrate2to3(am.keeper))
	cfg.RegisterMigration(types.ModuleName, 3, noop)`;
    const { modules } = await read({
      'x/a/module.go': module('a', { version: 'return 4', services }),
      'x/a/types/k.go': types('a'),
    });
    assert.deepEqual(
      modules[0]!.migrations.map(m => m.handler),
      ['func(ctx sdk.Context) error {…}', 'keeper.Migrate2to3(am.keeper)', 'noop'],
    );
  });

  it('attributes a migration to the module it names, not to the folder', async () => {
    const { modules, unknown } = await read({
      'x/a/module.go': module('a', {
        version: 'return 1',
        imports: '\tbtypes "example.com/chain/x/b/types"\n',
        services: 'cfg.RegisterMigration(btypes.ModuleName, 1, m.OfB)',
      }),
      'x/a/types/k.go': types('a'),
      'x/b/module.go': module('b'),
      'x/b/types/k.go': types('b'),
      'app/app.go':
        'package app\n\nimport btypes "example.com/chain/x/b/types"\n\nfunc New() { app.configurator.RegisterMigration(btypes.ModuleName, 2, noop) }\n',
    });
    assert.deepEqual(shown(modules), ['x/a: a 1 []', 'x/b: b 2 [1 m.OfB, 2 noop]']);
    assert.deepEqual(unknown, []);
  });

  it('lists a wrapped module whose version is promoted, once, with the reason', async () => {
    const wrapper = `package wbank

import (
	"github.com/cosmos/cosmos-sdk/x/bank"
	banktypes "github.com/cosmos/cosmos-sdk/x/bank/types"
)

type AppModule struct{ bank.AppModule }

func (am AppModule) RegisterServices(cfg module.Configurator) {
	cfg.RegisterMigration(banktypes.ModuleName, 1, m.Migrate1to2)
	cfg.RegisterMigration(banktypes.ModuleName, 2, m.Migrate2to3)
}
`;
    const { modules, unknown } = await read({ 'x/wbank/module.go': wrapper });
    assert.deepEqual(shown(modules), ['x/wbank: bank null [1 m.Migrate1to2, 2 m.Migrate2to3]']);
    assert.deepEqual(
      unknown.map(u => u.why),
      [
        'migrations of bank are registered here, but its ConsensusVersion is not written in this repository',
      ],
    );
  });

  it('names a wrapper with a version of its own after what it embeds', async () => {
    const wrapper =
      'package gov\n\nimport "github.com/cosmos/cosmos-sdk/x/gov"\n\ntype AppModule struct{ *gov.AppModule }\n\nfunc (AppModule) ConsensusVersion() uint64 { return 6 }\n';
    assert.deepEqual(shown((await read({ 'x/wrappers/gov2/module.go': wrapper })).modules), [
      'x/wrappers/gov2: gov 6 []',
    ]);
  });

  it('reads a registry that is reached through its own RegisterMigration, and reports the loop over it', async () => {
    const registry =
      'package utypes\n\nfunc RegisterMigration(module string, from uint64, fn NewMigrationFn) {\n\tmigrations[module][from] = fn\n}\n';
    const init =
      'package v2\n\nimport (\n\tatypes "example.com/chain/x/a/types"\n\tutypes "example.com/chain/upgrades/types"\n)\n\nfunc init() { utypes.RegisterMigration(atypes.ModuleName, 1, newMigration) }\n';
    const app =
      'package app\n\nfunc (app *App) setup() {\n\tfor module, versions := range utypes.All() {\n\t\tfor from, fn := range versions {\n\t\t\tapp.configurator.RegisterMigration(module, from, fn)\n\t\t}\n\t}\n}\n';
    const { modules, unknown } = await read({
      'x/a/module.go': module('a'),
      'x/a/types/k.go': types('a'),
      'upgrades/types/t.go': registry,
      'upgrades/v2/init.go': init,
      'app/app.go': app,
    });
    assert.deepEqual(shown(modules), ['x/a: a 2 [1 newMigration]']);
    assert.deepEqual(
      unknown.map(u => u.why),
      ['a migration is registered for a module that is not known: module is a loop variable'],
    );
  });

  it('follows a helper that registers for its callers', async () => {
    const services = 'am.register(cfg, 1, m.Migrate1to2)\n\tam.register(cfg, 2, m.Migrate2to3)';
    const more =
      '\nfunc (am AppModule) register(cfg module.Configurator, from uint64, h module.MigrationHandler) {\n\tif err := cfg.RegisterMigration(types.ModuleName, from, h); err != nil {\n\t\tpanic(err)\n\t}\n}\n';
    const { modules, unknown } = await read({
      'x/a/module.go': module('a', { version: 'return 3', services, more }),
      'x/a/types/k.go': types('a'),
    });
    assert.deepEqual(shown(modules), ['x/a: a 3 [1 m.Migrate1to2, 2 m.Migrate2to3]']);
    assert.deepEqual(unknown, []);
  });

  it('finds nested modules, several modules in a folder, and every receiver', async () => {
    const small = (type: string, name: string, version: number) =>
      `\ntype ${type} struct{}\n\nfunc (${type}) Name() string { return "${name}" }\n\nfunc (a *${type}) ConsensusVersion() uint64 { return ${version} }\n`;
    const { modules } = await read({
      'x/asset/ft/module.go': `package ft\n${small('AppModule', 'assetft', 5)}`,
      'x/asset/nft/module/module.go': `package module\n${small('Module', 'assetnft', 3)}`,
      'x/ibc/modules.go': `package ibc\n${small('TransferModule', 'transfer', 2)}${small('HooksModule', 'hooks', 1)}`,
      'x/basic/module.go': `package basic\n${small('AppModuleBasic', 'basic', 4)}`,
    });
    assert.deepEqual(shown(modules), [
      'x/asset/ft: assetft 5 []',
      'x/asset/nft/module: assetnft 3 []',
      'x/basic: basic 4 []',
      'x/ibc: hooks 1 []',
      'x/ibc: transfer 2 []',
    ]);
  });

  it("takes the AppModule's version before its AppModuleBasic's", async () => {
    const { modules } = await read({
      'x/a/module.go': module('a', {
        more: '\nfunc (AppModuleBasic) ConsensusVersion() uint64 { return 1 }\n',
      }),
      'x/a/types/k.go': types('a'),
    });
    assert.deepEqual(shown(modules), ['x/a: a 2 []']);
  });

  it('compares names it does not know by their constant', async () => {
    const outside = (text: string) =>
      text.replace('"example.com/chain/x/a/types"', 'types "example.org/api/a/v1"');
    const { modules, unknown } = await read({
      'x/a/module.go': outside(module('a')),
      'upgrades/u.go':
        'package upgrades\n\nimport av1 "example.org/api/a/v1"\n\nfunc init() { utypes.RegisterMigration(av1.ModuleName, 1, newMigration) }\n',
    });
    assert.deepEqual(shown(modules), ['x/a: a 2 [1 newMigration]']);
    assert.deepEqual(unknown, []);
  });

  it('prefers the nearer of two modules with one name', async () => {
    const files = (root: string) => ({
      [`${root}/x/a/module.go`]: module('a', {
        services: 'cfg.RegisterMigration(types.ModuleName, 1, m.Migrate1to2)',
      }).replaceAll('chain/x', `chain/${root}/x`),
      [`${root}/x/a/types/k.go`]: types('a'),
    });
    assert.deepEqual(shown((await read({ ...files('one'), ...files('two') })).modules), [
      'one/x/a: a 2 [1 m.Migrate1to2]',
      'two/x/a: a 2 [1 m.Migrate1to2]',
    ]);
  });

  it('leaves tests, mocks, generated code, comments and other functions of the name out', async () => {
    const { modules, unknown } = await read({
      'x/a/module_test.go': module('a'),
      'x/a/testutil/module.go': module('a'),
      'x/mocks/module.go': `// Code generated by MockGen. DO NOT EDIT.\n\n${module('mocks')}`,
      'x/b/b.go':
        'package b\n\n// cfg.RegisterMigration(types.ModuleName, 1, m.Migrate1to2)\nfunc f() { note("RegisterMigration(") }\n\nfunc ConsensusVersion() uint64 { return 1 }\n',
    });
    assert.deepEqual([modules, unknown], [[], []]);
  });
});
