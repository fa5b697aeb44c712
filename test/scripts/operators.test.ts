import assert from 'node:assert/strict';
import type { Analysis } from '../../core/chain/analysis.ts';
import { analyse, readChain } from '../../core/chain/analysis.ts';
import { lint } from '../../core/lint/lint.ts';
import type { Grown } from '../../scripts/corpus/grown.ts';
import { guarded, withEras } from '../../scripts/corpus/grown.ts';
import { eraOperators } from '../../scripts/corpus/operators/eras.ts';
import { errorOperators } from '../../scripts/corpus/operators/errors.ts';
import { fileOperators } from '../../scripts/corpus/operators/files.ts';
import { guardOperators } from '../../scripts/corpus/operators/guard.ts';
import type { Changes, Operator } from '../../scripts/corpus/operators/operator.ts';
import { releaseOperators } from '../../scripts/corpus/operators/releases.ts';
import { stateOperators } from '../../scripts/corpus/operators/state.ts';
import { withoutUpgrade } from '../../scripts/corpus/without-upgrade.ts';
import { textsIn } from '../go/generations.ts';
import { replaceOnce } from '../support/edits.ts';
import { repoOf } from '../support/go.ts';
import { chainWithDaemon } from '../support/guarded-chain.ts';
import { parseCase, readCase } from '../support/rule-cases.ts';
import { sampleChain, sampleNext } from '../support/rule-pages.ts';

const keys = 'app/keys.go';
const v3 = 'app/upgrades/v3/upgrades.go';

/** The chain of the rules' pages, with the files that a case's last release has. */
function chainOf(name: string, more: Readonly<Record<string, string>> = {}) {
  const { base } = parseCase(readCase(name));
  return { ...Object.fromEntries([...sampleChain, ...sampleNext, ...base]), ...more };
}

/** What the first operator of a release's rule makes of a chain, as `reportedBy` has it. */
function reportedAfter(rule: string, texts: Readonly<Record<string, string>>) {
  return reportedBy(releaseOperators.find(({ rules }) => rules.includes(rule))!, texts);
}

/** The rules that report what an operator makes of a chain; undefined where it does not apply. */
async function reportedBy({ breaks }: Operator, texts: Readonly<Record<string, string>>) {
  const repo = await repoOf(texts);
  const analysis = analyse(repo);
  const [app] = analysis.chain.apps;
  const cut = withoutUpgrade(analysis, app!);
  assert.ok(cut);
  const changes = breaks({ ...analysis, app: app!, newest: cut.newest });
  if (!changes) return undefined;
  const base = { ref: 'base', merged: true, repo: cut.repo, chain: readChain(cut.repo) };
  const problems = lint(analyse(repo.with([...changes.texts()])), { bases: [base] });
  return problems.filter(({ severity }) => severity !== 'info').map(({ rule }) => rule);
}

const plain = Object.fromEntries([...sampleChain, ...sampleNext]);
const withStore = {
  ...plain,
  [keys]: replaceOnce(
    keys,
    plain[keys]!,
    'countertypes.StoreKey)',
    'countertypes.StoreKey, "ledger")',
  ),
  [v3]: replaceOnce(
    v3,
    replaceOnce(
      v3,
      plain[v3]!,
      'CreateUpgradeHandler: CreateUpgradeHandler}',
      'CreateUpgradeHandler: CreateUpgradeHandler, StoreUpgrades: storetypes.StoreUpgrades{Added: []string{"ledger"}}}',
    ),
    '\tupgradetypes "cosmossdk.io/x/upgrade/types"\n',
    '\tstoretypes "cosmossdk.io/store/types"\n\tupgradetypes "cosmossdk.io/x/upgrade/types"\n',
  ),
};
/** On a release behind those that break the state. */
const past = {
  ...plain,
  'go.mod': replaceOnce('go.mod', plain['go.mod']!, 'v0.50.13', 'v0.50.15'),
};
const pool = '\tstakingtypes.KeyRotationFeePoolName: {authtypes.Burner},\n';
const accounts = `package app

import (
	authtypes "github.com/cosmos/cosmos-sdk/x/auth/types"
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"
)

var maccPerms = map[string][]string{
	"counter": nil,
${pool}}
`;

describe('operators that break what a release asks', () => {
  for (const [rule, texts] of [
    ['state-breaking-bump', chainOf('state-breaking-bump-patch.txtar')],
    ['removed-module-funds', chainOf('removed-module-funds-deleted.txtar')],
    [
      'needed-module-account',
      chainOf('needed-module-account-missing.txtar', { 'app/permissions.go': accounts }),
    ],
    ['skipped-upgrade', withStore],
    ['packet-forward-orphan-key', chainOf('packet-forward-orphan-key-left.txtar')],
  ] as const)
    it(`are reported by ${rule}`, async () => {
      assert.ok((await reportedAfter(rule, texts))?.includes(rule));
    });

  for (const { rules } of releaseOperators)
    it(`do not apply where there is nothing to break: ${rules.join()}`, async () => {
      assert.equal(await reportedAfter(rules[0]!, past), undefined);
    });
});

