import assert from 'node:assert/strict';
import { memoryFiles } from '../../../../core/files.ts';
import type { FactsCache } from '../../../../core/go/repo/repo.ts';
import { guessPackageName, loadRepo } from '../../../../core/go/repo/repo.ts';
import { parser, repoOf } from '../../../support/go.ts';

describe('a repository', () => {
  it('loads Go, go.mod, go.work and app configuration, and nothing else', async () => {
    const wanted = [
      'go.mod',
      'go.work',
      'app/app.go',
      'app/app.yaml',
      'app/app_config.yml',
      'api/go.mod',
    ];
    const passed = [
      'README.md',
      'vendor/a/a.go',
      'sub/vendor/a.go',
      'node_modules/a/a.go',
      '.git/a.go',
      'x/foo/types/tx.pb.go',
      'x/foo/types/query.pb.gw.go',
      'api/foo.pulsar.go',
      'app/testdata/a.go',
      'third_party/a.go',
      '_old/a.go',
      'app/config.yaml',
    ];
    const repo = await repoOf(
      Object.fromEntries([...wanted, ...passed].map(path => [path, 'package a\n'])),
    );
    assert.deepEqual([...repo.texts.keys()].sort(), wanted.sort());
  });

  it('passes over files that are gone or unreadable by the time they are read', async () => {
    const repo = await loadRepo(
      {
        list: async () => ['a.go', 'b.go'],
        read: async path => (path === 'a.go' ? 'package a\n' : undefined),
      },
      parser,
    );
    assert.deepEqual([...repo.texts.keys()], ['a.go']);
  });

  it('stops loading when told to, and passes on what its source throws', async () => {
    await assert.rejects(
      loadRepo(memoryFiles({ 'a.go': 'package a\n' }), parser, { signal: AbortSignal.abort() }),
      { name: 'AbortError' },
    );
    await assert.rejects(
      loadRepo(
        {
          list: async () => ['a.go'],
          read: async () => {
            throw new Error('no access');
          },
        },
        parser,
      ),
      /no access/,
    );
  });

  it('reads a file once, and again only when its text changed', async () => {
    const cache: FactsCache = new Map();
    const repo = await loadRepo(
      memoryFiles({ 'a.go': 'package a\n', 'b/b.go': 'package b\n' }),
      parser,
      { cache },
    );
    const changed = repo.with([
      ['a.go', 'package changed\n'],
      ['c.go', 'package a\n'],
    ]);
    assert.equal(repo.facts('a.go')?.package, 'a');
    assert.equal(changed.facts('a.go')?.package, 'changed');
    assert.equal(changed.facts('b/b.go'), repo.facts('b/b.go'));
    assert.equal(changed.facts('c.go')?.package, 'a');
    assert.equal(repo.facts('c.go'), undefined);
    const removed = changed.with([['b/b.go', undefined]]);
    assert.equal(removed.facts('b/b.go'), undefined);
    assert.equal(removed.packages.has('b'), false);
    assert.equal(changed.packages.has('b'), true);
  });
});

describe('a changed repository', () => {
  const texts = {
    'go.mod': 'module example.com/chain\n',
    'app/app.go': 'package app\n\nimport "example.com/chain/a"\n\nvar X = a.Name\n',
    'a/a.go': 'package a\n\nconst Name = "one"\n',
    'b/b.go': 'package a\n\nconst Name = "two"\n',
  };

  it('shares what was found out about untouched packages, and nothing about the changed one', async () => {
    const repo = await repoOf(texts);
    let asked = 0;
    const count = (at: typeof repo) =>
      ['a', 'b'].map(dir => at.memoByPackage(dir, 'test', () => ++asked));
    assert.deepEqual(count(repo), [1, 2]);
    assert.equal(repo.value('a', 'Name')?.facts.text, texts['a/a.go']);
    const changed = repo.with([['a/a.go', 'package a\n\nconst Name = "three"\n\nfunc New() {}\n']]);
    assert.deepEqual(
      [count(changed), count(repo)],
      [
        [3, 2],
        [1, 2],
      ],
    );
    assert.notEqual(changed.value('a', 'Name')?.facts, repo.value('a', 'Name')?.facts);
    assert.deepEqual([repo.functions('a').length, changed.functions('a').length], [0, 1]);
  });

  it('sees new imports, package names, files and modules', async () => {
    const repo = await repoOf(texts);
    const targets = (at: typeof repo) => [...at.layout.closure('app')];
    assert.deepEqual(targets(repo), ['app', 'a']);
    assert.equal(
      repo.with([['app/app.go', `${texts['app/app.go']}// more\n`]]).layout,
      repo.layout,
    );
    assert.deepEqual(
      targets(repo.with([['app/app.go', texts['app/app.go'].replace('chain/a', 'chain/b')]])),
      ['app', 'b'],
    );
    assert.equal(
      repo.with([['a/a.go', 'package other\n']]).packageName('example.com/chain/a', 'app'),
      'other',
    );
    assert.deepEqual(targets(repo.with([['go.mod', 'module example.com/other\n']])), ['app']);
    assert.deepEqual(
      targets(repo.with([['a/more.go', 'package a\n\nimport "example.com/chain/b"\n']])),
      ['app', 'a', 'b'],
    );
    assert.deepEqual(targets(repo.with([['a/a.go', undefined]])), ['app']);
  });
});

