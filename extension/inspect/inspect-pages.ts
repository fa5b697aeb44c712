import type { Disposable, WebviewPanel } from 'vscode';
import { commands, l10n, Range, Uri, ViewColumn, window, workspace } from 'vscode';
import { readErasOf } from '../../core/chain/eras/eras.ts';
import type { Location } from '../../core/go/source/location.ts';
import { knownUpgrades } from '../../core/workspace/known-upgrades.ts';
import type { Linter } from '../lint/lint.ts';
import type { Linted } from '../lint/linted.ts';
import { uriBelow } from '../workspace-files.ts';
import type { Inspected } from './page.ts';
import { understoodPage } from './page.ts';

/** What the links of the page do. It is in no menu. */
const openPlace = 'chainUpgrade.openPlace';

interface Page {
  readonly name: string;
  readonly root: Uri;
  readonly panel: WebviewPanel;
  html: string;
}

/** The pages of what was understood, one for each chain. */
export class InspectPages implements Disposable {
  private readonly linter: Linter;
  private readonly pages = new Map<string, Page>();
  private readonly disposables: Disposable[];

  constructor(linter: Linter) {
    this.linter = linter;
    this.disposables = [
      commands.registerCommand(openPlace, (...given: unknown[]) => this.openAt(given)),
      linter.onDidLint(() => this.follow()),
      workspace.onDidChangeWorkspaceFolders(() => this.follow()),
    ];
  }

  /** Shows the page of a chain. */
  show(name: string, linted: Linted): void {
    const key = linted.root.toString();
    const known = this.pages.get(key);
    if (known) {
      this.draw(known, linted);
      known.panel.reveal();
      return;
    }
    const title = l10n.t('What was understood of {0}', name);
    const panel = window.createWebviewPanel('chainUpgrade.inspect', title, ViewColumn.Active, {
      enableScripts: false,
      enableCommandUris: [openPlace],
      localResourceRoots: [],
      enableFindWidget: true,
    });
    const page: Page = { name, root: linted.root, panel, html: '' };
    this.pages.set(key, page);
    panel.onDidDispose(() => this.pages.delete(key));
    // What changed while it was hidden.
    panel.onDidChangeViewState(() => this.follow());
    this.draw(page, linted);
  }

  dispose(): void {
    for (const disposable of this.disposables) disposable.dispose();
    for (const { panel } of [...this.pages.values()]) panel.dispose();
  }

  /** Draws the pages that are seen anew, where they are linted, and closes those of no chain. */
  private follow(): void {
    for (const page of [...this.pages.values()]) {
      const linted = this.linter.at(page.root);
      if (this.isGone(page)) page.panel.dispose();
      else if (linted && page.panel.visible) this.draw(page, linted);
    }
  }

  /** Whether no open folder belongs to its chain, or the folder holds none any more. */
  private isGone({ root }: Page): boolean {
    const folders = workspace.workspaceFolders ?? [];
    const isOpen = folders.some(
      ({ uri }) => uri.toString() === root.toString() || uriBelow(root, uri) !== undefined,
    );
    return !isOpen || (this.linter.all !== undefined && !this.linter.has(root));
  }

  private draw(page: Page, linted: Linted): void {
    const html = understoodPage(inspectedOf(page.name, linted), place =>
      addressOf(linted.root, place),
    );
    // Drawn anew it loses the reader's place.
    if (html === page.html) return;
    page.html = html;
    page.panel.webview.html = html;
  }

  /** Opens a line of a file below the chain of an open page: all else is not what a page has. */
  private async openAt([root, file, line, column]: readonly unknown[]): Promise<void> {
    const page = typeof root === 'string' ? this.pages.get(root) : undefined;
    if (!page || typeof file !== 'string' || !isCount(line) || !isCount(column)) return;
    const uri = Uri.joinPath(page.root, file);
    if (uriBelow(page.root, uri) === undefined) return;
    const at = [line - 1, column - 1] as const;
    await window.showTextDocument(uri, { selection: new Range(...at, ...at) });
  }
}

function isCount(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 1;
}

function inspectedOf(name: string, linted: Linted): Inspected {
  const { chain, repo } = linted.analysis;
  const upgrades = knownUpgrades(linted);
  return {
    name,
    chain,
    apps: chain.apps.map(app => ({
      app,
      upgrades: upgrades.filter(known => known.app === app),
      refs: linted.basesOf(app).map(({ ref }) => ref),
      eras: readErasOf(repo, app),
    })),
    notCompared: linted.notCompared,
  };
}

function addressOf(root: Uri, { file, line, column }: Location): string {
  const given = [root.toString(), file, line, column];
  return `command:${openPlace}?${encodeURIComponent(JSON.stringify(given))}`;
}
