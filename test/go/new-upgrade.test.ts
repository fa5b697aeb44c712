import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GoChain } from './chain.ts';

// A first build of everything the SDK brings takes minutes.
const patience = 20 * 60_000;
const stores = [
  '--added',
  'example.com/tiny/x/shelf/types.StoreKey',
  '--deleted',
  'ledger',
  '--renamed',
  'box=crate',
];

interface Inspected {
  readonly apps: readonly {
    readonly upgrades: readonly { readonly name: string; readonly registered: boolean }[];
  }[];
}

const chains: readonly { title: string; make: () => GoChain; upgrades: readonly string[] }[] = [
  {
    title: 'a chain with a list of upgrades',
    make: () => new GoChain().develop(),
    upgrades: ['v2', 'v3'],
  },
  {
    title: 'a chain without upgrades',
    make: () => new GoChain().withoutUpgrades().develop(),
    upgrades: ['v3'],
  },
];

// A node whose chain has stopped for v3: the version before shelf made its blocks.
const halted = mkdtempSync(join(tmpdir(), 'chain-upgrade-home-'));
before(function () {
  this.timeout(patience);
  const old = new GoChain();
  try {
    old.runBlocks('TestOldVersionHalts', halted, 'v3');
  } finally {
    old.remove();
  }
});
after(() => rmSync(halted, { recursive: true, force: true }));

for (const { title, make, upgrades } of chains) {
  describe(`new upgrade in ${title}`, function () {
    this.timeout(patience);
    let chain: GoChain;
    before(() => {
      chain = make();
      chain.chainUpgrade('new', 'v3', ...stores, '--test', '--yes');
    });
    after(() => chain.remove());

    it('registers it', () => {
      const { apps } = JSON.parse(chain.chainUpgrade('inspect', '--format', 'json')) as Inspected;
      assert.equal(apps.length, 1);
      assert.equal(
        apps[0]!.upgrades
          .filter(upgrade => upgrade.registered)
          .map(upgrade => upgrade.name)
          .join(),
        upgrades.join(),
      );
    });
    it('compiles', () => chain.compile());
    it('passes go vet', () => void chain.go('vet', './...'));
    it('is gofmt-clean', () => assert.equal(chain.unformatted(), ''));
    it('passes the test that was written for it', () => {
      const ran = chain.go('test', '-count=1', '-v', './...');
      assert.ok(/^--- PASS: /m.test(ran), `no test ran:\n${ran}`);
      assert.ok(!/^--- SKIP: /m.test(ran), `a test was skipped:\n${ran}`);
    });
    it('upgrades a stopped node', () => {
      const home = join(chain.dir, 'home');
      cpSync(halted, home, { recursive: true });
      chain.runBlocks('TestNewVersionUpgrades', home, 'v3');
    });
  });
}

describe('new upgrade that says how modules start', function () {
  this.timeout(patience);
  let chain: GoChain;
  before(() => {
    chain = new GoChain();
    // The ledger's genesis goes through the codec, as that of most modules does.
    chain
      .replace(
        'x/ledger/module.go',
        '\treturn types.Genesis{Value: "empty"}.JSON()\n',
        '\treturn cdc.MustMarshalJSON(types.DefaultGenesis())\n',
      )
      .replace(
        'x/ledger/module.go',
        'DefaultGenesis(codec.JSONCodec)',
        'DefaultGenesis(cdc codec.JSONCodec)',
      )
      .replace(
        'x/ledger/module.go',
        'InitGenesis(ctx sdk.Context, _ codec.JSONCodec, bz json.RawMessage) {\n',
        'InitGenesis(ctx sdk.Context, cdc codec.JSONCodec, bz json.RawMessage) {\n\tvar state types.GenesisState\n\tcdc.MustUnmarshalJSON(bz, &state)\n',
      );
    writeFileSync(
      join(chain.dir, 'x/ledger/types/default.go'),
      'package types\n\nimport gogotypes "github.com/cosmos/gogoproto/types"\n\ntype GenesisState = gogotypes.StringValue\n\nfunc DefaultGenesis() *GenesisState { return &GenesisState{Value: "empty"} }\n',
    );
    chain.chainUpgrade(
      'new',
      'v3',
      '--genesis',
      'box=skip,ledger=own,counter=again,bank=skip',
      '--yes',
    );
  });
  after(() => chain.remove());

  it('compiles', () => chain.compile());
  it('passes go vet', () => void chain.go('vet', './...'));
  it('is gofmt-clean', () => assert.equal(chain.unformatted(), ''));
  it('gives each module its start', () => {
    const text = readFileSync(join(chain.dir, 'app/upgrades/v3/upgrades.go'), 'utf8');
    for (const start of [
      /fromVM\[boxtypes\.ModuleName\] = box\.AppModule\{\}\.ConsensusVersion\(\)/,
      /\.\(module\.HasGenesis\)\.InitGenesis\(sdkCtx, /,
      /delete\(fromVM, countertypes\.ModuleName\)/,
      /fromVM\[banktypes\.ModuleName\] = mm\.GetVersionMap\(\)/,
    ])
      assert.match(text, start);
  });
});

describe('new upgrade that migrates modules', function () {
  this.timeout(patience);
  let chain: GoChain;
  before(() => {
    chain = new GoChain();
    chain.chainUpgrade('new', 'v3', '--migrate', 'counter,box', '--yes');
  });
  after(() => chain.remove());

  it('compiles', () => chain.compile());
  it('passes go vet and the tests that were written for the migrations', () => {
    const ran = chain.go('test', '-count=1', '-v', './x/...');
    for (const module of ['counter', 'box'])
      assert.match(ran, new RegExp(`^ok\\s.*/x/${module}/migrations/`, 'm'));
  });
  it('is gofmt-clean', () => assert.equal(chain.unformatted(), ''));
});

describe('these checks', function () {
  this.timeout(patience);
  it('fail where no upgrade was written', () => {
    const chain = new GoChain().develop();
    const home = join(chain.dir, 'home');
    try {
      cpSync(halted, home, { recursive: true });
      assert.throws(
        () => chain.runBlocks('TestNewVersionUpgrades', home, 'v3'),
        /version of store (shelf|crate) mismatch root store's version; expected 7 got 0/,
      );
    } finally {
      chain.remove();
    }
  });
  it("fail in Go's own words", () => {
    const chain = new GoChain();
    try {
      writeFileSync(
        join(chain.dir, 'x/box/types/broken.go'),
        'package types\n\nvar broken = missing\n',
      );
      assert.throws(
        () => chain.go('build', './x/box/types'),
        /broken\.go:3:14: undefined: missing/,
      );
    } finally {
      chain.remove();
    }
  });
});
