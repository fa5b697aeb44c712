package main

import (
	"io"
	"os"

	"github.com/spf13/cobra"
	"github.com/tendermint/tendermint/libs/log"
	dbm "github.com/tendermint/tm-db"

	"github.com/cosmos/cosmos-sdk/server"
	servertypes "github.com/cosmos/cosmos-sdk/server/types"

	"github.com/fork/fork/app"
)

func main() {
	root := &cobra.Command{
		Use:   "forkd",
		Short: "Fork daemon",
	}
	server.AddCommands(root, app.DefaultNodeHome, newApp, exportApp, func(*cobra.Command) {})
	if err := root.Execute(); err != nil {
		os.Exit(1)
	}
}

func newApp(logger log.Logger, db dbm.DB, traceStore io.Writer, opts servertypes.AppOptions) servertypes.Application {
	return app.New(logger, db, traceStore, true, opts)
}

func exportApp(logger log.Logger, db dbm.DB, traceStore io.Writer, height int64, forZeroHeight bool, allowed []string, opts servertypes.AppOptions) (servertypes.ExportedApp, error) {
	return app.New(logger, db, traceStore, height == -1, opts).Export(height, forZeroHeight, allowed)
}
