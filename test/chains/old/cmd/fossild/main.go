package main

import (
	"encoding/json"
	"io"
	"os"

	"github.com/spf13/cobra"
	abci "github.com/tendermint/tendermint/abci/types"
	"github.com/tendermint/tendermint/libs/cli"
	"github.com/tendermint/tendermint/libs/log"
	tmtypes "github.com/tendermint/tendermint/types"
	dbm "github.com/tendermint/tm-db"

	"github.com/cosmos/cosmos-sdk/baseapp"
	"github.com/cosmos/cosmos-sdk/server"

	"github.com/fossil/fossil/app"
)

func main() {
	cdc := app.MakeCodec()
	ctx := server.NewDefaultContext()
	root := &cobra.Command{
		Use:               "fossild",
		Short:             "Fossil daemon (server)",
		PersistentPreRunE: server.PersistentPreRunEFn(ctx),
	}
	server.AddCommands(ctx, cdc, root, newApp, exportState)

	executor := cli.PrepareBaseCmd(root, "FO", app.DefaultNodeHome)
	if err := executor.Execute(); err != nil {
		os.Exit(1)
	}
}

func newApp(logger log.Logger, db dbm.DB, traceStore io.Writer) abci.Application {
	return app.New(logger, db, traceStore, true, baseapp.SetMinGasPrices("0.01ufoss"))
}

func exportState(logger log.Logger, db dbm.DB, traceStore io.Writer, height int64, forZeroHeight bool, jailWhiteList []string) (json.RawMessage, []tmtypes.GenesisValidator, error) {
	return app.New(logger, db, traceStore, height == -1).ExportState(height, forZeroHeight, jailWhiteList)
}
