import type { DaemonFacts } from '../../chain/daemon/daemon.ts';
import { readDaemon } from '../../chain/daemon/daemon.ts';
import { readGuard } from '../../chain/guard.ts';
import { join } from '../../files.ts';
import { goNode } from '../../go/eval/go-node.ts';
import { textOf } from '../../go/eval/value.ts';
import type { Repo } from '../../go/repo/repo.ts';
import { Refusal } from '../../refusal.ts';
import { render } from '../../render.ts';
import type { Generation } from '../../sdk/generations.ts';
import { generationIsBefore } from '../../sdk/generations.ts';
import type { ServerCommands } from '../../wiring/daemon/server-commands.ts';
import { addCommandsBehind, onlyServerCommands } from '../daemon/root-command.ts';
import type { Create } from '../plan.ts';
import type { PlanInput } from '../plan-input.ts';
import type { Answers } from '../question.ts';
import type { Step } from '../task.ts';
import { commandFile } from './command-file.ts';
import { nextVersion } from './next-version.ts';
import { plansSinceRelease } from './pending.ts';
import { preUpgradeOf } from './pre-upgrade.ts';
import { startVersion } from './questions.ts';
import type { NewRelease } from './release-row.ts';
import { releaseRow } from './release-row.ts';
import { guardFunction, guardStartIn } from './start.ts';

/** The step that adds the version guard. Throws `Refusal` where the chain or an answer hinders it. */
export function guardSteps(input: PlanInput, answers: Answers): readonly Step[] {
  const { analysis, app } = input;
  const { repo } = analysis;
  const generation = generationFor(input);
  const daemon = daemonFor(repo, input);
  const guard = readGuard(repo, daemon);
  if (guard) throw new Refusal(`the version guard is there already, in ${guard.dir}`);
  const version = startVersion(answers);
  const software = softwareFor(input, answers);
  const upgrades = plansSinceRelease(input);
  return [
    {
      name: 'add the version guard',
      apply(draft) {
        const files = packageFiles(repo, input, { version, software, upgrades });
        const commands = guardedCommands(daemon);
        const appversion = `${repo.importPath(app.dir)!}/appversion`;
        const own = preUpgradeOf(repo, daemon);
        const request = { generation, appversion, preUpgrade: !own };
        const file = orSnippet(commands, files, undefined, () =>
          commandFile(repo, commands, request),
        );
        orSnippet(commands, files, file, () => {
          guardStartIn(draft.edits, commands);
          addCommandsBehind(draft.edits, commands, commandsMade(commands, !own));
        });
        draft.creates.push(...files, file);
        if (own)
          draft.note(
            `the daemon has a pre-upgrade command of its own, in ${own.file}:${own.line}: have it call ` +
              'checkAppVersion and end with os.Exit(30) on an error, for cosmovisor goes on after exit 1',
          );
        draft.note(
          'release this as it is before the next upgrade: a node records its app version when it ' +
            'starts, and only what is recorded can be compared',
        );
        return [{ kind: 'guard', dir: app.dir, version, software }];
      },
    },
  ];
}

function generationFor({ app }: PlanInput): Generation {
  const { generation } = app.sdk;
  if (generation === null || generationIsBefore(generation, '0.47'))
    throw new Refusal(
      'the version guard is written for the Cosmos SDK 0.47 to 0.55; this chain is on ' +
        (generation ?? 'one that could not be determined'),
    );
  return generation;
}

function daemonFor(repo: Repo, { app }: PlanInput): DaemonFacts {
  const daemon = readDaemon(repo, app);
  if (daemon) return daemon;
  throw new Refusal(
    `no main package, or more than one, starts the app in ${app.dir || 'the root folder'}: ` +
      'the version guard belongs in the start of one daemon',
  );
}

/** The one call that adds the server's commands, which can be guarded. */
function guardedCommands(daemon: DaemonFacts): ServerCommands {
  const own = daemon.commands.find(({ hasOwnStart }) => hasOwnStart);
  if (own)
    throw new Refusal('the start command runs something else than the SDK: StartCommandHandler', {
      file: own.call.facts.path,
    });
  return onlyServerCommands(daemon);
}

/** How this release is called in messages. */
function softwareFor({ base }: PlanInput, answers: Answers): string {
  const given = answers['software'];
  if (typeof given === 'string' && given.trim() !== '') return given.trim();
  const next = base && nextVersion(base.ref);
  if (next !== undefined) return next;
  throw new Refusal(
    'how shall messages call this release? Name it with --software NAME, such as v1.4.x',
  );
}

const plainFiles = ['appversion.go', 'record.go', 'appversion_test.go'];

/** The files of the package that decides. */
function packageFiles(repo: Repo, { app }: PlanInput, row: NewRelease): Create[] {
  const dir = join(app.dir, 'appversion');
  const there = [...repo.texts.keys()].find(path => path.startsWith(`${dir}/`));
  if (there !== undefined)
    throw new Refusal(`${dir} exists already; move it, or add the guard by hand`, { file: there });
  const data = { start: row.version, row: releaseRow(row) };
  return [
    ...plainFiles.map(file => ({ file: join(dir, file), text: render(`guard/${file}`, {}) })),
    { file: join(dir, 'releases.go'), text: render('guard/releases.go', data) },
    { file: join(dir, 'releases_test.go'), text: render('guard/releases_test.go', data) },
  ];
}

/** The expressions that make the guard's commands. */
function commandsMade({ home, call }: ServerCommands, preUpgrade: boolean): string[] {
  if (!preUpgrade) return ['appVersionCmd()'];
  if (home?.facts !== call.facts || !isSeenFrom(home.node.type))
    throw new Refusal("the default home is not written where the server's commands are added");
  return ['appVersionCmd()', `preUpgradeCmd(${textOf(home)})`];
}

function isSeenFrom(type: string): boolean {
  return /^(identifier|selector_expression|interpreted_string_literal|call_expression)$/.test(type);
}

/** Does something to the daemon; where that is refused, all that is to be pasted comes with it. */
function orSnippet<T>(
  commands: ServerCommands,
  files: readonly Create[],
  commandFileText: Create | undefined,
  act: () => T,
): T {
  try {
    return act();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new Refusal(`${error.message}; add the guard by hand`, {
      file: commands.call.facts.path,
      line: lineOf(commands),
      snippet: snippetOf(commands, [...files, ...(commandFileText ? [commandFileText] : [])]),
    });
  }
}

function lineOf({ call }: ServerCommands): number {
  return call.facts.text.slice(0, call.node.start).split('\n').length;
}

function snippetOf({ call, root, home }: ServerCommands, files: readonly Create[]): string {
  const callee = goNode(call).callee?.text ?? 'server.AddCommands';
  const statements = [
    `// As the last statement of the function that ${callee} hands the start command to:`,
    `${guardFunction}(startCmd)`,
    `// Behind ${callee}:`,
    `${textOf(root)}.AddCommand(appVersionCmd(), preUpgradeCmd(${home ? textOf(home) : 'defaultNodeHome'}))`,
  ];
  const texts = files.map(({ file, text }) => `// The file ${file}:\n${text}`);
  return [statements.join('\n'), ...texts].join('\n\n');
}
