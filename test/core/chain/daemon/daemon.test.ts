import assert from 'node:assert/strict';
import { readDaemon, readDaemonOf } from '../../../../core/chain/daemon/daemon.ts';
import { replaceOnce } from '../../../support/edits.ts';
import { repoOf } from '../../../support/go.ts';

const main = `package main

import (
	svrcmd "github.com/cosmos/cosmos-sdk/server/cmd"

	"example.org/chain/app"
	"example.org/chain/cmd/chaind/cmd"
)

func main() {
	cmd.InitConfig()
	_ = svrcmd.Execute(cmd.NewRootCmd(), "CHAIN", app.DefaultNodeHome)
}
`;
const root = `package cmd

import (
	"github.com/cosmos/cosmos-sdk/server"
	sdk "github.com/cosmos/cosmos-sdk/types"
	"github.com/spf13/cobra"

	"example.org/chain/app"
)

func InitConfig() {
	sdk.GetConfig().SetBech32PrefixForAccount(app.Prefix, app.Prefix+"pub")
}

func NewRootCmd() *cobra.Command {
	root := &cobra.Command{Use: "chaind"}
	server.AddCommands(root, app.DefaultNodeHome, newApp, export, addModuleInitFlags)
	return root
}

func addModuleInitFlags(start *cobra.Command) {}
`;
const app = `package app

import (
	"fmt"
	"os"
	"path/filepath"
)

const (
	Name   = "chain"
	Prefix = "chain"
)

var DefaultNodeHome string

func init() {
	userHomeDir, err := os.UserHomeDir()
	if err != nil {
		panic(err)
	}
	DefaultNodeHome = filepath.Join(userHomeDir, "."+Name)
}
`;
const texts = {
  'go.mod': 'module example.org/chain\n\ngo 1.22\n',
  'app/app.go': app,
  'cmd/chaind/main.go': main,
  'cmd/chaind/cmd/root.go': root,
};
const ofApp = { dir: 'app' };

async function read(changes: Record<string, string> = {}) {
  const repo = await repoOf({ ...texts, ...changes });
  const daemon = readDaemon(repo, ofApp);
  assert.ok(daemon);
  return daemon;
}

function withHome(statement: string): Record<string, string> {
  const before = 'DefaultNodeHome = filepath.Join(userHomeDir, "."+Name)';
  return { 'app/app.go': replaceOnce('app.go', app, before, statement) };
}

