import assert from 'node:assert/strict';
import type { Upgrade } from '../../../core/chain/chain.ts';
import type { Diagnostic } from '../../../core/lint/diagnostic.ts';
import { ruleNames } from '../../../core/lint/names.ts';
import type { Moment } from '../../../core/rehearse/causes.ts';
import { causes, repairs } from '../../../core/rehearse/causes.ts';
import { explain } from '../../../core/rehearse/explain.ts';
import {
  connectionError,
  consensusFailed,
  lastWords,
  movedModules,
  needs,
} from '../../../core/rehearse/log.ts';

// What nodes said, and the rule that describes it where lint finds no place.
const said: readonly (readonly [moment: Moment, words: string, rule: string | null])[] = [
  [
    'upgrade',
    "failed to load latest version: version of store fresh mismatch root store's version; expected 7 got 0; new stores should be added using StoreUpgrades",
    'store-not-added',
  ],
  [
    'restart',
    "failed to load latest version: version of store old mismatch root store's version; expected 10 got 0; new stores should be added using StoreUpgrades",
    'deleted-store-still-mounted',
  ],
  [
    'upgrade',
    'failed to load latest version: failed to load store: initial version set to 8, but found earlier version 1',
    'stale-added',
  ],
  ['upgrade', 'app version mismatch at height 8', 'app-version-row'],
  [
    'blocks',
    'unsupported era "pythagoras" at height 8 (this binary knows [thales]): install a release that supports it',
    'era-removed-without-upgrade',
  ],
  ['upgrade', 'era switch fee: no behaviour for era pythagoras', 'era-switch-incomplete'],
  ['upgrade', 'era switch fee: lagrange is not a supported era', 'era-unknown'],
  [
    'upgrade',
    'this upgrade was written for another state: counter is at version 2, not 1',
    'expected-versions-stale',
  ],
  ['upgrade', 'SetStoreLoader() on sealed BaseApp', 'store-loader-after-load'],
  ['upgrade', 'Potential key collision between KVStores:counter - count', 'store-key-prefix'],
  ['upgrade', 'UPGRADE "v2" NEEDED at height: 8: ', 'upgrade-not-registered'],
  ['upgrade', 'no migrations found for module counter: not found', 'migration-gap'],
  [
    'upgrade',
    'no migration found for module counter from version 2 to version 3: not found',
    'migration-gap',
  ],
  ['upgrade', 'module migration versions should start at 1: invalid version', 'migration-gap'],
  [
    'upgrade',
    'another migration for module counter and version 1 already exists: internal logic error',
    'migration-gap',
  ],
  [
    'upgrade',
    'all modules must be defined when setting SetOrderEndBlockers, missing: [fresh]',
    'set-order-missing-module',
  ],
  [
    'upgrade',
    'SetOrderBeginBlockers: all modules must be defined when setting SetOrderBeginBlockers, missing: [fresh]',
    'set-order-missing-module',
  ],
  [
    'upgrade',
    'bonded pool balance is different from bonded coins: 1000000stake <-> ',
    'version-map-not-stored',
  ],
  [
    'upgrade',
    'wrong app version 0, upgrade handler is missing for v2 upgrade plan',
    'last-handler-removed',
  ],
  [
    'upgrade',
    'Wrong app version 0, upgrade handler is missing for v2 upgrade plan',
    'last-handler-removed',
  ],
  [
    'upgrade',
    'BINARY UPDATED BEFORE TRIGGER! UPGRADE "v2" - in binary but not executed on chain. Downgrade your binary',
    null,
  ],
  ['upgrade', 'assignment to entry in nil map', null],
  [
    'repeat',
    'the upgrade block gives another app hash each time it is made (0A1B2C3D…, 4E5F6071…), and would fork the network: store counter, key 01',
    'nondeterministic-handler',
  ],
  ['halt', 'the old version went on past the height 32 of the plan', 'preblocker-wiring'],
  [
    'compare',
    'module counter is at version 1 on the chain, and ConsensusVersion in the source says 2',
    'run-migrations-result',
  ],
];

