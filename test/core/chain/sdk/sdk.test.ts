import assert from 'node:assert/strict';
import { readSdk } from '../../../../core/chain/sdk/sdk.ts';
import { repoOf } from '../../../support/go.ts';

const sdk = 'github.com/cosmos/cosmos-sdk';

async function read(gomod: string, others: Record<string, string> = {}, dir = 'app') {
  const { version, generation } = readSdk(
    await repoOf({ 'go.mod': gomod, 'app/app.go': 'package app\n', ...others }),
    dir,
  );
  return [version, generation];
}

describe('readSdk', () => {
  it('reads what go.mod requires', async () => {
    const repo = await repoOf({
      'go.mod': `module example.com/chain\n\ngo 1.23.4\n\nrequire (\n\t${sdk} v0.50.13\n)\n`,
      'app/app.go': 'package app\n',
    });
    assert.deepEqual(readSdk(repo, 'app'), {
      version: 'v0.50.13',
      generation: '0.50',
      gomod: 'go.mod',
      go: '1.23.4',
    });
  });

  it('reads the nearest go.mod at or above the app', async () => {
    const repo = await repoOf({
      'go.mod': `module example.com/m\nrequire ${sdk} v0.45.1\n`,
      'chain/go.mod': `module example.com/m/chain\nrequire ${sdk} v0.53.4\n`,
      'chain/app/app.go': 'package app\n',
    });
    assert.equal(readSdk(repo, 'chain/app').gomod, 'chain/go.mod');
    assert.equal(readSdk(repo, 'chain/app').generation, '0.53');
  });

  it('follows replace, with and without a version on its left', async () => {
    assert.deepEqual(
      await read(
        `module m\nrequire ${sdk} v0.47.10\nreplace ${sdk} => github.com/fork/cosmos-sdk v0.45.9-patch\n`,
      ),
      ['v0.45.9-patch', '0.45'],
    );
    assert.deepEqual(
      await read(
        `module m\nrequire ${sdk} v0.47.10\nreplace ${sdk} v0.47.10 => ${sdk} v0.47.10-ics-lsm\n`,
      ),
      ['v0.47.10-ics-lsm', '0.47'],
    );
    assert.deepEqual(
      await read(`module m\nrequire ${sdk} v0.47.10\nreplace ${sdk} v0.46.0 => ${sdk} v0.46.1\n`),
      ['v0.47.10', '0.47'],
    );
  });

  it('takes what is required for a fork whose version says nothing, where the other requirements agree', async () => {
    const fork = 'v0.0.0-20240425031032-6bc18cf6e67d';
    const mod = (rest: string) =>
      `module m\nrequire (\n\t${sdk} v0.50.6\n${rest}\n)\nreplace ${sdk} => github.com/fork/cosmos-sdk ${fork}\n`;
    assert.deepEqual(await read(mod('\tcosmossdk.io/x/upgrade v0.1.1')), [fork, '0.50']);
    assert.deepEqual(await read(mod('\tgithub.com/cometbft/cometbft v0.37.2')), [fork, '0.47']);
    assert.deepEqual(await read(mod('')), [fork, null]);
  });

  it('does not believe a fork that numbers itself 0.52', async () => {
    const mod = `module m\nrequire (\n\t${sdk} v0.50.13\n\tcosmossdk.io/x/upgrade v0.1.4\n)\nreplace ${sdk} => github.com/fork/cosmos-sdk v0.52.10\n`;
    assert.deepEqual(await read(mod), ['v0.52.10', '0.50']);
  });

  it('names the release an SDK in a folder was cut from, and no version for anything else', async () => {
    const folder = (version: string) =>
      `module m\nrequire ${sdk} ${version}\nreplace ${sdk} => ./sdk\n`;
    assert.deepEqual(await read(folder('v0.47.8')), ['v0.47.8', '0.47']);
    assert.deepEqual(await read(folder('v0.54.0-rc.1')), [null, '0.54']);
    assert.deepEqual(
      await read(folder('v0.0.0-00010101000000-000000000000'), {
        'sdk/x/upgrade/u.go': 'package upgrade\n',
        'sdk/x/group/g.go': 'package group\n',
      }),
      [null, '0.46'],
    );
  });

  const trees: [string, Record<string, string>][] = [
    ['0.39', {}],
    ['0.42', { 'x/upgrade/types/t.go': 'package types\n' }],
    [
      '0.45',
      {
        'x/upgrade/types/t.go': 'package types\n',
        'types/module/module.go':
          'package module\n\ntype VersionMap map[string]uint64\n\ntype Manager struct{ OrderMigrations []string }\n',
      },
    ],
    ['0.46', { 'x/nft/n.go': 'package nft\n' }],
    ['0.47', { 'x/nft/n.go': 'package nft\n', 'x/consensus/c.go': 'package consensus\n' }],
    [
      '0.50',
      {
        'x/upgrade/go.mod': 'module cosmossdk.io/x/upgrade\n',
        'x/consensus/c.go': 'package consensus\n',
      },
    ],
    [
      '0.53',
      {
        'x/upgrade/go.mod': 'module cosmossdk.io/x/upgrade\n',
        'x/protocolpool/p.go': 'package protocolpool\n',
      },
    ],
    [
      '0.54',
      { 'x/protocolpool/p.go': 'package protocolpool\n', 'x/params/p.go': 'package params\n' },
    ],
  ];
  for (const [generation, files] of trees) {
    it(`tells a tree of the SDK ${generation} by its packages`, async () => {
      assert.deepEqual(
        await read(`module ${sdk}\n`, { 'x/upgrade/abci.go': 'package upgrade\n', ...files }),
        [null, generation],
      );
    });
  }

  it('says nothing where a tree could be of two generations', async () => {
    const files = {
      'x/upgrade/abci.go': 'package upgrade\n',
      'x/upgrade/types/t.go': 'package types\n',
      'types/module/module.go': 'package module\n\ntype VersionMap map[string]uint64\n',
    };
    assert.deepEqual(await read(`module ${sdk}\n`, files), [null, null]);
  });

  it("finds an SDK that lies in the chain's own module", async () => {
    const app =
      'package app\n\nimport upgradetypes "example.com/chain/sdk/x/upgrade/types"\n\nvar _ upgradetypes.Plan\n';
    const files = {
      'app/app.go': app,
      'sdk/x/upgrade/types/plan.go': 'package types\n\ntype Plan struct{}\n',
      'sdk/x/upgrade/abci.go': 'package upgrade\n',
      'sdk/x/consensus/c.go': 'package consensus\n',
    };
    assert.deepEqual(await read('module example.com/chain\n', files), [null, '0.47']);
  });

  it("takes the handler's signature where only that tells", async () => {
    const app = `package app\n\nimport upgradetypes "${sdk}/x/upgrade/types"\n\nvar h = func(ctx sdk.Context, plan upgradetypes.Plan) {\n}\n`;
    assert.deepEqual(
      await read('module m\nrequire github.com/tendermint/tendermint v0.34.14\n', {
        'app/app.go': app,
      }),
      [null, '0.42'],
    );
  });
});