describe('the daemon of a chain', () => {
  it('has a main package, a root command, a home and a prefix', async () => {
    const { name, dir, root: file, home, prefix } = await read();
    assert.deepEqual(
      { name, dir, file, home, prefix },
      {
        name: 'chaind',
        dir: 'cmd/chaind',
        file: 'cmd/chaind/cmd/root.go',
        home: '~/.chain',
        prefix: 'chain',
      },
    );
  });

  const homes: Record<string, string> = {
    'DefaultNodeHome = os.ExpandEnv("$HOME/." + Name)': '~/.chain',
    'DefaultNodeHome = os.ExpandEnv("${HOME}/") + ".chain"': '~/.chain',
    'DefaultNodeHome = filepath.Join(userHomeDir, fmt.Sprintf(".%s", Name))': '~/.chain',
    'DefaultNodeHome = filepath.Join(os.Getenv("HOME"), ".chain", "node/")': '~/.chain/node',
    'DefaultNodeHome, err = clienthelpers.GetNodeHomeDirectory("." + Name)': '~/.chain',
  };
  for (const [statement, home] of Object.entries(homes)) {
    it(`has the home of ${statement}`, async () => {
      const changes = withHome(statement);
      const imported = replaceOnce(
        'app.go',
        changes['app/app.go']!,
        '\t"fmt"\n',
        '\t"fmt"\n\n\tclienthelpers "cosmossdk.io/client/v2/helpers"\n',
      );
      assert.equal((await read({ 'app/app.go': imported })).home, home);
    });
  }

  for (const statement of [
    'DefaultNodeHome = os.ExpandEnv("$CHAIN_HOME")',
    'DefaultNodeHome = filepath.Join(userHomeDir, os.Getenv("CHAIN"))',
    'DefaultNodeHome = chosen()',
  ]) {
    it(`has no home that could be read of ${statement}`, async () =>
      assert.equal((await read(withHome(statement))).home, null));
  }

  it('has no prefix where two are set, or where it depends on the network', async () => {
    const other = replaceOnce('root.go', root, 'app.Prefix, app', '"other", app');
    const two = await read({ 'x/a/config.go': 'package a\n', 'app/config.go': configured(other) });
    assert.equal(two.prefix, null);
    const given = replaceOnce('root.go', root, 'InitConfig()', 'InitConfig(prefix string)');
    const text = replaceOnce('root.go', given, 'app.Prefix, app', 'prefix, app');
    assert.equal((await read({ 'cmd/chaind/cmd/root.go': text })).prefix, null);
  });

  it('has the prefix of a constant where nothing here sets it', async () => {
    const unset = replaceOnce(
      'root.go',
      root,
      '\tsdk.GetConfig().SetBech32PrefixForAccount(app.Prefix, app.Prefix+"pub")\n',
      '',
    );
    const changes = { 'cmd/chaind/cmd/root.go': unset };
    assert.equal((await read(changes)).prefix, null);
    const constant = replaceOnce('app.go', app, 'Prefix = ', 'AccountAddressPrefix = ');
    assert.equal((await read({ ...changes, 'app/app.go': constant })).prefix, 'chain');
  });

  it('has the prefix of app.yaml', async () => {
    const yaml =
      'modules:\n  - name: auth\n    config:\n      "@type": cosmos.auth.module.v1.Module\n' +
      '      bech32_prefix: other\n';
    const config =
      'package app\n\nimport _ "embed"\n\n//go:embed app.yaml\nvar yaml []byte\n\n' +
      'var config = appconfig.LoadYAML(yaml)\n';
    const unset = replaceOnce('root.go', root, 'SetBech32PrefixForAccount', 'SetPurpose');
    const changes = {
      'cmd/chaind/cmd/root.go': unset,
      'app/app.yaml': yaml,
      'app/config.go': config,
    };
    assert.equal((await read(changes)).prefix, 'other');
  });

  it('is read from an EVM server, whose options hold the home', async () => {
    const evm = replaceOnce(
      'root.go',
      root,
      'server.AddCommands(root, app.DefaultNodeHome, newApp, export, addModuleInitFlags)',
      'server.AddCommands(root, server.NewDefaultStartOptions(newApp, app.DefaultNodeHome), export, ' +
        'addModuleInitFlags)',
    );
    const text = evm.replace('cosmos/cosmos-sdk/server"', 'evmos/ethermint/server"');
    const thin = replaceOnce('main.go', main, 'svrcmd.Execute', 'svrcmd.Run');
    const changes = { 'cmd/chaind/cmd/root.go': text, 'cmd/chaind/main.go': thin };
    const { home, commands } = await read(changes);
    assert.deepEqual([home, commands.length], ['~/.chain', 1]);
    assert.ok(commands[0]!.startFlags);
  });

  it('is not the function of the same name of another package', async () => {
    const text = replaceOnce('root.go', root, 'cosmos-sdk/server"', 'cosmos-sdk/tools"').replace(
      'server.AddCommands(',
      'tools.AddCommands(',
    );
    const { commands, root: file } = await read({ 'cmd/chaind/cmd/root.go': text });
    assert.deepEqual([commands, file], [[], null]);
  });

  it('is not known where two apps have one each', async () => {
    const repo = await repoOf({
      ...texts,
      'other/app.go': app.replace('package app', 'package other'),
      'cmd/otherd/main.go': main
        .replaceAll('chain/app"', 'chain/other"')
        .replaceAll('app.', 'other.')
        .replace('\t"example.org/chain/cmd/chaind/cmd"\n', ''),
    });
    const apps = [ofApp, { dir: 'other' }];
    assert.equal(readDaemon(repo, apps[1]!)?.name, 'otherd');
    assert.equal(readDaemonOf(repo, apps), undefined);
    assert.equal(readDaemonOf(repo, [ofApp])?.name, 'chaind');
  });
});

/** A second place that sets a prefix, in the app's package. */
function configured(text: string): string {
  return text
    .replace('package cmd', 'package app')
    .replace('\n\t"example.org/chain/app"\n', '')
    .replaceAll('app.', '');
}
