import type { Disposable, WebviewPanel } from 'vscode';
import { commands, Range, Uri, ViewColumn, window, workspace } from 'vscode';
import type { Location } from '../../core/go/source/location.ts';
import { knownUpgrades } from '../../core/workspace/known-upgrades.ts';
import type { Linter } from '../lint/lint.ts';
import type { Linted } from '../lint/linted.ts';
import { understoodPage } from './page.ts';

/** What the links of the page do. It is in no menu. */
const openPlace = 'chainUpgrade.openPlace';

interface Page {
  readonly name: string;
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
      commands.registerCommand(openPlace, openAt),
      linter.onDidLint(() => this.follow()),
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
    const title = `What was understood of ${name}`;
    const panel = window.createWebviewPanel('chainUpgrade.inspect', title, ViewColumn.Active, {
      enableScripts: false,
      enableCommandUris: [openPlace],
      localResourceRoots: [],
      enableFindWidget: true,
    });
    const page: Page = { name, panel, html: '' };
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

  /** Draws the pages that are seen anew, where they are linted. */
  private follow(): void {
    for (const linted of this.linter.all ?? []) {
      const page = this.pages.get(linted.root.toString());
      if (page?.panel.visible) this.draw(page, linted);
    }
  }

  private draw(page: Page, linted: Linted): void {
    const html = understoodPage(
      {
        name: page.name,
        chain: linted.analysis.chain,
        upgrades: knownUpgrades(linted),
        refs: (linted.options().bases ?? []).map(({ ref }) => ref),
        notCompared: linted.notCompared,
      },
      place => addressOf(linted.root, place),
    );
    // Drawn anew it loses the reader's place.
    if (html === page.html) return;
    page.html = html;
    page.panel.webview.html = html;
  }
}

function addressOf(root: Uri, { file, line, column }: Location): string {
  const given = [Uri.joinPath(root, file).toString(), line, column];
  return `command:${openPlace}?${encodeURIComponent(JSON.stringify(given))}`;
}

/** Opens a file of the workspace; other addresses are not what a page has. */
async function openAt(address: unknown, line: unknown, column: unknown): Promise<void> {
  if (typeof address !== 'string' || typeof line !== 'number' || typeof column !== 'number') return;
  const uri = Uri.parse(address);
  const isOurs = (workspace.workspaceFolders ?? []).some(
    folder => folder.uri.scheme === uri.scheme,
  );
  if (!isOurs) return;
  await window.showTextDocument(uri, {
    selection: new Range(line - 1, column - 1, line - 1, column - 1),
  });
}
