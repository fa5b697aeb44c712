import assert from 'node:assert/strict';
import { readChain } from '../../../core/chain/analysis.ts';
import { lint } from '../../../core/lint/lint.ts';
import type { Answers } from '../../../core/plan/question.ts';
import { upgradeQuestions } from '../../../core/plan/upgrade/upgrade-questions.ts';
import { chainTexts } from '../../support/chains.ts';
import { repoOf } from '../../support/go.ts';
import { gofmtIsHere, gofmtWish } from '../../support/gofmt.ts';
import { applied, openChain, planIn } from '../../support/plans.ts';

const texts = chainTexts('list');
const question = upgradeQuestions.find(q => q.id === 'genesis')!;

/**
 * x/berth with a genesis: its InitGenesis makes that call, of a keeper whose InitGenesis is
 * declared so.
 */
function withGenesis(call: string, declared: string): Record<string, string> {
  return {
    'x/berth/module.go':
      texts['x/berth/module.go']!.replace('"fmt"\n', '"encoding/json"\n\t"fmt"\n').replace(
        '\t"github.com/cosmos/cosmos-sdk/codec"\n',
        '\t"github.com/cosmos/cosmos-sdk/codec"\n\tsdk "github.com/cosmos/cosmos-sdk/types"\n',
      ) +
      `
func (AppModule) DefaultGenesis(cdc codec.JSONCodec) json.RawMessage { return cdc.MustMarshalJSON(types.DefaultGenesis()) }

func (am AppModule) InitGenesis(ctx sdk.Context, cdc codec.JSONCodec, bz json.RawMessage) {
	var state types.GenesisState
	cdc.MustUnmarshalJSON(bz, &state)
	${call}
}
`,
    'x/berth/keeper/genesis.go': `package keeper\n\nimport (\n\t"context"\n\n\tsdk "github.com/cosmos/cosmos-sdk/types"\n\n\t"github.com/harbor-chain/harbor/x/berth/types"\n)\n\n${declared}\n`,
    'x/berth/types/genesis.go':
      'package types\n\ntype GenesisState struct{}\n\nfunc DefaultGenesis() *GenesisState { return &GenesisState{} }\n',
  };
}

