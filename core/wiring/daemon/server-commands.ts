import { goNode } from '../../go/eval/go-node.ts';
import { importedPackage } from '../../go/eval/imported.ts';
import type { Expr } from '../../go/eval/value.ts';
import { fieldOf, structOf } from '../../go/eval/value.ts';
import type { Repo } from '../../go/repo/repo.ts';
import { callsOf } from '../../go/syntax/syntax.ts';
import { isForTests } from '../call-sites.ts';
import type { FuncAt } from '../style.ts';

/**
 * The call by which a daemon gets the server's commands, `start` among them:
 * `server.AddCommands(root, home, newApp, export, addStartFlags)`, its form with
 * `StartCmdOptions`, or that of an EVM server, which takes the home in its `StartOptions`.
 */
export interface ServerCommands {
  readonly call: Expr;
  /** The function that the call stands in. */
  readonly within: FuncAt;
  readonly root: Expr;
  /** The default home; undefined where the EVM server's options do not show it. */
  readonly home: Expr | undefined;
  /** The function that is given the `start` command; undefined where none is set. */
  readonly startFlags: Expr | undefined;
  /** `StartCmdOptions` where the call has some, or the EVM server's options. */
  readonly options: Expr | undefined;
  /** A function of its own that opens the databases. */
  readonly dbOpener: Expr | undefined;
  /** Whether `start` runs something else than the SDK's node. */
  readonly hasOwnStart: boolean;
}

const names = ['AddCommands', 'AddCommandsWithStartCmdOptions'];

/** The calls in these folders that add the server's commands, in the order of the files. */
export function serverCommandsAdded(repo: Repo, folders: Iterable<string>): ServerCommands[] {
  return [...folders]
    .filter(dir => !isForTests(dir))
    .flatMap(dir => repo.memoByPackage(dir, 'server commands', () => serverCommandsIn(repo, dir)));
}

function serverCommandsIn(repo: Repo, dir: string): ServerCommands[] {
  const written = /\.AddCommands(WithStartCmdOptions)?\(/;
  return repo.filesOf(dir, written).flatMap(facts =>
    facts.funcs
      .filter(func => written.test(facts.text.slice(func.start, func.end)))
      .flatMap(func => {
        const body = repo.syntaxOf({ facts, func });
        return callsOf(body, facts.text, ...names).flatMap(
          node => readCall(repo, { facts, node }, { facts, func, dir }) ?? [],
        );
      }),
  );
}

/** The call as what it is; undefined where another package's function has the same name. */
function readCall(repo: Repo, call: Expr, within: FuncAt): ServerCommands | undefined {
  const { callee, arguments: given } = goNode(call);
  if (callee?.type !== 'selector_expression') return undefined;
  const path = importedPackage(repo, callee)?.path;
  if (path === undefined || !/(^|\/)server$/.test(path)) return undefined;
  const [root, second] = given;
  if (!root || !second) return undefined;
  const none = { options: undefined, dbOpener: undefined, hasOwnStart: false };
  if (callee.name === 'AddCommandsWithStartCmdOptions') {
    const options = given[4];
    const struct = options && structOf(repo, options);
    return {
      call,
      within,
      root,
      home: second,
      options,
      startFlags: struct && fieldOf(struct, 'AddFlags'),
      dbOpener: struct && fieldOf(struct, 'DBOpener'),
      hasOwnStart: !struct || fieldOf(struct, 'StartCommandHandler') !== undefined,
    };
  }
  if (given.length === 5)
    return { call, within, root, home: second, startFlags: given[4], ...none };
  if (given.length !== 4) return undefined;
  return { call, within, root, startFlags: given[3], ...none, ...evmOptions(repo, second) };
}

/** `NewDefaultStartOptions(newApp, home)`, or `StartOptions{DefaultNodeHome: home, …}`. */
function evmOptions(
  repo: Repo,
  options: Expr,
): Pick<ServerCommands, 'home' | 'options' | 'dbOpener'> {
  const { name, arguments: given } = goNode(options);
  if (name === 'NewDefaultStartOptions') return { home: given[1], options, dbOpener: undefined };
  const struct = structOf(repo, options);
  return {
    home: struct && fieldOf(struct, 'DefaultNodeHome'),
    options,
    dbOpener: struct && fieldOf(struct, 'DBOpener'),
  };
}
