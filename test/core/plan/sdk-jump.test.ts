import assert from 'node:assert/strict';
import { readChain } from '../../../core/chain/analysis.ts';
import type { Plan } from '../../../core/plan/plan.ts';
import { chainTexts } from '../../support/chains.ts';
import { repoOf } from '../../support/go.ts';
import { gofmtIsHere, gofmtWish } from '../../support/gofmt.ts';
import { openChain, planIn } from '../../support/plans.ts';

const chain = chainTexts('closures');
const app = chain['app/app.go']!;

function mod(version: string): Record<string, string> {
  return { 'go.mod': chain['go.mod']!.replace('cosmos-sdk v0.46.16', `cosmos-sdk ${version}`) };
}

/** The app once it has x/consensus. */
const withConsensus = app
  .replace(
    '\tStoneKeeper   stonekeeper.Keeper\n',
    '\tStoneKeeper   stonekeeper.Keeper\n\n\tConsensusKeeper consensuskeeper.Keeper\n',
  )
  .replace(
    '\tgovtypes "',
    '\tconsensuskeeper "github.com/cosmos/cosmos-sdk/x/consensus/keeper"\n\tconsensustypes "github.com/cosmos/cosmos-sdk/x/consensus/types"\n\tgovtypes "',
  )
  .replace('stonetypes.StoreKey,', 'stonetypes.StoreKey, consensustypes.StoreKey,');

/**
 * New Upgrade after the SDK has been raised since the last release, in an app with those changes.
 */
async function planned(to: string, text = withConsensus, from = 'v0.46.16'): Promise<Plan> {
  const base = readChain(await repoOf({ ...chain, ...mod(from) }));
  return planIn(
    await openChain('closures', { texts: { ...mod(to), 'app/app.go': text } }),
    { name: 'v3' },
    base,
  );
}

function written(plan: Plan): string {
  assert.equal(plan.refused, undefined);
  const text = plan.edits.find(e => e.file === 'app/app.go')!.after;
  if (gofmtIsHere) assert.equal(gofmtWish(text), undefined);
  return text;
}

describe('a new upgrade over a jump of the SDK', () => {
  it('moves the consensus parameters before the migrations, and adds their store', async () => {
    const plan = await planned('v0.47.17');
    const text = written(plan);
    assert.match(
      text,
      /legacyParams := app\.ParamsKeeper\.Subspace\(baseapp\.Paramspace\)\.WithKeyTable\(paramstypes\.ConsensusParamsKeyTable\(\)\)\n\t\tbaseapp\.MigrateParams\(ctx, legacyParams, &app\.ConsensusKeeper\)\n\n\t\treturn app\.mm\.RunMigrations/,
    );
    assert.match(
      text,
      /Name == v3\.UpgradeName[\s\S]*Added: \[\]string\{consensustypes\.StoreKey\}/,
    );
    assert.ok(
      plan.notes.some(
        n =>
          n ===
          'The last release is on SDK 0.46: the handler moves the consensus parameters to x/consensus.',
      ),
    );
  });

  it("gives key tables to the SDK's modules that the app leaves without", async () => {
    const text = written(
      await planned(
        'v0.47.17',
        withConsensus.replace(
          'app.configurator = ',
          'app.ParamsKeeper.Subspace(stakingtypes.ModuleName)\n\tapp.ParamsKeeper.Subspace(govtypes.ModuleName)\n\tapp.ParamsKeeper.Subspace(banktypes.ModuleName).WithKeyTable(banktypes.ParamKeyTable())\n\tapp.configurator = ',
        ),
      ),
    );
    assert.match(
      text,
      /case stakingtypes\.ModuleName:\n\t+subspace\.WithKeyTable\(stakingtypes\.ParamKeyTable\(\)\)\n\t+case govtypes\.ModuleName:\n\t+subspace\.WithKeyTable\(govv1\.ParamKeyTable\(\)\)\n\t+\}/,
    );
    assert.match(text, /govv1 "github\.com\/cosmos\/cosmos-sdk\/x\/gov\/types\/v1"/);
  });

  it('does so once: not where a handler does it already', async () => {
    const plan = await planned(
      'v0.47.17',
      withConsensus.replace(
        '\t\tctx.Logger().Info("group',
        '\t\tbaseapp.MigrateParams(ctx, legacy, &app.ConsensusKeeper)\n\t\tctx.Logger().Info("group',
      ),
    );
    assert.doesNotMatch(written(plan), /legacyParams/);
    assert.deepEqual(
      plan.notes.filter(n => n.includes('onsensus')),
      [],
    );
  });

  it('does not make the legacy subspace a second time', async () => {
    const plan = await planned(
      'v0.47.17',
      withConsensus.replace(
        'app.configurator = ',
        'app.ParamsKeeper.Subspace(baseapp.Paramspace)\n\tapp.configurator = ',
      ),
    );
    assert.doesNotMatch(written(plan), /legacyParams/);
    assert.ok(
      plan.notes.some(n => n.includes('can be made only once')),
      plan.notes.join('\n'),
    );
  });

  it('says what to do where the keepers are out of reach', async () => {
    const plan = await planned('v0.47.17', app);
    assert.doesNotMatch(written(plan), /legacyParams/);
    assert.ok(
      plan.notes.some(n => n.includes('the keeper of x/consensus is not in reach')),
      plan.notes.join('\n'),
    );
    assert.ok(
      plan.notes.some(n =>
        n.startsWith('SDK 0.47 keeps the consensus parameters in x/consensus: mount its store'),
      ),
      plan.notes.join('\n'),
    );
  });

  it('names what the app lacks at later jumps', async () => {
    const notes = async (from: string, to: string) =>
      (await planned(to, app, from)).notes
        .map(n => /^(?:From )?SDK ([\d.]+)/.exec(n)?.[1])
        .filter(n => n);
    assert.deepEqual(await notes('v0.47.17', 'v0.50.13'), ['0.50']);
    assert.deepEqual(await notes('v0.50.13', 'v0.55.0'), ['0.54', '0.55']);
    assert.deepEqual(await notes('v0.46.16', 'v0.46.17'), []);
  });

  it('gives the modules of a chain that comes from SDK 0.42 their first versions, and leaves out what is new', async () => {
    const had = app.replace(/(SetOrderInitGenesis\(.*), stonetypes\.ModuleName/, '$1');
    const base = readChain(await repoOf({ ...chain, ...mod('v0.42.11'), 'app/app.go': had }));
    const plan = planIn(
      await openChain('closures', { texts: mod('v0.44.8') }),
      { name: 'v3' },
      base,
    );
    const text = written(plan);
    assert.match(
      text,
      /for _, name := range \[\]string\{\n\t\t\tauthtypes\.ModuleName,\n\t\t\tbanktypes\.ModuleName,\n\t\t\tparamstypes\.ModuleName,\n\t\t\tstakingtypes\.ModuleName,\n\t\t\tupgradetypes\.ModuleName,\n\t\t\} \{\n\t\t\tvm\[name\] = 1\n\t\t\}\n\n\t\treturn app\.mm\.RunMigrations/,
    );
    assert.ok(
      plan.notes.some(n =>
        n.includes('the handler gives the 5 modules that the chain has version 1'),
      ),
      plan.notes.join('\n'),
    );
    assert.doesNotMatch(written(await planned('v0.45.16', app, 'v0.44.8')), /\[name\] = 1/);
  });
});
