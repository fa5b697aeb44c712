// Command kvd serves keys and values.
package main

import (
	"os"

	"github.com/spf13/cobra"

	"github.com/someone/kvd/app"
)

func main() {
	root := &cobra.Command{Use: "kvd", RunE: func(*cobra.Command, []string) error { return app.New().Serve(":8080") }}
	if err := root.Execute(); err != nil {
		os.Exit(1)
	}
}
