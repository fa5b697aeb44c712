import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { askedGenerations } from '../support/asked-generations.ts';
import { GoChain } from './chain.ts';
import type { Generation } from './generations.ts';

// A first build of everything the SDK brings takes minutes.
const patience = 20 * 60_000;

interface Bumped {
  readonly title: string;
  readonly module: string;
  readonly to: number;
  readonly options?: readonly string[];
  readonly change?: (chain: GoChain) => void;
}

const subspaceImport = 'paramtypes "github.com/cosmos/cosmos-sdk/x/params/types"';
const keeperField = (chain: GoChain, field: string, wanted: string) =>
  chain
    .replace(
      'x/counter/keeper/keeper.go',
      '}\n\nfunc NewKeeper(',
      `\n\t${field}\n}\n\nfunc NewKeeper(`,
    )
    .replace('x/counter/keeper/keeper.go', ...importBeside(wanted));

const importBeside = (wanted: string): [string, string] =>
  wanted === subspaceImport
    ? [
        '\tsdk "github.com/cosmos/cosmos-sdk/types"\n',
        `\tsdk "github.com/cosmos/cosmos-sdk/types"\n\t${wanted}\n`,
      ]
    : ['\t"fmt"\n\n', `\t"fmt"\n\n\t${wanted}\n`];

const bumped: readonly Bumped[] = [
  { title: 'a module whose keeper has a migrator', module: 'counter', to: 3 },
  { title: 'a module without keeper, migrations and RegisterServices', module: 'box', to: 2 },
  {
    title: 'a module whose keys get another prefix',
    module: 'ledger',
    to: 2,
    options: ['--prefix', '0x01=0x1102'],
  },
  {
    title: 'a module with new parameters, which the keeper reads and writes',
    module: 'counter',
    to: 3,
    options: ['--new-params', 'Step,limit'],
    change: chain => chain.with('params/types').with('params/keeper'),
  },
  {
    title: 'a module with a new parameter in an Item',
    module: 'counter',
    to: 3,
    options: ['--new-params', 'Limit'],
    change: chain =>
      keeperField(
        chain.with('params/types'),
        'Params collections.Item[types.Params]',
        '"cosmossdk.io/collections"',
      ),
  },
  {
    title: 'a module with new parameters in x/params',
    module: 'counter',
    to: 3,
    options: ['--new-params', 'Step,Limit'],
    change: chain =>
      keeperField(
        chain.with('params/types').with('params/pairs').with('params/subspace'),
        'paramSpace paramtypes.Subspace',
        subspaceImport,
      ),
  },
  {
    title: 'a module that takes its parameters out of x/params, whose subspace the keeper holds',
    module: 'counter',
    to: 3,
    options: ['--legacy-params'],
    change: chain =>
      keeperField(
        chain.with('params/types').with('params/pairs').with('params/keeper'),
        'paramSpace paramtypes.Subspace',
        subspaceImport,
      ),
  },
  {
    title: 'a module that takes its parameters out of x/params, whose subspace the module holds',
    module: 'counter',
    to: 3,
    options: ['--legacy-params'],
    change: chain =>
      chain
        .with('params/types')
        .with('params/pairs')
        .with('params/keeper')
        .replace(
          'x/counter/module.go',
          'type AppModule struct {\n\tkeeper keeper.Keeper\n}',
          'type AppModule struct {\n\tkeeper keeper.Keeper\n\n\tlegacySubspace paramtypes.Subspace\n}',
        )
        .replace(
          'x/counter/module.go',
          '\t"github.com/cosmos/cosmos-sdk/types/module"\n',
          `\t"github.com/cosmos/cosmos-sdk/types/module"\n\t${subspaceImport}\n`,
        ),
  },
  {
    title: 'a module whose collection has another codec',
    module: 'counter',
    to: 3,
    options: ['--old-codec', 'Totals=types.TextValue[uint64]()'],
    change: chain =>
      keeperField(
        chain.with('params/codec'),
        'Totals collections.Map[string, uint64]',
        '"cosmossdk.io/collections"',
      ).replace(
        'x/counter/keeper/keeper.go',
        '\treturn Keeper{storeService: storeService}\n',
        `\tsb := collections.NewSchemaBuilder(storeService)
\treturn Keeper{
\t\tstoreService: storeService,
\t\tTotals:       collections.NewMap(sb, types.TotalsPrefix, "totals", collections.StringKey, collections.Uint64Value),
\t}
`,
      ),
  },
  {
    title: 'a module whose message is another than it was',
    module: 'counter',
    to: 3,
    options: ['--old-type', 'Mark=types.MarkKey', '--base', 'v1.0.0'],
    change: chain => chain.with('messages/then').released('v1.0.0').with('messages/now'),
  },
  {
    title: 'a module whose message in a collection is another than it was',
    module: 'counter',
    to: 3,
    options: ['--old-type', 'Mark', '--base', 'v1.0.0'],
    change: chain =>
      keeperField(
        chain.with('messages/then').released('v1.0.0').with('messages/now'),
        'Marks collections.Map[string, types.Mark]',
        '"cosmossdk.io/collections"',
      )
        .replace(
          'x/counter/keeper/keeper.go',
          '\tsdk "github.com/cosmos/cosmos-sdk/types"\n',
          '\t"github.com/cosmos/cosmos-sdk/codec"\n\tcodectypes "github.com/cosmos/cosmos-sdk/codec/types"\n\tsdk "github.com/cosmos/cosmos-sdk/types"\n',
        )
        .replace(
          'x/counter/keeper/keeper.go',
          '\treturn Keeper{storeService: storeService}\n',
          `\tsb, cdc := collections.NewSchemaBuilder(storeService), codec.NewProtoCodec(codectypes.NewInterfaceRegistry())
\treturn Keeper{
\t\tstoreService: storeService,
\t\tMarks:        collections.NewMap(sb, collections.NewPrefix(7), "marks", collections.StringKey, codec.CollValue[types.Mark](cdc)),
\t}
`,
        ),
  },
];

