import assert from 'node:assert/strict';
import { readSdk } from '../../../../core/chain/sdk/sdk.ts';
import { repoOf } from '../../../support/go.ts';

const sdk = 'github.com/cosmos/cosmos-sdk';

const replaceOnly = (version: string) =>
  `replace ${sdk} => github.com/fork/cosmos-sdk ${version}\n`;

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

  for (const [title, requires, generation] of [
    ['that requires the x/tx of 0.50', 'cosmossdk.io/x/tx v0.13.3 // indirect', '0.50'],
    ['that requires a newer x/tx, as a dependency may', 'cosmossdk.io/x/tx v0.14.0', null],
    ['without x/tx', '', null],
  ] as const)
    it(`takes a fork's commit between two releases, ${title}, for ${generation ?? 'nothing'}`, async () => {
      const [, found] = await read(
        `module m\nrequire (\n\t${sdk} v0.52.0\n\tcosmossdk.io/x/upgrade v0.1.1\n` +
          `\t${requires}\n)\nreplace ${sdk} => ` +
          'github.com/fork/cosmos-sdk v0.51.0-0.20240105101112-0123456789ab\n',
      );
      assert.equal(found, generation);
    });

  it('asks the x/tx of a fork with numbers of its own, unless that is replaced too', async () => {
    const fork =
      `module m\nrequire (\n\t${sdk} v0.52.0\n\tcosmossdk.io/x/upgrade v0.1.4\n` +
      `\tcosmossdk.io/x/tx v0.13.7\n)\nreplace ${sdk} => github.com/fork/cosmos-sdk v1.4.2\n`;
    assert.equal((await read(fork))[1], '0.50');
    const replaced = `${fork}replace cosmossdk.io/x/tx => github.com/fork/tx v1.0.0\n`;
    assert.equal((await read(replaced))[1], null);
  });

  it('does not believe a fork that numbers itself 0.52', async () => {
    const mod = `module m\nrequire (\n\t${sdk} v0.50.13\n\tcosmossdk.io/x/upgrade v0.1.4\n)\nreplace ${sdk} => github.com/fork/cosmos-sdk v0.52.10\n`;
    assert.deepEqual(await read(mod), ['v0.52.10', '0.50']);
  });

  describe('of a fork, by all the evidence', () => {
    const replacedBy = (fork: string, ...required: readonly string[]) =>
      `module m\nrequire (\n${required.map(line => `\t${line}\n`).join('')})\n` +
      `replace ${sdk} => github.com/fork/cosmos-sdk ${fork}\n`;
    const upgrade = 'cosmossdk.io/x/upgrade v0.1.4';
    const tendermint = 'github.com/tendermint/tendermint v0.34.22';
    const comet = (version: string) => `github.com/cometbft/cometbft ${version}`;
    const cases: [what: string, gomod: string, generation: string | null][] = [
      [
        'a minor that no SDK has',
        replacedBy('v0.501.0-own', `${sdk} v0.53.6`, 'cosmossdk.io/x/evidence v0.2.0'),
        '0.53',
      ],
      ['a major of its own', replacedBy('v3.4.1', `${sdk} v0.46.11`, tendermint), '0.46'],
      [
        'a pseudo-version above an old tag',
        replacedBy('v0.42.12-0.20240219084500-0a1b2c3d4e5f', `${sdk} v0.47.9`, comet('v0.37.4')),
        '0.47',
      ],
      [
        'a pseudo-version, and a requirement that a dependency forced',
        replacedBy('v0.45.1-0.20230627154005-cbb746abb7f1', `${sdk} v0.46.10`, tendermint),
        '0.45',
      ],
      [
        "the SDK's version as a suffix without a v",
        replacedBy('v2.7.0-sdk-0.47.13-y', `${sdk} v0.47.13`),
        '0.47',
      ],
      [
        'a count of its own, which looks like an old SDK',
        replacedBy('v0.46.3', `${sdk} v0.50.9`, upgrade, comet('v0.38.12')),
        '0.50',
      ],
      [
        'an older SDK than a dependency asks for',
        replacedBy('v0.45.16-fork.3', `${sdk} v0.47.3`, tendermint),
        '0.45',
      ],
      [
        'a number between the two that its modules admit',
        replacedBy('v0.50.13-fork', `${sdk} v0.53.0`, upgrade, comet('v0.38.17')),
        '0.50',
      ],
      [
        'evidence that contradicts itself in every pair',
        replacedBy('v0.45.9', `${sdk} v0.47.3`, upgrade),
        null,
      ],
    ];
    for (const [what, gomod, generation] of cases)
      it(what, async () => assert.equal((await read(gomod))[1], generation));

    it('takes Tendermint by its name, where it is replaced too', async () => {
      const gomod = replacedBy('v0.47.4-own', `${sdk} v0.45.11`, tendermint);
      const replaced = `${gomod}replace github.com/tendermint/tendermint => github.com/fork/tm v0.35.1\n`;
      assert.equal((await read(replaced))[1], '0.45');
    });

    it('asks the code where the numbers disagree', async () => {
      const gomod = replacedBy('v0.44.2', `${sdk} v0.53.0`);
      const handlerOf = (types: string, context: string) => ({
        'app/app.go':
          `package app\n\nimport upgradetypes "${types}/x/upgrade/types"\n\n` +
          `func run(c ${context}, _ upgradetypes.Plan, vm module.VersionMap) ` +
          '(module.VersionMap, error) {\n\treturn vm, nil\n}\n',
      });
      const of = async (types: string, context: string) =>
        (await read(gomod, handlerOf(types, context)))[1];
      assert.equal(await of('cosmossdk.io', 'context.Context'), '0.53');
      assert.equal(await of(sdk, 'sdk.Context'), '0.44');
      assert.equal(await of(sdk, 'types.Context'), '0.44');
    });

    it('asks the code where only the number of the fork speaks', async () => {
      const gomod = `module m\nrequire example.com/other v1.0.0\n${replaceOnly('v0.44.2')}`;
      const app =
        'package app\n\nimport (\n\tstore "cosmossdk.io/store/types"\n' +
        '\tupgradetypes "cosmossdk.io/x/upgrade/types"\n)\n\n' +
        'var h = func(c context.Context, p upgradetypes.Plan, vm module.VersionMap) error {}\n';
      assert.equal((await read(gomod, { 'app/app.go': app }))[1], null);
      assert.equal((await read(gomod))[1], '0.44');
    });
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
