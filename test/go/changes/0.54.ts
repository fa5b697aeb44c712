import type { Changes } from './changes.ts';

/** SDK 0.54 takes the store, x/upgrade and x/tx into its own module and traces no store. */
export const to054: Changes = {
  imports: {
    'cosmossdk.io/log': 'cosmossdk.io/log/v2',
    'cosmossdk.io/store': 'github.com/cosmos/cosmos-sdk/store/v2',
    'cosmossdk.io/x': 'github.com/cosmos/cosmos-sdk/x',
  },
  edits: {
    chain: {
      'app/app.go': [
        [
          'logger log.Logger, db dbm.DB, traceStore io.Writer, loadLatest bool,',
          'logger log.Logger, db dbm.DB, loadLatest bool,',
        ],
        ['newBase(logger, db, traceStore, baseAppOptions)', 'newBase(logger, db, baseAppOptions)'],
        [
          'func newBase(logger log.Logger, db dbm.DB, traceStore io.Writer, ',
          'func newBase(logger log.Logger, db dbm.DB, ',
        ],
        ['\tbApp.SetCommitMultiStoreTracer(traceStore)\n', ''],
      ],
      'app/keepers.go': [
        [
          'app.AccountKeeper, app.BankKeeper, app.StakingKeeper,\n',
          'app.AccountKeeper, app.BankKeeper,\n',
        ],
        [
          'govtypes.DefaultConfig(), authority,\n',
          'govtypes.DefaultConfig(), authority,\n\t\tgovkeeper.NewDefaultCalculateVoteResultsAndVotingPower(app.StakingKeeper),\n',
        ],
      ],
      'app/modules.go': [['SetOrderEndBlockers(', 'SetOrderEndBlockers(banktypes.ModuleName, ']],
      'app/server.go': [
        [
          'GRPCQueryRouter(), cfg)\n',
          'GRPCQueryRouter(), cfg, func() int64 {\n\t\treturn app.CommitMultiStore().EarliestVersion()\n\t})\n',
        ],
      ],
      'cmd/tinyd/main.go': [
        ['dbm.NewMemDB(), nil, false', 'dbm.NewMemDB(), false'],
        [
          'newApp := func(l log.Logger, db dbm.DB, w io.Writer, ',
          'newApp := func(l log.Logger, db dbm.DB, ',
        ],
        ['app.New(l, db, w, true', 'app.New(l, db, true'],
        ['w io.Writer, height int64', 'height int64'],
        ['app.New(l, db, w, height', 'app.New(l, db, height'],
      ],
    },
    blocks: {
      'node_test.go': [['db, nil, true', 'db, true']],
    },
  },
};
