// Command tinyd is the chain's node.
package main

import (
	"os"

	"cosmossdk.io/log/v2"
	cmtcfg "github.com/cometbft/cometbft/config"
	dbm "github.com/cosmos/cosmos-db"
	"github.com/cosmos/cosmos-sdk/client"
	clientcfg "github.com/cosmos/cosmos-sdk/client/config"
	"github.com/cosmos/cosmos-sdk/client/keys"
	"github.com/cosmos/cosmos-sdk/client/rpc"
	"github.com/cosmos/cosmos-sdk/server"
	svrcmd "github.com/cosmos/cosmos-sdk/server/cmd"
	serverconfig "github.com/cosmos/cosmos-sdk/server/config"
	servertypes "github.com/cosmos/cosmos-sdk/server/types"
	simtestutil "github.com/cosmos/cosmos-sdk/testutil/sims"
	authcmd "github.com/cosmos/cosmos-sdk/x/auth/client/cli"
	authtypes "github.com/cosmos/cosmos-sdk/x/auth/types"
	genutilcli "github.com/cosmos/cosmos-sdk/x/genutil/client/cli"
	"github.com/spf13/cobra"

	"example.com/tiny/app"
)

func main() {
	if err := svrcmd.Execute(newRoot(), "TINY", app.DefaultNodeHome); err != nil {
		os.Exit(1)
	}
}

func newRoot() *cobra.Command {
	tmp := app.New(log.NewNopLogger(), dbm.NewMemDB(), false, simtestutil.NewAppOptionsWithFlagHome(os.TempDir()))
	ctx := client.Context{}.WithCodec(tmp.AppCodec()).WithInterfaceRegistry(tmp.InterfaceRegistry()).WithTxConfig(tmp.TxConfig()).
		WithLegacyAmino(tmp.LegacyAmino()).WithInput(os.Stdin).WithAccountRetriever(authtypes.AccountRetriever{}).
		WithHomeDir(app.DefaultNodeHome).WithViper("TINY")

	root := &cobra.Command{Use: app.Name, SilenceUsage: true, PersistentPreRunE: func(cmd *cobra.Command, _ []string) error {
		cmd.SetOut(cmd.OutOrStdout())
		cmd.SetErr(cmd.ErrOrStderr())
		c, err := client.ReadPersistentCommandFlags(ctx.WithCmdContext(cmd.Context()), cmd.Flags())
		if err != nil {
			return err
		}
		if c, err = clientcfg.ReadFromClientConfig(c); err != nil {
			return err
		}
		if err = client.SetCmdClientContextHandler(c, cmd); err != nil {
			return err
		}
		sc := serverconfig.DefaultConfig()
		sc.MinGasPrices = "0stake"
		return server.InterceptConfigsPreRunHandler(cmd, serverconfig.DefaultConfigTemplate, sc, cmtcfg.DefaultConfig())
	}}

	newApp := func(l log.Logger, db dbm.DB, o servertypes.AppOptions) servertypes.Application {
		return app.New(l, db, true, o, server.DefaultBaseappOptions(o)...)
	}
	export := func(
		l log.Logger, db dbm.DB, height int64, _ bool, _ []string, o servertypes.AppOptions, modules []string,
	) (servertypes.ExportedApp, error) {
		return app.New(l, db, height == -1, o).Export(height, modules)
	}
	root.AddCommand(genutilcli.InitCmd(tmp.BasicManager, app.DefaultNodeHome))
	server.AddCommands(root, app.DefaultNodeHome, newApp, export, func(*cobra.Command) {})

	tx := &cobra.Command{Use: "tx", RunE: client.ValidateCmd}
	tx.AddCommand(authcmd.GetSignCommand(), authcmd.GetBroadcastCommand())
	tmp.BasicManager.AddTxCommands(tx)
	query := &cobra.Command{Use: "query", Aliases: []string{"q"}, RunE: client.ValidateCmd}
	query.AddCommand(server.QueryBlockCmd(), authcmd.QueryTxCmd(), rpc.WaitTxCmd())
	tmp.BasicManager.AddQueryCommands(query)
	root.AddCommand(server.StatusCommand(), genutilcli.Commands(tmp.TxConfig(), tmp.BasicManager, app.DefaultNodeHome), tx, query, keys.Commands())
	return root
}
