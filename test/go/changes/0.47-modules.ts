import type { Edits } from './changes.ts';

// A module has commands, says which validators it changes and opens its store by key, which cannot
// fail.
const module: Edits[string] = [
  [
    '"cosmossdk.io/core/appmodule"',
    'abci "github.com/cometbft/cometbft/abci/types"\n\t"github.com/spf13/cobra"',
  ],
  ['\t_ appmodule.AppModule        = AppModule{}\n', ''],
  ['func (AppModule) IsOnePerModuleType()                                         {}\n', ''],
  ['func (AppModule) IsAppModule()                                                {}\n', ''],
  [
    'func (AppModule) ConsensusVersion() ',
    `func (AppModule) GetTxCmd() *cobra.Command                                    { return nil }
func (AppModule) GetQueryCmd() *cobra.Command                                 { return nil }
func (AppModule) ConsensusVersion() `,
  ],
  ['bz json.RawMessage) {\n', 'bz json.RawMessage) []abci.ValidatorUpdate {\n'],
];

const key: Edits[string] = [
  ['"cosmossdk.io/core/store"', 'storetypes "github.com/cosmos/cosmos-sdk/store/types"'],
  ['\tstoreService store.KVStoreService\n', '\tstoreKey storetypes.StoreKey\n'],
  ['(storeService store.KVStoreService)', '(storeKey storetypes.StoreKey)'],
  ['{storeService: storeService}', '{storeKey: storeKey}'],
];

// A module without keeper.
const plain: Edits[string] = [
  ...module,
  ...key,
  [
    'if err := am.storeService.OpenKVStore(ctx).Set(types.ValueKey, []byte(genesis.Value)); err != nil {\n\t\tpanic(err)\n\t}\n',
    'ctx.KVStore(am.storeKey).Set(types.ValueKey, []byte(genesis.Value))\n\treturn nil\n',
  ],
  ['value, err := am.storeService.OpenKVStore(ctx)', 'value := ctx.KVStore(am.storeKey)'],
  ['if err != nil || value == nil {', 'if value == nil {'],
  [
    'panic(fmt.Sprintf("%s: the value is missing (%v)", types.ModuleName, err))',
    'panic(types.ModuleName + ": the value is missing")',
  ],
];

/** What SDK 0.47 has otherwise in `x`. */
export const modules047: Edits = {
  'x/box/module.go': plain,
  'x/ledger/module.go': plain,
  'x/counter/module.go': [
    ...module,
    [
      '\t_ appmodule.HasEndBlocker    = AppModule{}\n',
      '\t_ module.EndBlockAppModule   = AppModule{}\n',
    ],
    [
      'if err := am.keeper.SetCount(ctx, genesis.Count); err != nil {\n\t\tpanic(err)\n\t}\n',
      'am.keeper.SetCount(ctx, genesis.Count)\n\treturn nil\n',
    ],
    [
      'EndBlock(ctx context.Context) error {',
      'EndBlock(ctx sdk.Context, _ abci.RequestEndBlock) []abci.ValidatorUpdate {',
    ],
    [
      'return err\n\t}\n\treturn am.keeper.SetCount(ctx, count+1)\n',
      'panic(err)\n\t}\n\tam.keeper.SetCount(ctx, count+1)\n\treturn nil\n',
    ],
  ],
  'x/counter/keeper/keeper.go': [
    ...key,
    ['Count(ctx context.Context) (uint64, error)', 'Count(ctx sdk.Context) (uint64, error)'],
    [
      'bz, err := k.storeService.OpenKVStore(ctx).Get(types.CountKey)\n\tif err != nil {\n\t\treturn 0, err\n\t}\n',
      'bz := ctx.KVStore(k.storeKey).Get(types.CountKey)\n',
    ],
    [
      'SetCount(ctx context.Context, count uint64) error',
      'SetCount(ctx sdk.Context, count uint64)',
    ],
    ['return k.storeService.OpenKVStore(ctx)', 'ctx.KVStore(k.storeKey)'],
    [
      'bz, err := m.keeper.storeService.OpenKVStore(ctx).Get(types.CountKey)\n\tif err != nil {\n\t\treturn err\n\t}\n',
      'bz := ctx.KVStore(m.keeper.storeKey).Get(types.CountKey)\n',
    ],
    [
      'return m.keeper.SetCount(ctx, uint64(binary.BigEndian.Uint32(bz)))\n',
      'm.keeper.SetCount(ctx, uint64(binary.BigEndian.Uint32(bz)))\n\treturn nil\n',
    ],
  ],
};

/** The same in the module that is to be mounted. */
export const mount047: Edits = {
  'x/berth/module.go': [
    ...module,
    [
      '\t_ appmodule.HasEndBlocker    = AppModule{}\n',
      '\t_ module.EndBlockAppModule   = AppModule{}\n',
    ],
    [
      'if err := am.keeper.SetBerths(ctx, genesis.Berths); err != nil {\n\t\tpanic(err)\n\t}\n',
      'am.keeper.SetBerths(ctx, genesis.Berths)\n\treturn nil\n',
    ],
    [
      'EndBlock(ctx context.Context) error {',
      'EndBlock(ctx sdk.Context, _ abci.RequestEndBlock) []abci.ValidatorUpdate {',
    ],
    [
      '\t_, err := am.keeper.Berths(ctx)\n\treturn err\n',
      '\tif _, err := am.keeper.Berths(ctx); err != nil {\n\t\tpanic(err)\n\t}\n\treturn nil\n',
    ],
  ],
  'x/berth/types/expected_keepers.go': [
    ['GetBalance(ctx context.Context', 'GetBalance(ctx sdk.Context'],
  ],
  'x/berth/keeper/keeper.go': [
    [
      '"cosmossdk.io/core/store"',
      'storetypes "github.com/cosmos/cosmos-sdk/store/types"\n\tsdk "github.com/cosmos/cosmos-sdk/types"',
    ],
    ['\tstoreService store.KVStoreService\n', '\tstoreKey storetypes.StoreKey\n'],
    ['storeService store.KVStoreService, bank', 'storeKey storetypes.StoreKey, bank'],
    ['storeService: storeService', 'storeKey: storeKey'],
    [
      'SetBerths(ctx context.Context, berths byte) error',
      'SetBerths(ctx sdk.Context, berths byte)',
    ],
    ['return k.storeService.OpenKVStore(ctx)', 'ctx.KVStore(k.storeKey)'],
    ['Berths(ctx context.Context) (byte', 'Berths(ctx sdk.Context) (byte'],
    [
      'bz, err := k.storeService.OpenKVStore(ctx).Get(types.BerthsKey)\n\tif err != nil || len(bz) == 0 {\n\t\treturn 0, err\n\t}\n',
      'bz := ctx.KVStore(k.storeKey).Get(types.BerthsKey)\n\tif len(bz) == 0 {\n\t\treturn 0, nil\n\t}\n',
    ],
  ],
};
