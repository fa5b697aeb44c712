import { deepStrictEqual } from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { analyse, readChain } from '../../../../core/chain/analysis.ts';
import { lint } from '../../../../core/lint/lint.ts';
import { filesBelow } from '../../../support/chains.ts';
import { repoOf } from '../../../support/go.ts';
import { projectRoot } from '../../../support/root.ts';

type Texts = Readonly<Record<string, string>>;

function filesIn(folder: string): Record<string, string> {
  const root = join(projectRoot, 'test/rules', folder);
  return Object.fromEntries(
    filesBelow(root).map(path => [path, readFileSync(join(root, path), 'utf8')]),
  );
}

const chain = filesIn('chain');
const now = { ...chain, ...filesIn('next') };
const handler = 'app/upgrades/v3/upgrades.go';
const keys = 'app/keys.go';

/** The rules that report something, for a chain and the release before it. */
async function reported(before: Texts, after: Texts): Promise<string[]> {
  const [base, repo] = [await repoOf(before), await repoOf(after)];
  return lint(analyse(repo), {
    bases: [{ ref: 'v1.0.0', merged: true, repo: base, chain: readChain(base) }],
  }).map(p => p.rule);
}

const change = (texts: Texts, file: string, from: string, to: string): Texts => ({
  ...texts,
  [file]: texts[file]!.replace(from, to),
});

// What was reported on real chains and was none.
describe('rules that stay silent', () => {
  it('state-before-init-genesis where a loop enters every module into the version map', async () => {
    const before = change(chain, keys, ', countertypes.StoreKey)', ')');
    const added = change(
      change(
        change(
          now,
          handler,
          'CreateUpgradeHandler: CreateUpgradeHandler}',
          'CreateUpgradeHandler: CreateUpgradeHandler, StoreUpgrades: storetypes.StoreUpgrades{Added: []string{"counterstore"}}}',
        ),
        handler,
        '\tupgradetypes "cosmos',
        '\tstoretypes "cosmossdk.io/store/types"\n\tupgradetypes "cosmos',
      ),
      handler,
      '_ counterkeeper.Keeper',
      'counterKeeper counterkeeper.Keeper',
    );
    const writes = (map: string) =>
      change(
        added,
        handler,
        '\t\treturn mm.',
        `\t\tif err := counterKeeper.SetParams(ctx, 7); err != nil {\n\t\t\treturn nil, err\n\t\t}\n${map}\t\treturn mm.`,
      );
    const rule = (found: string[]) => found.filter(r => r === 'state-before-init-genesis');
    const named = (texts: Texts) =>
      change(texts, keys, 'countertypes.StoreKey', 'countertypes.ModuleName');
    const asModule = (texts: Texts) => named(change(texts, handler, '"counterstore"', '"counter"'));
    deepStrictEqual(rule(await reported(before, asModule(writes('')))), [
      'state-before-init-genesis',
    ]);
    const loop =
      '\t\tfor name, m := range mm.Modules {\n\t\t\tif versioned, ok := m.(module.HasConsensusVersion); ok {\n\t\t\t\tfromVM[name] = versioned.ConsensusVersion()\n\t\t\t}\n\t\t}\n';
    deepStrictEqual(rule(await reported(before, asModule(writes(loop)))), []);
  });

  it('removed-store-not-deleted where the module of a store moved to another repository', async () => {
    const mounts = (texts: Texts, path: string) =>
      change(
        change(
          texts,
          keys,
          'countertypes.StoreKey)',
          'countertypes.StoreKey, halvingtypes.StoreKey)',
        ),
        keys,
        '\tbanktypes "',
        `\thalvingtypes "${path}"\n\tbanktypes "`,
      );
    const before = mounts(chain, 'github.com/acme/sdk/v6/x/halving/types');
    deepStrictEqual(
      await reported(before, mounts(now, 'github.com/acme/modules/x/halving/types')),
      [],
    );
    deepStrictEqual(await reported(before, now), ['removed-store-not-deleted']);
  });
});