function problem(rule: string, message: string, file = 'app/app.go'): Diagnostic {
  return {
    rule,
    severity: 'error',
    message,
    location: { file, start: 0, end: 1, line: 7, column: 1 },
    related: [],
    fixes: [{ title: 'Mend it', preferred: true, edit: () => {} }],
  };
}

describe("a node's words", () => {
  for (const [moment, words, rule] of said) {
    it(`lead to ${rule ?? 'no rule'}: ${words.slice(0, 60)}`, () =>
      assert.equal(explain(moment, words, [], undefined).rule, rule));
  }
  it('lead to rules that there are', () =>
    assert.deepEqual(
      [...causes.flatMap(c => c.rules), ...Object.keys(repairs)].filter(
        rule => !ruleNames.includes(rule),
      ),
      [],
    ));
  it('lead to one cause of any moment, so that the order of the rules does not matter', () => {
    for (const [, words] of said) {
      const matching = causes.filter(({ at, words: pattern }) => !at && pattern.test(words));
      assert.ok(matching.length < 2, words);
    }
  });
  it('lead to the finding that names the store', () => {
    const words = "version of store fresh mismatch root store's version; expected 7 got 0";
    const failure = explain(
      'upgrade',
      words,
      [
        problem('store-not-added', 'store freshest is new', 'a.go'),
        problem('store-not-added', 'store fresh is new', 'b.go'),
      ],
      undefined,
    );
    assert.deepEqual(
      [failure.rule, failure.file, failure.line, failure.fix],
      ['store-not-added', 'b.go', 7, 'Mend it'],
    );
  });
  it('lead to what keeps a store from being added before the store itself', () => {
    const words = "version of store fresh mismatch root store's version; expected 7 got 0";
    const missing = problem('store-not-added', 'store fresh is new', 'a.go');
    const upgrade = { name: 'v2', location: missing.location } as Upgrade;
    assert.equal(
      explain(
        'upgrade',
        words,
        [missing, problem('upgrade-not-registered', 'the upgrade "v2" is not registered')],
        upgrade,
      ).rule,
      'upgrade-not-registered',
    );
    assert.equal(
      explain(
        'upgrade',
        words,
        [missing, problem('added-not-a-store-key', '"v2" adds "other", but the store is "fresh"')],
        upgrade,
      ).rule,
      'added-not-a-store-key',
    );
    assert.equal(
      explain(
        'upgrade',
        words,
        [missing, problem('upgrade-not-registered', 'the upgrade "v1" is not registered')],
        upgrade,
      ).rule,
      'store-not-added',
    );
  });
  it("lead to the rule's repair in words where lint offers none", () => {
    const words = "version of store fresh mismatch root store's version; expected 7 got 0";
    assert.equal(
      explain(
        'upgrade',
        words,
        [{ ...problem('store-loader-overwritten', 'x'), fixes: [] }],
        undefined,
      ).fix,
      repairs['store-loader-overwritten'],
    );
    assert.equal(
      explain(
        'upgrade',
        'counter: no old count',
        [{ ...problem('run-migrations-result', 'x'), fixes: [] }],
        undefined,
      ).fix,
      repairs['run-migrations-result'],
    );
  });
  it('of a store that was there lead to a loader that runs for every plan', () => {
    assert.equal(
      explain(
        'upgrade',
        'initial version set to 15, but found earlier version 8',
        [problem('store-loader-unconditional', 'x')],
        undefined,
      ).rule,
      'store-loader-unconditional',
    );
  });
  it('of Go itself lead to what lint finds, and name no rule without it', () => {
    const words = 'runtime error: invalid memory address or nil pointer dereference';
    const upgrade = { name: 'v3', location: { file: 'app/app.go', line: 3 } } as Upgrade;
    const failure = (...problems: Diagnostic[]) => explain('upgrade', words, problems, upgrade);
    const late = problem('version-map-override', 'all versions are set');
    const nil = problem('store-upgrades-nil', 'no stores');
    assert.equal(failure(late, nil).rule, 'store-upgrades-nil');
    assert.equal(failure(late).rule, 'version-map-override');
    const { rule, file, line, fix } = failure({ ...late, severity: 'warning' });
    assert.deepEqual(
      [rule, file, line, fix],
      [null, null, null, 'the stack in the log names the line'],
    );
  });
  it("of a module on a layout it does not know lead to lint's error, and to no warning", () => {
    assert.equal(
      explain(
        'upgrade',
        'counter: no old count',
        [problem('run-migrations-result', 'the map is dropped')],
        undefined,
      ).rule,
      'run-migrations-result',
    );
    assert.equal(
      explain(
        'upgrade',
        'counter: no old count',
        [{ ...problem('run-migrations-result', 'x'), severity: 'warning' }],
        undefined,
      ).rule,
      null,
    );
  });
});