/** The handler that New Upgrade writes. */
async function handler(
  genesis: readonly string[],
  changed: Record<string, string> = {},
  chain = 'list',
): Promise<string> {
  const opened = await openChain(chain, { texts: changed });
  const plan = planIn(opened, { name: 'v4', genesis });
  assert.equal(plan.refused?.reason, undefined);
  const after = applied(opened, plan);
  const without = applied(opened, planIn(opened, { name: 'v4' }));
  const rules = (one: typeof after) => lint(one).map(p => `${p.rule} ${p.location.file}`);
  assert.deepEqual(rules(after), rules(without), 'the lint finds more');
  const text = [...plan.creates, ...plan.edits.map(e => ({ file: e.file, text: e.after }))].find(
    f => /RunMigrations\(/.test(f.text),
  )!.text;
  if (gofmtIsHere) assert.equal(gofmtWish(text), undefined);
  return text;
}

async function refusal(
  answers: Answers,
  changed: Record<string, string> = {},
  base?: Record<string, string>,
): Promise<string> {
  const plan = planIn(
    await openChain('list', { texts: changed }),
    { name: 'v4', ...answers },
    base && readChain(await repoOf(base)),
  );
  assert.deepEqual([plan.creates, plan.edits], [[], []]);
  return plan.refused!.reason;
}

const without = (module: string) => ({
  ...texts,
  'app/app.go': texts['app/app.go']!.replace(
    new RegExp(`(SetOrderInitGenesis\\(.*), ${module}types\\.ModuleName`),
    '$1',
  ),
});

describe('how modules start with a new upgrade', () => {
  it('is left to RunMigrations where nothing is said', async () =>
    assert.doesNotMatch(await handler([]), /ModuleName/));

  it('without InitGenesis: the version of its own AppModule, or what the module manager says', async () => {
    const text = await handler(['berth=skip', 'bank=skip']);
    assert.match(
      text,
      /\t\tvm\[berthtypes\.ModuleName\] = berth\.AppModule\{\}\.ConsensusVersion\(\)\n/,
    );
    assert.match(
      text,
      /\t\tvm\[banktypes\.ModuleName\] = mm\.GetVersionMap\(\)\[banktypes\.ModuleName\]\n\n[\s\S]*RunMigrations\(/,
    );
    assert.match(
      await handler(['berth=skip'], {
        'x/berth/module.go': texts['x/berth/module.go']!.replace(
          'func (AppModule) ConsensusVersion',
          'func (*AppModule) ConsensusVersion',
        ),
      }),
      /= \(&berth\.AppModule\{\}\)\.ConsensusVersion\(\)/,
    );
  });

  it('by names that tell modules apart, though another upgrade of one module calls its package types', async () => {
    const v2 = 'app/upgrades/v2/constants.go';
    const text = await handler(['berth=skip', 'bank=skip'], {
      [v2]: texts[v2]!.replace('berthtypes "', '"').replaceAll('berthtypes.', 'types.'),
    });
    assert.match(
      text,
      /berthtypes "github\.com\/harbor-chain\/harbor\/x\/berth\/types"\n[\s\S]*vm\[berthtypes\.ModuleName\]/,
    );
  });

  it('with InitGenesis once more', async () =>
    assert.match(await handler(['bank=again']), /\t\tdelete\(vm, banktypes\.ModuleName\)\n\n/));

  it('with a genesis of its own, which the keeper takes where it is in reach', async () => {
    const text = await handler(
      ['berth=own'],
      withGenesis(
        'am.keeper.InitGenesis(ctx, state)',
        'func (k Keeper) InitGenesis(ctx sdk.Context, state types.GenesisState) {}',
      ),
    );
    assert.match(
      text,
      /berthGenesis := berthtypes\.DefaultGenesis\(\)\n\t\t\w+\.BerthKeeper\.InitGenesis\(ctx, \*berthGenesis\)\n/,
    );
    assert.match(
      text,
      /vm\[berthtypes\.ModuleName\] = berth\.AppModule\{\}\.ConsensusVersion\(\)\n/,
    );
    const failing = await handler(
      ['berth=own'],
      withGenesis(
        'if err := am.keeper.InitGenesis(ctx, &state); err != nil {\n\t\tpanic(err)\n\t}',
        'func (k Keeper) InitGenesis(ctx context.Context, state *types.GenesisState) error { return nil }',
      ),
    );
    assert.match(
      failing,
      /if err := \w+\.BerthKeeper\.InitGenesis\(c, berthGenesis\); err != nil \{\n\t\t\treturn nil, fmt\.Errorf\("failed to initialise x\/berth: %w", err\)\n/,
    );
  });

  it('with a genesis of its own, which the module takes where the keeper asks for more', async () => {
    const text = await handler(
      ['berth=own'],
      withGenesis(
        'am.keeper.InitGenesis(ctx, am.cdc, state)',
        'func (k Keeper) InitGenesis(ctx sdk.Context, cdc any, state types.GenesisState) {}',
      ),
    );
    assert.match(
      text,
      /mm\.Modules\[berthtypes\.ModuleName\]\.\(module\.HasGenesis\)\.InitGenesis\(ctx, genesisCodec, genesisCodec\.MustMarshalJSON\(berthGenesis\)\)\n/,
    );
    assert.match(
      text,
      /genesisCodec := codec\.NewProtoCodec\(codectypes\.NewInterfaceRegistry\(\)\)\n/,
    );
  });

  it('is written where the map of versions had no name', async () => {
    const app = chainTexts('closures')['app/app.go']!;
    const text = await handler(
      ['stone=skip'],
      {
        'app/app.go': app.replace(
          /RunMigrations\((\w+), ([\w.]+), \w+\)/g,
          'RunMigrations($1, $2, app.UpgradeKeeper.GetModuleVersionMap($1))',
        ),
      },
      'closures',
    );
    assert.match(
      text,
      /\t(\w+) := app\.UpgradeKeeper\.GetModuleVersionMap\(ctx\)\n[^\n]*\n\t+\1\[stonetypes\.ModuleName\] = stone\.AppModule\{\}\.ConsensusVersion\(\)\n[\s\S]*RunMigrations\(ctx, app\.configurator, \1\)/,
    );
  });

  for (const [genesis, reason] of [
    [
      ['bert=skip'],
      /^app has no module bert \(did you mean berth\?\); give its name as in SetOrderInitGenesis$/,
    ],
    [
      ['berth'],
      /^"berth" is not a module's genesis; write MODULE=skip, MODULE=own or MODULE=again$/,
    ],
    [['berth=later'], /^"berth=later" is not a module/],
    [['berth=skip', 'berth=again'], /^the genesis of berth is given twice/],
    [['bank=own'], /^the code of bank is not in this repository/],
    [['berth=own'], /^x\/berth has no InitGenesis that can be read/],
  ] as const) {
    it(`is refused as ${genesis.join(' and ')}`, async () =>
      assert.match(await refusal({ genesis }), reason));
  }

  it('is refused for what the last release has, and for a module that is migrated', async () => {
    assert.match(
      await refusal({ genesis: ['berth=skip'] }, {}, texts),
      /^berth is in the last release already, so it gets no InitGenesis; berth=again gives it one$/,
    );
    assert.match(
      await refusal({ genesis: ['berth=again'], migrate: ['berth'] }),
      /^berth is given with --genesis and with --migrate/,
    );
    assert.match(
      await refusal(
        { genesis: ['berth=skip'] },
        {
          'app/app.go': texts['app/app.go']!.replace(
            /SetOrderInitGenesis\(/,
            'SetOrderInitGenesis(order()...); app.other(',
          ),
        },
      ),
      /^the modules of app are not known/,
    );
  });

  it("is asked only where a module is new, and offers a genesis of its own only for the chain's own", async () => {
    const opened = await openChain('list');
    const context = async (base?: Record<string, string>) => ({
      ...opened,
      ...(base && { base: readChain(await repoOf(base)) }),
      answers: {},
    });
    assert.equal(question.when!(await context()), false);
    assert.equal(question.when!(await context(texts)), false);
    for (const [module, expected] of [
      ['berth', ['berth=skip', 'berth=own']],
      ['bank', ['bank=skip']],
    ] as const) {
      const released = await context(without(module));
      assert.equal(question.when!(released), true);
      assert.deepEqual(
        question.choices!(released).map(c => c.value),
        expected,
      );
      assert.deepEqual(question.default!(released), []);
    }
  });
});
