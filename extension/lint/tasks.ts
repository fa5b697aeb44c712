import type { Pseudoterminal, TaskDefinition, TaskProvider, Uri, WorkspaceFolder } from 'vscode';
import { CustomExecution, EventEmitter, l10n, Task, workspace } from 'vscode';
import { findingText, reportOf } from '../../core/lint/report.ts';
import type { Repositories, Repository } from '../repositories.ts';
import type { ReportingRun } from '../services.ts';
import { uriBelow } from '../workspace-files.ts';
import { failureText } from './failed-reading.ts';
import type { Linter } from './lint.ts';

/** The type of our tasks, as in the manifest. */
const type = 'chain-upgrade';
const lint = 'lint';
const matcher = '$chain-upgrade';

/**
 * Offers the task "chain-upgrade: lint" for each chain of the workspace. It runs here, so nothing
 * else need be installed.
 */
export function taskProvider(
  repositories: Repositories,
  linter: Linter,
  run: ReportingRun,
): TaskProvider {
  const taskOf = (definition: TaskDefinition, folder: WorkspaceFolder, repository?: Repository) =>
    new Task(
      definition,
      folder,
      lint,
      type,
      new CustomExecution(
        async () => new LintTerminal(repositories, linter, folder, run, repository),
      ),
      matcher,
    );
  return {
    // A workspace that is not trusted runs no tasks.
    provideTasks: async () =>
      workspace.isTrusted
        ? (await repositories.find()).map(repository =>
            taskOf({ type, task: lint }, repository.folder, repository),
          )
        : [],
    resolveTask: ({ definition, scope }) => {
      const folder = typeof scope === 'object' ? scope : workspace.workspaceFolders?.[0];
      return workspace.isTrusted && definition['task'] === lint && folder
        ? taskOf(definition, folder)
        : undefined;
    },
  };
}

/** Lints a folder's chain and prints the findings; ends with 1 where there is an error. */
class LintTerminal implements Pseudoterminal {
  private readonly written = new EventEmitter<string>();
  private readonly closed = new EventEmitter<number>();
  readonly onDidWrite = this.written.event;
  readonly onDidClose = this.closed.event;
  private readonly lint: () => Promise<number>;
  private readonly run: ReportingRun;

  constructor(
    repositories: Repositories,
    linter: Linter,
    folder: WorkspaceFolder,
    run: ReportingRun,
    known: Repository | undefined,
  ) {
    this.run = run;
    this.lint = async () => {
      const { failures } = await linter.lintNow();
      for (const failure of failures) this.say(failureText(failure));
      const repository = known ?? chainOf(folder.uri, await repositories.find());
      const linted = repository && linter.at(repository.root);
      if (!linted && failures.length > 0) return 2;
      if (!linted) {
        this.say(l10n.t('there is no Cosmos SDK app in this folder, so there is nothing to lint'));
        return 0;
      }
      const { findings } = reportOf('', undefined, linted.repo, linted.problems, []);
      const way = wayFrom(folder.uri, linted.root);
      for (const finding of findings)
        this.say(findingText({ ...finding, file: way + finding.file }));
      const count = (severity: string) =>
        findings.filter(finding => finding.severity === severity).length;
      this.say(l10n.t('errors: {0}, warnings: {1}', count('error'), count('warning')));
      return count('error') > 0 ? 1 : 0;
    };
  }

  open(): void {
    let status = 2;
    void this.run(async () => {
      status = await this.lint();
    }).finally(() => this.closed.fire(status));
  }

  close(): void {}

  private say(text: string): void {
    this.written.fire(`${text.replaceAll('\n', '\r\n')}\r\n`);
  }
}

/** The chain that a folder belongs to: of two folders of one chain, only one is its own. */
function chainOf(folder: Uri, repositories: readonly Repository[]): Repository | undefined {
  const around = repositories.filter(
    ({ root }) => root.toString() === folder.toString() || uriBelow(root, folder) !== undefined,
  );
  return around.sort((a, b) => b.root.path.length - a.root.path.length)[0];
}

/**
 * The way from an open folder to the root it belongs to, which may lie above: empty, or `../` for
 * each level.
 */
function wayFrom(folder: Uri, root: Uri): string {
  const below = uriBelow(root, folder);
  return below ? '../'.repeat(below.split('/').filter(Boolean).length) : '';
}
