import type { Edits } from './changes.ts';

/** What SDK 0.47 has otherwise in `app`. */
export const app047: Edits = {
  'app/app.go': [
    ['\tappCodec          codec.Codec\n', '\tappCodec          *codec.ProtoCodec\n'],
    ['storetypes.NewKVStoreKeys(', 'sdk.NewKVStoreKeys('],
    ['app.setupKeepers(logger, appOpts)', 'app.setupKeepers(appOpts)'],
    ['\tapp.SetPreBlocker(app.PreBlocker)\n', ''],
    [
      `	accounts, validators, _ := addressCodecs()
	interfaceRegistry, err := codectypes.NewInterfaceRegistryWithOptions(codectypes.InterfaceRegistryOptions{
		ProtoFiles:     proto.HybridResolver,
		SigningOptions: signing.Options{AddressCodec: accounts, ValidatorAddressCodec: validators},
	})
	if err != nil {
		panic(err)
	}
`,
      '\tinterfaceRegistry := codectypes.NewInterfaceRegistry()\n',
    ],
    [
      `
func addressCodecs() (accounts, validators, consensus address.Codec) {
	config := sdk.GetConfig()
	return addresscodec.NewBech32Codec(config.GetBech32AccountAddrPrefix()),
		addresscodec.NewBech32Codec(config.GetBech32ValidatorAddrPrefix()),
		addresscodec.NewBech32Codec(config.GetBech32ConsensusAddrPrefix())
}
`,
      '',
    ],
  ],
  'app/export.go': [
    ['app.NewContextLegacy(', 'app.NewContext('],
    [
      'genesis, err := app.ModuleManager.ExportGenesisForModules(ctx, app.appCodec, modules)\n\tif err != nil {\n\t\treturn servertypes.ExportedApp{}, err\n\t}\n',
      'genesis := app.ModuleManager.ExportGenesisForModules(ctx, app.appCodec, modules)\n',
    ],
  ],
  'app/keepers.go': [
    [
      `// noPool stands in for the distribution module, which this chain does without.
type noPool struct{}

func (noPool) FundCommunityPool(context.Context, sdk.Coins, sdk.AccAddress) error {
	return errors.New("this chain has no community pool")
}

func (app *App) setupKeepers(logger log.Logger, appOpts servertypes.AppOptions) {
	accounts, validators, consensusNodes := addressCodecs()
`,
      'func (app *App) setupKeepers(appOpts servertypes.AppOptions) {\n',
    ],
    [
      '\tservice := func(key string) store.KVStoreService { return runtime.NewKVStoreService(app.keys[key]) }\n',
      '',
    ],
    [
      'service(consensustypes.StoreKey), authority, runtime.EventService{},',
      'app.keys[consensustypes.StoreKey], authority,',
    ],
    [
      'app.SetParamStore(app.ConsensusKeeper.ParamsStore)',
      'app.SetParamStore(&app.ConsensusKeeper)',
    ],
    ['service(authtypes.StoreKey)', 'app.keys[authtypes.StoreKey]'],
    ['accounts, sdk.GetConfig()', 'sdk.GetConfig()'],
    [
      'service(banktypes.StoreKey), app.AccountKeeper, nil, authority, logger,',
      'app.keys[banktypes.StoreKey], app.AccountKeeper, nil, authority,',
    ],
    ['service(stakingtypes.StoreKey)', 'app.keys[stakingtypes.StoreKey]'],
    ['authority, validators, consensusNodes,', 'authority,'],
    ['service(govtypes.StoreKey)', 'app.keys[govtypes.StoreKey]'],
    ['noPool{}, ', ''],
    ['service(upgradetypes.StoreKey)', 'app.keys[upgradetypes.StoreKey]'],
    ['service(countertypes.StoreKey)', 'app.keys[countertypes.StoreKey]'],
  ],
  'app/modules.go': [
    [
      'app.StakingKeeper, app, app.txConfig',
      'app.StakingKeeper, app.BaseApp.DeliverTx, app.txConfig',
    ],
    ['app.UpgradeKeeper, app.AccountKeeper.AddressCodec()', 'app.UpgradeKeeper'],
    ['runtime.NewKVStoreService(app.keys[boxtypes.StoreKey])', 'app.keys[boxtypes.StoreKey]'],
    ['runtime.NewKVStoreService(app.keys[ledgertypes.StoreKey])', 'app.keys[ledgertypes.StoreKey]'],
    [
      `	genesis := []string{
		authtypes.ModuleName, banktypes.ModuleName, stakingtypes.ModuleName, govtypes.ModuleName,
		genutiltypes.ModuleName, upgradetypes.ModuleName, consensustypes.ModuleName,
`,
      `	order := []string{
		upgradetypes.ModuleName, authtypes.ModuleName, banktypes.ModuleName, stakingtypes.ModuleName,
		govtypes.ModuleName, genutiltypes.ModuleName, consensustypes.ModuleName,
`,
    ],
    [
      '\tapp.ModuleManager.SetOrderPreBlockers(upgradetypes.ModuleName, authtypes.ModuleName)\n',
      '',
    ],
    ['SetOrderBeginBlockers(stakingtypes.ModuleName)', 'SetOrderBeginBlockers(order...)'],
    [
      'SetOrderEndBlockers(govtypes.ModuleName, stakingtypes.ModuleName, countertypes.ModuleName)',
      'SetOrderEndBlockers(order...)',
    ],
    ['SetOrderInitGenesis(genesis...)', 'SetOrderInitGenesis(order...)'],
    ['SetOrderExportGenesis(genesis...)', 'SetOrderExportGenesis(order...)'],
    [
      `module.NewBasicManagerFromManager(app.ModuleManager, map[string]module.AppModuleBasic{
		genutiltypes.ModuleName: genutil.NewAppModuleBasic(genutiltypes.DefaultMessageValidator),
		govtypes.ModuleName:     gov.NewAppModuleBasic(nil),
	})
`,
      `module.NewBasicManager(
		genutil.NewAppModuleBasic(genutiltypes.DefaultMessageValidator),
		auth.AppModuleBasic{},
		bank.AppModuleBasic{},
		staking.AppModuleBasic{},
		gov.NewAppModuleBasic(nil),
		upgrade.AppModuleBasic{},
		consensus.AppModuleBasic{},
		counter.AppModule{},
		box.AppModule{},
		ledger.AppModule{},
	)
`,
    ],
    [
      'if err := app.ModuleManager.RegisterServices(app.configurator); err != nil {\n\t\tpanic(err)\n\t}\n',
      'app.ModuleManager.RegisterServices(app.configurator)\n',
    ],
    [
      'req *abci.RequestInitChain) (*abci.ResponseInitChain, error) {',
      'req abci.RequestInitChain) abci.ResponseInitChain {',
    ],
    [
      `		return nil, err
	}
	if err := app.UpgradeKeeper.SetModuleVersionMap(ctx, app.ModuleManager.GetVersionMap()); err != nil {
		return nil, err
	}
`,
      `		panic(err)
	}
	app.UpgradeKeeper.SetModuleVersionMap(ctx, app.ModuleManager.GetVersionMap())
`,
    ],
    [
      `
// PreBlocker runs an upgrade that is due.
func (app *App) PreBlocker(ctx sdk.Context, _ *abci.RequestFinalizeBlock) (*sdk.ResponsePreBlock, error) {
	return app.ModuleManager.PreBlock(ctx)
}
`,
      '',
    ],
  ],
  'app/server.go': [
    [
      '"github.com/cosmos/cosmos-sdk/client/grpc/cmtservice"',
      'cmtservice "github.com/cosmos/cosmos-sdk/client/grpc/tmservice"',
    ],
    [
      'RegisterNodeService(clientCtx client.Context, cfg config.Config)',
      'RegisterNodeService(clientCtx client.Context)',
    ],
    ['app.GRPCQueryRouter(), cfg)', 'app.GRPCQueryRouter())'],
  ],
  'app/upgrades/v2/upgrades.go': [
    [
      '"github.com/cosmos/cosmos-sdk/types/module"',
      'sdk "github.com/cosmos/cosmos-sdk/types"\n\t"github.com/cosmos/cosmos-sdk/types/module"',
    ],
    ['ctx context.Context', 'ctx sdk.Context'],
  ],
};