describe('import paths', () => {
  const mods = {
    'go.mod': 'module example.com/chain\n',
    'app/app.go': 'package app\n',
    'x/foo/types/keys.go': 'package types\n',
    'tools/go.mod': 'module example.com/tools\n',
    'tools/gen/gen.go': 'package gen\n',
    'simapp/go.mod':
      'module example.com/chain/simapp/v2\n\nreplace example.com/chain => ../\n\nreplace example.com/lib => ../lib\n',
    'simapp/app/app.go': 'package app\n',
    'lib/lib.go': 'package lib\n',
    'lib/go.mod': 'module example.com/lib/v3\n',
  };

  it('go from folder to path and back, in every module', async () => {
    const repo = await repoOf(mods);
    for (const [dir, path] of [
      ['app', 'example.com/chain/app'],
      ['x/foo/types', 'example.com/chain/x/foo/types'],
      ['simapp/app', 'example.com/chain/simapp/v2/app'],
      ['tools/gen', 'example.com/tools/gen'],
    ] as const) {
      assert.equal(repo.importPath(dir), path);
      assert.equal(repo.dirOf(path), dir);
    }
  });

  it('are undefined for what is not here', async () => {
    const repo = await repoOf(mods);
    assert.equal(repo.dirOf('github.com/cosmos/cosmos-sdk/types'), undefined);
    assert.equal(repo.dirOf('example.com/chain/missing'), undefined);
    assert.equal(repo.dirOf('example.com/chainsaw/app'), undefined);
    assert.equal(repo.dirOf('example.com/chain/tools/gen'), undefined, "another module's folder");
    assert.equal((await repoOf({ 'app/app.go': 'package app\n' })).importPath('app'), undefined);
  });

  it('follow the local replacements of the importing module', async () => {
    const repo = await repoOf(mods);
    assert.equal(repo.dirOf('example.com/lib', 'simapp/app'), 'lib');
    assert.equal(repo.dirOf('example.com/lib', 'app'), undefined);
    assert.equal(repo.dirOf('example.com/chain/x/foo/types', 'simapp/app'), 'x/foo/types');
  });

  it('stay within the module where two have the same path', async () => {
    const repo = await repoOf({
      'a/go.mod': 'module app\n',
      'a/upgrades/u.go': 'package upgrades\n',
      'b/go.mod': 'module app\n',
      'b/upgrades/u.go': 'package upgrades\n',
    });
    assert.equal(repo.dirOf('app/upgrades', 'a'), 'a/upgrades');
    assert.equal(repo.dirOf('app/upgrades', 'b/upgrades'), 'b/upgrades');
  });

  it('know the folders a go.work uses', async () => {
    assert.deepEqual(
      (await repoOf({ 'go.work': 'go 1.22\n\nuse (\n\t.\n\t./simapp\n)\n' })).workspace,
      ['', 'simapp'],
    );
    assert.deepEqual((await repoOf({})).workspace, []);
  });
});

describe('the package behind a qualifier', () => {
  const texts = {
    'go.mod': 'module example.com/chain\n',
    'app/app.go':
      'package app\n\nimport (\n\t"cosmossdk.io/x/upgrade/types"\n\t"example.com/chain/app/upgrades/v1.2"\n\told "example.com/chain/app/upgrades/v1"\n\t"gopkg.in/yaml.v3"\n\t"github.com/cosmos/ibc-go/v8/modules/core/24-host"\n)\n',
    'app/upgrades/v1.2/a_gen.go': '//go:build ignore\n\npackage main\n',
    'app/upgrades/v1.2/upgrades.go': 'package v2\n',
    'app/upgrades/v1/upgrades.go': 'package v1\n',
  };

  it("is the alias's, else the one whose package clause says so", async () => {
    const repo = await repoOf(texts);
    const facts = repo.facts('app/app.go')!;
    assert.equal(
      repo.importFor(facts, 'v2'),
      'example.com/chain/app/upgrades/v1.2',
      'the clause, not the folder',
    );
    assert.equal(repo.importFor(facts, 'old'), 'example.com/chain/app/upgrades/v1');
    assert.equal(repo.importFor(facts, 'v1'), undefined, 'hidden by its alias');
    assert.equal(repo.importFor(facts, 'types'), 'cosmossdk.io/x/upgrade/types');
    assert.equal(repo.importFor(facts, 'yaml'), 'gopkg.in/yaml.v3');
    assert.equal(repo.importFor(facts, 'host'), 'github.com/cosmos/ibc-go/v8/modules/core/24-host');
    assert.equal(repo.importFor(facts, 'nothing'), undefined);
  });

  it('is guessed as Go people name packages', () => {
    for (const [path, name] of [
      ['github.com/cosmos/cosmos-sdk', 'cosmossdk'],
      ['github.com/cosmos/ibc-go/v8', 'ibc'],
      ['github.com/x/go-metrics', 'metrics'],
      ['gopkg.in/yaml.v3', 'yaml'],
      ['v2', 'v2'],
      ['github.com/cosmos/ibc-go/modules/light-clients/08-wasm', 'wasm'],
    ] as const)
      assert.equal(guessPackageName(path), name, path);
  });
});
