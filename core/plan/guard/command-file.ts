import { join } from '../../files.ts';
import { assemble } from '../../go/edit/go-file.ts';
import type { ImportSpec } from '../../go/edit/imports.ts';
import { goNode } from '../../go/eval/go-node.ts';
import { localDefinition, textOf } from '../../go/eval/value.ts';
import type { Repo } from '../../go/repo/repo.ts';
import { Refusal } from '../../refusal.ts';
import { render } from '../../render.ts';
import type { Generation } from '../../sdk/generations.ts';
import { generationIsBefore, importsOfGeneration } from '../../sdk/generations.ts';
import type { ServerCommands } from '../../wiring/daemon/server-commands.ts';
import { isExported } from '../go-tree.ts';
import { namesIn, withFreeNames } from '../package/free-names.ts';
import type { Create } from '../plan.ts';
import { guardFunction } from './start.ts';

/** What the file declares for its package. */
const declared = [
  ...[guardFunction, 'checkAppVersion', 'nodeAt', 'withState'],
  ...['appVersionCmd', 'showAppVersion', 'setAppVersion', 'preUpgradeCmd'],
];

/** What the file is written for. */
export interface CommandFileRequest {
  readonly generation: Generation;
  /** The import path of the package that decides. */
  readonly appversion: string;
  /** Whether the daemon gets the command `pre-upgrade`; false where it has one of its own. */
  readonly preUpgrade: boolean;
}

/** The file of the daemon's package that compares app versions, with its commands. */
export function commandFile(
  repo: Repo,
  commands: ServerCommands,
  { generation, appversion, preUpgrade }: CommandFileRequest,
): Create {
  const { dir, facts } = commands.within;
  const file = join(dir, 'app_version.go');
  const taken = namesIn(repo, dir);
  const clash = declared.find(name => taken.has(name));
  if (clash !== undefined)
    throw new Refusal(`${clash} is declared in ${dir || 'the root folder'} already`);
  const opener = openerOf(repo, commands);
  const body = render('guard/command.go', {
    preUpgrade,
    open: opener?.call ?? 'dbm.NewDB("application", server.GetAppDBBackend(ctx.Viper), data)',
  });
  const imports = new Map(importsFor(generation, appversion));
  if (opener?.imported) imports.set(...opener.imported);
  const text = withFreeNames(body, imports, taken);
  const packageClause = `package ${facts.package}`;
  return {
    file,
    text: assemble(repo, { path: file, header: '', packageClause, body: text, imports }),
  };
}

function importsFor(generation: Generation, appversion: string): [string, ImportSpec][] {
  const { storeTypes, sdk } = importsOfGeneration(generation);
  const core = sdk.slice(0, -'/types'.length);
  const database = generationIsBefore(generation, '0.50')
    ? 'github.com/cometbft/cometbft-db'
    : 'github.com/cosmos/cosmos-db';
  const standard = ['encoding/json', 'errors', 'fmt', 'os', 'path/filepath', 'reflect', 'strconv'];
  const others = [
    storeTypes.replace(/types$/, 'rootmulti'),
    `${core}/server`,
    `${core}/version`,
    'github.com/spf13/cobra',
    appversion,
  ];
  return [
    ...[...standard, ...others].map((path): [string, ImportSpec] => [
      path.replace(/^.*\//, ''),
      { path, alias: undefined },
    ]),
    ['dbm', { path: database, alias: 'dbm' }],
  ];
}

interface Opener {
  readonly call: string;
  readonly imported?: readonly [string, ImportSpec];
}

/** The call of the chain's own function that opens the application's database. */
function openerOf(repo: Repo, { call, dbOpener }: ServerCommands): Opener | undefined {
  if (!dbOpener || dbOpener.node.type === 'nil') return undefined;
  const { facts } = call;
  const { text, type, qualifier, name } = goNode(dbOpener);
  const isSdk = goNode(call).callee?.name === 'AddCommandsWithStartCmdOptions';
  const path = qualifier === undefined ? undefined : repo.importFor(facts, qualifier);
  const isLocal = localDefinition(dbOpener.node, qualifier ?? text, facts.text) !== undefined;
  const isFunction = type === 'identifier' || (path !== undefined && isExported(name));
  if (!isSdk || isLocal || !isFunction)
    throw new Refusal(
      `the databases are opened by a function of the chain's own, ${textOf(dbOpener)}, which the ` +
        'guard would have to call too',
    );
  const open = `${text}(ctx.Config.RootDir, server.GetAppDBBackend(ctx.Viper))`;
  if (qualifier === undefined || path === undefined) return { call: open };
  const isPlain = repo.packageName(path, '') === qualifier;
  return {
    call: open,
    imported: [qualifier, { path, alias: isPlain ? undefined : qualifier }],
  };
}
