import { repairs } from '../../core/rehearse/causes.ts';
import type { Generation } from '../go/generations.ts';
import { cut, put } from '../support/edits.ts';
import type { Row } from './row.ts';
import {
  app,
  counter,
  handler,
  list,
  migrations,
  modules,
  setBeginBlocker,
  setHandlers,
  setPreBlocker,
  setVersions,
  stores,
  storeTypesImport,
  v3Import,
} from './source.ts';

/** Mistakes in handlers, and in what runs them. */
export function handlerRows(generation: Generation): readonly Row[] {
  return [
    {
      rule: 'handlers-before-configurator',
      mistake: 'Handlers are registered before the configurator is made.',
      edits: [
        cut(app, setHandlers),
        put(app, '\tapp.setupModules()\n', `${setHandlers}\tapp.setupModules()\n`),
      ],
      step: 'first block',
      words: /nil/,
      at: [app, 'app.setupUpgradeHandlers()'],
      fix: 'Register the handlers after it',
    },
    {
      rule: 'migration-gap',
      mistake: 'A ConsensusVersion rose, and no migration is registered.',
      edits: [
        cut(
          counter,
          '\tif err := cfg.RegisterMigration(types.ModuleName, 2, m.Migrate2to3); err != nil {\n\t\tpanic(err)\n\t}\n',
        ),
      ],
      step: 'first block',
      words: /no migration found for module counter from version 2 to version 3: not found/,
      at: [counter, 'ConsensusVersion() uint64'],
      fix: 'Register Migrate2to3',
    },
    {
      rule: 'run-migrations-result',
      mistake: 'The handler returns the map that came in.',
      edits: [
        put(handler, 'toVM, err :=', '_, err :='),
        put(handler, 'return toVM, nil', 'return fromVM, nil'),
      ],
      step: 'next upgrade',
      words: /counter: there is no count under the old key/,
      wrongState: true,
      at: [handler, 'mm.RunMigrations('],
      fix: 'return what RunMigrations gives, its map and its error, from the handler',
    },
    {
      rule: 'version-map-override',
      mistake: 'The handler sets the version of every module.',
      edits: [
        put(
          handler,
          migrations,
          `\t\tfor name := range mm.Modules {\n\t\t\tfromVM[name] = 1\n\t\t}\n${migrations}`,
        ),
      ],
      step: 'first block',
      words: /./,
      at: [handler, 'fromVM[name] = 1'],
      fix: 'start migrations from the map that the handler is given',
    },
    {
      rule: 'version-map-not-stored',
      mistake: 'The InitChainer of the chain does not store the module versions.',
      where: 'both',
      edits: [cut(modules, setVersions(generation))],
      step: 'first block',
      words: /bonded pool balance is different from bonded coins/,
      at: [modules, 'InitChainer('],
      fix: "store the module versions in the old version's InitChainer, and start from the map that the handler is given",
    },
    {
      rule: 'state-before-init-genesis',
      mistake: 'The handler writes the state of a new module before its InitGenesis.',
      edits: [
        { file: 'x/shelf/keeper/keeper.go', after: shelfKeeper(generation) },
        put(
          list,
          setUpHandlers,
          `${setUpHandlers}\tv3.ShelfKeeper = shelfkeeper.NewKeeper(${generation === '0.47' ? shelfKey : `runtime.NewKVStoreService(${shelfKey})`})\n`,
        ),
        put(
          list,
          v3Import,
          `${v3Import}\tshelfkeeper "example.com/tiny/x/shelf/keeper"\n\tshelftypes "example.com/tiny/x/shelf/types"\n`,
        ),
        ...(generation === '0.47'
          ? []
          : [put(list, '\t"fmt"\n\n', '\t"fmt"\n\n\t"github.com/cosmos/cosmos-sdk/runtime"\n')]),
        put(
          handler,
          migrations,
          `\t\tif err := ShelfKeeper.SetValue(ctx, "written by the upgrade"); err != nil {\n\t\t\treturn nil, err\n\t\t}\n${migrations}`,
        ),
        put(
          handler,
          'func CreateUpgradeHandler',
          '// ShelfKeeper is set by the app.\nvar ShelfKeeper shelfkeeper.Keeper\n\nfunc CreateUpgradeHandler',
        ),
        put(
          handler,
          '\t"github.com/cosmos/cosmos-sdk/types/module"\n',
          '\t"github.com/cosmos/cosmos-sdk/types/module"\n\tshelfkeeper "example.com/tiny/x/shelf/keeper"\n',
        ),
      ],
      step: 'never',
      words: /^the state of shelf is {"value":"empty"}$/,
      shownBy: 'shelf',
      at: [handler, 'ShelfKeeper.SetValue('],
      fix: 'write the state after RunMigrations',
    },
    ...(generation === '0.47'
      ? blockerRows('begin', setBeginBlocker, 'app.SetEndBlocker(')
      : blockerRows('pre', setPreBlocker, 'app.SetBeginBlocker(')),
    {
      rule: 'last-handler-removed',
      mistake: 'A patch release lacks the handler of the last upgrade.',
      where: 'patch',
      edits: [
        cut(list, '\tv3.Upgrade,\n'),
        cut(list, v3Import),
        { file: stores },
        { file: handler },
      ],
      step: 'first block',
      words: /[wW]rong app version 0, upgrade handler is missing for v3 upgrade plan/,
      at: [list, 'v2.Upgrade'],
      fix: 'keep the handler of v3 registered',
    },
  ];
}

/**
 * x/upgrade runs in the begin-blocker up to SDK 0.47, later in the pre-blocker; the app of the
 * older chain has no method that could be set.
 */
function blockerRows(kind: 'begin' | 'pre', set: string, line: string): Row[] {
  const fix = kind === 'pre' ? 'Set app.PreBlocker' : repairs['preblocker-wiring']!;
  return [
    {
      rule: 'preblocker-wiring',
      mistake: `The chain sets no ${kind}-blocker.`,
      where: 'both',
      edits: [cut(app, set)],
      step: 'old version',
      words: /the node made block 8 and did not stop for the upgrade/,
      at: [app, line],
      fix,
    },
    {
      rule: 'preblocker-wiring',
      mistake: `The next version sets no ${kind}-blocker.`,
      edits: [cut(app, set)],
      step: 'first block',
      words: /counter: the count has 0 bytes, want 8/,
      at: [app, line],
      fix,
    },
  ];
}

const setUpHandlers = 'func (app *App) setupUpgradeHandlers() {\n';
const shelfKey = 'app.keys[shelftypes.StoreKey]';

/** The shelf module does without a keeper; one that writes its value. */
function shelfKeeper(generation: Generation): string {
  const old = generation === '0.47';
  const store = old ? 'storetypes.StoreKey' : 'store.KVStoreService';
  const set = old
    ? 'ctx.KVStore(k.store).Set(types.ValueKey, []byte(value))\n\treturn nil'
    : 'return k.store.OpenKVStore(ctx).Set(types.ValueKey, []byte(value))';
  return `// Package keeper writes the value of the shelf.
package keeper

import (
${old ? `${storeTypesImport(generation)}\tsdk "github.com/cosmos/cosmos-sdk/types"\n` : '\t"context"\n\n\t"cosmossdk.io/core/store"\n'}
\t"example.com/tiny/x/shelf/types"
)

type Keeper struct {
\tstore ${store}
}

func NewKeeper(store ${store}) Keeper {
\treturn Keeper{store: store}
}

func (k Keeper) SetValue(ctx ${old ? 'sdk.Context' : 'context.Context'}, value string) error {
\t${set}
}
`;
}
