import { app047 } from './0.47-app.ts';
import { modules047, mount047 } from './0.47-modules.ts';
import type { Changes } from './changes.ts';

/**
 * SDK 0.47 is before FinalizeBlock, store services, address codecs and PreBlockers; its x/upgrade,
 * store and log are not modules of their own yet.
 */
export const to047: Changes = {
  imports: {
    'cosmossdk.io/log': 'github.com/cometbft/cometbft/libs/log',
    'cosmossdk.io/store': 'github.com/cosmos/cosmos-sdk/store',
    'cosmossdk.io/x': 'github.com/cosmos/cosmos-sdk/x',
    'github.com/cosmos/cosmos-db': 'github.com/cometbft/cometbft-db',
  },
  edits: {
    chain: {
      ...app047,
      ...modules047,
      'cmd/tinyd/main.go': [
        ['ctx.WithCmdContext(cmd.Context())', 'ctx'],
        [
          'server.QueryBlockCmd(), authcmd.QueryTxCmd(), rpc.WaitTxCmd()',
          'rpc.BlockCommand(), authcmd.QueryTxCmd()',
        ],
        [
          'server.StatusCommand(), genutilcli.Commands(',
          'rpc.StatusCommand(), genutilcli.GenesisCoreCommand(',
        ],
        ['keys.Commands()', 'keys.Commands(app.DefaultNodeHome)'],
      ],
    },
    next: {
      'x/counter/migrations/v3/move.go': [
        ['"cosmossdk.io/core/store"', 'storetypes "github.com/cosmos/cosmos-sdk/store/types"'],
        ['kv store.KVStore', 'kv storetypes.KVStore'],
        [
          'bz, err := kv.Get(oldCountKey)\n\tif err != nil {\n\t\treturn err\n\t}\n',
          'bz := kv.Get(oldCountKey)\n',
        ],
        [
          'if err := kv.Delete(oldCountKey); err != nil {\n\t\treturn err\n\t}\n',
          'kv.Delete(oldCountKey)\n',
        ],
        ['return kv.Set(types.CountKey, bz)\n', 'kv.Set(types.CountKey, bz)\n\treturn nil\n'],
      ],
    },
    mount: mount047,
    blocks: {
      'node_test.go': [
        // Close of this SDK leaves the database open.
        [
          'func open(t *testing.T) *App {',
          'var databases = map[*App]dbm.DB{}\n\nfunc open(t *testing.T) *App {',
        ],
        [
          '\treturn New(log.NewTestLoggerInfo(t), db, nil, true, simtestutil.NewAppOptionsWithFlagHome(dir))\n',
          `\tchain := New(log.TestingLogger(), db, nil, true, simtestutil.NewAppOptionsWithFlagHome(dir))
	databases[chain] = db
	return chain
`,
        ],
        ['return chain.Close()', 'return databases[chain].Close()'],
        [
          '_, err := chain.InitChain(&abci.RequestInitChain{',
          'chain.InitChain(abci.RequestInitChain{',
        ],
        [
          'AppStateBytes: state,\n\t})\n\treturn err\n',
          'AppStateBytes: state,\n\t})\n\treturn nil\n',
        ],
        [
          `	hash := sha256.Sum256([]byte(fmt.Sprint(height)))
	if _, err := chain.FinalizeBlock(&abci.RequestFinalizeBlock{Height: height, Time: timeAt(height), Hash: hash[:]}); err != nil {
		return err
	}
	_, err := chain.Commit()
	return err
`,
          `	chain.BeginBlock(abci.RequestBeginBlock{Header: cmtproto.Header{Height: height, Time: timeAt(height)}})
	chain.EndBlock(abci.RequestEndBlock{Height: height})
	chain.Commit()
	return nil
`,
        ],
        ['GetDoneHeight(contextOf(chain), plan)', 'GetDoneHeight(contextOf(chain), plan), nil'],
        ['GetModuleVersionMap(contextOf(chain))', 'GetModuleVersionMap(contextOf(chain)), nil'],
        [
          'answer, err := chain.Query(context.Background(), &abci.RequestQuery{',
          'return chain.Query(abci.RequestQuery{',
        ],
        [
          'Data: []byte{0}})\n\treturn err == nil && answer.Code == 0\n',
          'Data: []byte{0}}).Code == 0\n',
        ],
        ['ctx context.Context', 'ctx sdk.Context'],
      ],
    },
  },
};