// Collections and store services came with SDK 0.50, and x/params went with 0.55.
const lacking = {
  '0.47': ['Step,limit', 'Limit', '--legacy-params', '--old-codec', 'Mark'],
  '0.55': ['Step,Limit', '--legacy-params'],
} as const;
const fits = ({ options }: Bumped, generation: Generation) =>
  !(generation === '0.47' || generation === '0.55') ||
  !lacking[generation].some(o => options?.includes(o));

for (const generation of askedGenerations())
  for (const { title, module, to, options = [], change } of bumped.filter(b =>
    fits(b, generation),
  )) {
    describe(`the migration of ${title} on SDK ${generation}`, function () {
      this.timeout(patience);
      let chain: GoChain;
      before(() => {
        chain = new GoChain(generation);
        change?.(chain);
        chain.chainUpgrade('migration', module, '--yes', ...options);
      });
      after(() => chain.remove());

      it('compiles', () => chain.compile());
      it('passes go vet', () => void chain.go('vet', './...'));
      it('is gofmt-clean', () => assert.equal(chain.unformatted(), ''));
      it('passes the test that was written for it', () => {
        const ran = chain.go('test', '-count=1', '-v', `./x/${module}/...`);
        assert.ok(/^--- PASS: /m.test(ran), `no test ran:\n${ran}`);
        assert.ok(!/^--- SKIP: /m.test(ran), `a test was skipped:\n${ran}`);
      });
      it('fails that test once its body is emptied', () => {
        const file = join(chain.dir, `x/${module}/migrations/v${to}/store.go`);
        const text = readFileSync(file, 'utf8');
        writeFileSync(file, emptied(text));
        try {
          assert.throws(
            () => chain.go('test', '-count=1', '-vet=off', `./x/${module}/...`),
            /--- FAIL: TestMigrateStore/,
          );
        } finally {
          writeFileSync(file, text);
        }
      });
    });
  }

/** A file whose migration does nothing; what it imported is still named. */
function emptied(text: string): string {
  const names = [...text.matchAll(/^\t(?:(\w+) )?"(?:[^"]*\/)?(\w+)"$/gm)].map(
    ([, alias, last]) => alias ?? last!,
  );
  const uses: Readonly<Record<string, string>> = {
    bytes: 'bytes.Equal',
    runtime: 'runtime.KVStoreAdapter',
    storetypes: 'storetypes.KVStorePrefixIterator',
    types: 'types.ModuleName',
    paramtypes: 'paramtypes.NewKeyTable',
    collections: 'collections.Uint64Value',
  };
  const body = /(func MigrateStore\([\s\S]*?\) error \{\n)[\s\S]*?\n\}\n/;
  assert.ok(body.test(text), `no migration in:\n${text}`);
  return (
    text.replace(body, '$1\treturn nil\n}\n') +
    names
      .filter(name => name in uses)
      .map(name => `\nvar _ = ${uses[name]}\n`)
      .join('')
  );
}
