import type { Disposable, TreeDataProvider, TreeItem, TreeView } from 'vscode';
import { commands, EventEmitter, window, workspace } from 'vscode';
import { basename } from '../../core/files.ts';
import { chainNodes } from '../../core/workspace/view/chain-nodes.ts';
import { countFindings, countsText } from '../../core/workspace/view/finding-counts.ts';
import type { Linter } from '../lint/lint.ts';
import type { Linted } from '../lint/linted.ts';
import type { ViewLine } from './view-line.ts';
import { failedLine, itemOf, viewLine } from './view-line.ts';

/** The view's id, as in the manifest. */
const viewId = 'chainUpgrade.chains';

/** Where the reading of the workspace stands; the words that stand in an empty view depend on it. */
type State = 'chain' | 'failed' | 'none' | undefined;

/** The view "Chain Upgrades": apps, their upgrades and modules, and what is found in them. */
export class ChainView implements TreeDataProvider<ViewLine>, Disposable {
  private readonly linter: Linter;
  private readonly changed = new EventEmitter<void>();
  readonly onDidChangeTreeData = this.changed.event;
  private readonly view: TreeView<ViewLine>;
  private readonly disposables: Disposable[];
  private state: State;

  constructor(linter: Linter) {
    this.linter = linter;
    this.view = window.createTreeView(viewId, { treeDataProvider: this, showCollapseAll: true });
    this.disposables = [this.view, this.changed, linter.onDidLint(() => this.refresh())];
  }

  getTreeItem(line: ViewLine): TreeItem {
    return itemOf(line);
  }

  async getChildren(line?: ViewLine): Promise<ViewLine[]> {
    if (!line) {
      // The editor shows that it waits.
      await this.linter.firstReading;
      return [
        ...this.linter.failures.map(failedLine),
        ...(this.linter.all ?? []).flatMap(linted => this.linesOf(linted)),
      ];
    }
    const { node, linted } = line;
    return linted ? (node.children?.() ?? []).map(child => viewLine(child, linted)) : [];
  }

  dispose(): void {
    for (const disposable of this.disposables) disposable.dispose();
  }

  private linesOf(linted: Linted): ViewLine[] {
    const folder = workspace.getWorkspaceFolder(linted.root);
    const isOnly = this.linter.all?.length === 1;
    const nodes = chainNodes(linted, {
      name: isOnly ? '' : (folder?.name ?? basename(linted.root.path)),
      id: linted.root.toString(),
      notCompared: linted.notCompared,
    });
    return nodes.map(node => viewLine(node, linted));
  }

  private refresh(): void {
    const all = this.linter.all ?? [];
    const findings = countFindings(all.flatMap(({ problems }) => problems));
    const value = findings.errors + findings.warnings;
    this.view.badge = value === 0 ? undefined : { value, tooltip: countsText(findings) };
    this.tellState();
    this.changed.fire();
  }

  /** Tells the editor where the reading stands, where that is another than before. */
  private tellState(): void {
    const state = stateOf(this.linter);
    if (state === this.state) return;
    this.state = state;
    void commands.executeCommand('setContext', 'chainUpgrade.state', state);
  }
}

function stateOf({ all, failures }: Linter): State {
  if (!all) return undefined;
  // Where an app is typed away there is none, though its repository is still linted.
  if (all.some(({ apps }) => apps.length > 0)) return 'chain';
  return failures.length > 0 ? 'failed' : 'none';
}
