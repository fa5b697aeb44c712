// Command tinyd is the chain's node.
package main

import (
	"io"
	"os"

	dbm "github.com/cometbft/cometbft-db"
	cmtcfg "github.com/cometbft/cometbft/config"
	"github.com/cometbft/cometbft/libs/log"
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
	tmp := app.New(log.NewNopLogger(), dbm.NewMemDB(), nil, false, simtestutil.NewAppOptionsWithFlagHome(os.TempDir()))
	ctx := client.Context{}.WithCodec(tmp.AppCodec()).WithInterfaceRegistry(tmp.InterfaceRegistry()).WithTxConfig(tmp.TxConfig()).
		WithLegacyAmino(tmp.LegacyAmino()).WithInput(os.Stdin).WithAccountRetriever(authtypes.AccountRetriever{}).
		WithHomeDir(app.DefaultNodeHome).WithViper("TINY")

	root := &cobra.Command{Use: app.Name, SilenceUsage: true, PersistentPreRunE: func(cmd *cobra.Command, _ []string) error {
		cmd.SetOut(cmd.OutOrStdout())
		cmd.SetErr(cmd.ErrOrStderr())
		c, err := client.ReadPersistentCommandFlags(ctx, cmd.Flags())
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

	newApp := func(l log.Logger, db dbm.DB, w io.Writer, o servertypes.AppOptions) servertypes.Application {
		return app.New(l, db, w, true, o, server.DefaultBaseappOptions(o)...)
	}
	export := func(
		l log.Logger, db dbm.DB, w io.Writer, height int64, _ bool, _ []string, o servertypes.AppOptions, modules []string,
	) (servertypes.ExportedApp, error) {
		return app.New(l, db, w, height == -1, o).Export(height, modules)
	}
	root.AddCommand(genutilcli.InitCmd(tmp.BasicManager, app.DefaultNodeHome))
	server.AddCommands(root, app.DefaultNodeHome, newApp, export, func(*cobra.Command) {})

	tx := &cobra.Command{Use: "tx", RunE: client.ValidateCmd}
	tx.AddCommand(authcmd.GetSignCommand(), authcmd.GetBroadcastCommand())
	tmp.BasicManager.AddTxCommands(tx)
	query := &cobra.Command{Use: "query", Aliases: []string{"q"}, RunE: client.ValidateCmd}
	query.AddCommand(rpc.BlockCommand(), authcmd.QueryTxCmd())
	tmp.BasicManager.AddQueryCommands(query)
	root.AddCommand(rpc.StatusCommand(), genutilcli.GenesisCoreCommand(tmp.TxConfig(), tmp.BasicManager, app.DefaultNodeHome), tx, query, keys.Commands(app.DefaultNodeHome))
	return root
}