const app = 'app/app.go';
const withServices = {
  ...plain,
  [app]: replaceOnce(
    app,
    plain[app]!,
    '\tapp.MountKVStores(app.keys)\n',
    '\tif err := app.mm.RegisterServices(app.configurator); err != nil {\n\t\tpanic(err)\n\t}\n' +
      '\tapp.MountKVStores(app.keys)\n',
  ),
  'x/counter/types/keys.go':
    'package types\n\nconst (\n\tModuleName = "counter"\n\tStoreKey   = "counterstore"\n)\n\n' +
    'var EntryPrefix = []byte{0x01}\n',
  'x/counter/types/params.go':
    'package types\n\nfunc NewParams(limit uint64) Params {\n\treturn Params{Limit: limit,}\n}\n',
  'x/counter/keeper/keeper.go':
    'package keeper\n\nimport "example.org/tally/x/counter/types"\n\ntype Keeper struct{}\n\n' +
    'func (Keeper) entries() []byte { return types.EntryPrefix }\n',
};
/** The handler names the keeper of the module: it takes the app's own in its place. */
const leavesCounterAlone = {
  ...withServices,
  [v3]: plain[v3]!.replace('\tcounterkeeper "example.org/tally/x/counter/keeper"\n', '').replace(
    '_ counterkeeper.Keeper',
    '_ any',
  ),
};

describe('operators that drop errors, change what is stored, or write other files', () => {
  for (const operator of [...errorOperators, ...stateOperators, ...fileOperators])
    it(`are reported: ${operator.name}`, async () => {
      const reported = await reportedBy(operator, leavesCounterAlone);
      assert.ok(operator.rules.some(rule => reported?.includes(rule)));
    });

  for (const { name } of [...errorOperators, ...stateOperators].filter(({ rules }) =>
    /^(migration-unchecked|handlers-before|state-|params-)/.test(rules[0]!),
  ))
    it(`do not apply where there is nothing to break: ${name}`, async () => {
      const operator = [...errorOperators, ...stateOperators].find(one => one.name === name)!;
      assert.equal(await reportedBy(operator, plain), undefined);
    });
});

describe('operators that break the version guard', () => {
  for (const { name, rules, breaks } of guardOperators)
    it(`are reported: ${name}`, async () => {
      const analysis = analyse(await chainWithDaemon());
      const grown = guarded(analysis, analysis.chain.apps[0]!);
      assert.ok(grown);
      assert.deepEqual(missed(grown, breaks(grown), rules), []);
    });

  it('do not apply to a chain that has none', async () => {
    const analysis = analyse(await repoOf(plain));
    const [first] = analysis.chain.apps;
    const base = { ref: 'base', merged: true, repo: analysis.repo, chain: analysis.chain };
    const grown = { ...analysis, app: first!, base, before: new Map<string, string>() };
    for (const { name, breaks } of guardOperators) assert.equal(breaks(grown), undefined, name);
  });
});

describe('operators that break eras', function () {
  this.timeout(60_000);
  let grown: Grown;
  before(async () => {
    const analysis = analyse(await repoOf(Object.fromEntries(textsIn('chain'))));
    grown = withEras(analysis, analysis.chain.apps[0]!)!;
    assert.ok(grown);
  });

  // The chain has x/gov, whose votes decide on heights.
  for (const { name, rules, breaks } of eraOperators.filter(one => one.rules[0] !== 'era-table'))
    it(`are reported: ${name}`, () => {
      assert.deepEqual(missed(grown, breaks(grown), rules), []);
    });

  it('give an era two heights where they are compiled in', async () => {
    const analysis = analyse(await chainWithDaemon());
    const compiled = withEras(analysis, analysis.chain.apps[0]!);
    assert.ok(compiled);
    const { breaks, rules } = eraOperators.find(one => one.rules[0] === 'era-table')!;
    assert.deepEqual(missed(compiled, breaks(compiled), rules), []);
  });

  it('give no heights where votes do', () => {
    const { breaks } = eraOperators.find(one => one.rules[0] === 'era-table')!;
    assert.equal(breaks(grown), undefined);
  });
});

/** The rules among those wanted that do not report a change, or that report the chain as it was. */
function missed(grown: Grown, changes: Changes | undefined, wanted: readonly string[]): string[] {
  assert.ok(changes);
  const found = (analysis: Analysis) =>
    new Set(lint(analysis, { bases: [grown.base] }).map(({ rule }) => rule));
  const [was, is] = [found(grown), found(analyse(grown.repo.with([...changes.texts()])))];
  return wanted.filter(rule => was.has(rule) || !is.has(rule));
}