describe("a node's log", () => {
  it('ends with words that are told without places in the SDK', () => {
    assert.equal(
      lastWords(
        'INF started\npanic: failed to load latest version: x [cosmos/cosmos-sdk@v0.50.15/types/module/configurator.go:132]\n\ngoroutine 1 [running]:\nmain.main()\n',
      ),
      'failed to load latest version: x',
    );
    assert.equal(
      lastWords(
        'Error: error during handshake: error on replay: no migrations found for module counter: not found\n',
      ),
      'no migrations found for module counter: not found',
    );
    assert.equal(
      lastWords(
        '\u001b[31mERR\u001b[0m CONSENSUS FAILURE!!! err="failed to apply block; error UPGRADE \\"v2\\" NEEDED at height: 27: " module=consensus stack=x\n',
      ),
      'UPGRADE "v2" NEEDED at height: 27: ',
    );
  });
  it('tells why the server of an app ended a connection: the last time, an error or a panic', () => {
    const log =
      'ERR Connection error err="first" module=abci-server\n' +
      'ERR Connection error err="no migration \\"1\\" [cosmos/cosmos-sdk@v0.50.15/x.go:132]" module=abci-server\n';
    assert.equal(connectionError(log), 'no migration "1"');
    assert.equal(
      connectionError(
        '\u001b[31mERR\u001b[0m \u001b[1mConnection error\u001b[0m \u001b[36merr=\u001b[0m"recovered from panic: assignment to entry in nil map\\ngoroutine 1 [running]:" module=x\n',
      ),
      'assignment to entry in nil map',
    );
    assert.equal(connectionError('ERR Connection error err=EOF module=abci-server\n'), 'EOF');
    assert.equal(connectionError('INF started\n'), undefined);
  });
  it('tells the plan it stopped for', () => {
    assert.equal(needs('ERR UPGRADE "v2" NEEDED at height: 27:  module=server', 'v2'), true);
    assert.equal(
      needs('ERR CONSENSUS FAILURE!!! err="UPGRADE \\"v2\\" NEEDED at height: 27: "', 'v2'),
      true,
    );
    assert.equal(needs('ERR UPGRADE "v20" NEEDED at height: 27: ', 'v2'), false);
  });
  it('tells that consensus failed, and not for a plan', () => {
    assert.equal(
      consensusFailed(
        'ERR CONSENSUS FAILURE!!! err="failed to apply block; error no validator signing info found" module=consensus\n',
      ),
      true,
    );
    assert.equal(
      consensusFailed(
        '\u001b[31mERR\u001b[0m \u001b[1mCONSENSUS FAILURE!!!\u001b[0m err="UPGRADE \\"v2\\" NEEDED at height: 27: " module=consensus\nINF x\n',
      ),
      false,
    );
    assert.equal(consensusFailed('ERR CONSENSUS FAILURE!!! err="UPGRADE \\"v2'), false);
  });
  it('tells the migrations in their order, once', () => {
    const run =
      'INF applying upgrade "v2" at height: 27\nINF migrating module counter from version 1 to version 2\nINF adding a new module: fresh\n';
    assert.deepEqual(movedModules(run + run), [
      { module: 'counter', from: 1, to: 2 },
      { module: 'fresh', added: true },
    ]);
  });
});
