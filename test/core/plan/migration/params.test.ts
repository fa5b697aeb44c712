import assert from 'node:assert/strict';
import type { Answers } from '../../../../core/plan/question.ts';
import { chainTexts } from '../../../support/chains.ts';
import { migrationIn, openChain } from '../../../support/plans.ts';

describe('parameters in x/params', function () {
  this.timeout(30_000);
  const refusals: readonly (readonly [
    title: string,
    chain: string,
    module: string,
    change: (chain: Readonly<Record<string, string>>) => Record<string, string>,
    reason: RegExp,
  ])[] = [
    [
      'a keeper that still has them there',
      'statements-if',
      'smelter',
      () => ({}),
      /still keeps its parameters in x\/params/,
    ],
    [
      'a module without its subspace',
      'methods',
      'glaze',
      () => ({}),
      /nothing of glaze holds its subspace of x\/params; give AppModule in x\/glaze a field legacySubspace/,
    ],
    [
      'parameters that x/params cannot find',
      'statements',
      'tide',
      chain => ({
        'x/tide/types/params.go': chain['x/tide/types/params.go']!.replace(
          'ParamSetPairs()',
          'Pairs()',
        ),
      }),
      /has no ParamSetPairs, by which x\/params finds the old parameters/,
    ],
    [
      'a migrator made in several lines',
      'statements',
      'tide',
      chain => ({
        'x/tide/module.go': chain['x/tide/module.go']!.replace(
          'NewMigrator(am.keeper)',
          'NewMigrator(\n\t\tam.keeper,\n\t)',
        ),
      }),
      /has a list of several lines where am\.legacySubspace belongs/,
    ],
  ];
  for (const [title, chain, module, change, reason] of refusals) {
    it(`are refused for ${title}`, async () => {
      const plan = migrationIn(
        await openChain(chain, { texts: change(chainTexts(chain)) }),
        module,
        undefined,
        { 'legacy-params': true },
      );
      assert.match(plan.refused?.reason ?? 'offered', reason);
    });
  }
});

describe('a subspace of x/params that only reads what is there', function () {
  this.timeout(30_000);
  it('is read in that way', async () => {
    const texts = {
      'x/tide/exported/exported.go': chainTexts('statements')[
        'x/tide/exported/exported.go'
      ]!.replace('GetParamSet(', 'GetParamSetIfExists('),
    };
    const plan = migrationIn(await openChain('statements', { texts }), 'tide', undefined, {
      'legacy-params': true,
    });
    assert.match(
      plan.creates.find(c => c.file.endsWith('/store.go'))!.text,
      /legacySubspace\.GetParamSetIfExists\(ctx, &params\)/,
    );
  });
});

describe('a collection with another codec', function () {
  this.timeout(30_000);
  for (const [title, asked, reason] of [
    ['what names no codec', 'Oxygen', /names no collection and the codec its values had/],
    ['a field that there is not', 'Air=collections.StringValue', /has no field Air/],
    [
      'a codec of another type',
      'Oxygen=collections.StringValue',
      /holds uint64, and collections\.StringValue is one of string, not a codec of that/,
    ],
    [
      'a codec of an unknown type',
      'Oxygen=types.OldValue',
      /types\.OldValue is not known to be a codec of that/,
    ],
    [
      'a codec that is gone',
      'Oxygen=types.WordValue[uint64]()',
      /x\/summit\/types declares no WordValue; the codec that the values had has to stay/,
    ],
    ['the codec it has', 'Oxygen=collections.Uint64Value', /has collections\.Uint64Value now/],
    [
      'a package that is not known',
      'Oxygen=old.TextValue[uint64]()',
      /old is imported by no file that builds the Keeper/,
    ],
  ] as const) {
    it(`is refused for ${title}`, async () =>
      assert.match(
        migrationIn(await openChain('latest'), 'summit', undefined, { 'old-codec': asked }).refused
          ?.reason ?? 'offered',
        reason,
      ));
  }
});

describe('new parameters', function () {
  this.timeout(30_000);
  const refusals: readonly (readonly [
    title: string,
    chain: string,
    module: string,
    answers: Answers,
    texts: Record<string, string>,
    reason: RegExp,
  ])[] = [
    [
      'a field that has no default',
      'methods',
      'glaze',
      { 'new-params': 'Kiln' },
      {},
      /types\.DefaultParams sets no Kiln \(it sets Coats, PeakHeat\); give it a default there first/,
    ],
    [
      'a module that keeps none',
      'list',
      'berth',
      { 'new-params': 'Kiln' },
      {},
      /the Keeper in x\/berth\/keeper has no GetParams and no SetParams, and no collections\.Item of them/,
    ],
    [
      'a key that only its package can name',
      'statements-if',
      'smelter',
      { 'new-params': 'Secret' },
      {},
      /the key of Secret in x\/params is keySecret/,
    ],
    [
      'a second migration in one',
      'methods',
      'glaze',
      { 'new-params': 'Coats', prefix: '0x01=0x02' },
      {},
      /ask for two migrations/,
    ],
    [
      'a method of another shape',
      'methods',
      'glaze',
      { 'new-params': 'Coats' },
      {
        'x/glaze/keeper/params.go':
          'package keeper\n\nimport (\n\tsdk "github.com/cosmos/cosmos-sdk/types"\n\n\t"github.com/kiln-works/kiln/x/glaze/types"\n)\n\nfunc (k Keeper) GetParams(ctx sdk.Context) (types.Params, bool) { return types.Params{}, false }\n\nfunc (k Keeper) SetParams(ctx sdk.Context, params types.Params) {}\n',
      },
      /has a GetParams\(sdk\.Context\) \(types\.Params, bool\), which is not followed/,
    ],
  ];
  for (const [title, chain, module, answers, texts, reason] of refusals) {
    it(`are refused for ${title}`, async () => {
      const plan = migrationIn(await openChain(chain, { texts }), module, undefined, answers);
      assert.match(plan.refused?.reason ?? 'offered', reason);
      assert.deepEqual([plan.creates, plan.edits], [[], []]);
    });
  }
});
