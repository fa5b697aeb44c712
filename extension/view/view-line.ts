import { l10n, Range, ThemeIcon, TreeItem, TreeItemCollapsibleState } from 'vscode';
import { placeText } from '../../core/go/source/location.ts';
import { textRange } from '../../core/workspace/text-range.ts';
import type { NodeKind, ViewNode } from '../../core/workspace/view/view-node.ts';
import type { CommandTarget, Targeted } from '../command-target.ts';
import { editorRange } from '../lint/diagnostics.ts';
import type { FailedReading } from '../lint/failed-reading.ts';
import { failedText, failureText, whyText } from '../lint/failed-reading.ts';
import type { Linted } from '../lint/linted.ts';

/** A line of the view, and the chain it tells of. */
export interface ViewLine extends Targeted {
  readonly node: ViewNode;
  /** Undefined of what could not be read. */
  readonly linted: Linted | undefined;
}

/** The icon of each kind of line; the words beside it say the same. */
const icons: Readonly<Record<NodeKind, string>> = {
  app: 'package',
  'upgrade-pending': 'circle-large-outline',
  'upgrade-done': 'pass',
  'upgrade-unregistered': 'circle-slash',
  upgrade: 'git-commit',
  'store-added': 'diff-added',
  'store-deleted': 'diff-removed',
  'store-renamed': 'diff-renamed',
  registration: 'go-to-file',
  baseline: 'git-compare',
  unknown: 'question',
  modules: 'extensions',
  module: 'symbol-module',
  'module-fixed': 'symbol-module',
  migration: 'arrow-right',
  eras: 'layers',
  era: 'milestone',
  'era-switch': 'arrow-swap',
  failed: 'warning',
};

/** A line of a chain. What a command needs to know of it goes along. */
export function viewLine(node: ViewNode, linted: Linted): ViewLine {
  const { app, plan, module } = node;
  const target: CommandTarget = {
    root: linted.root.toString(),
    ...(app !== undefined && { app }),
    ...(plan !== undefined && { plan }),
    ...(module !== undefined && { answers: { module } }),
  };
  return { node, linted, target };
}

/** The line of what could not be read, and why. */
export function failedLine(failure: FailedReading): ViewLine {
  const root = failure.root?.toString();
  return {
    node: {
      id: `failed ${root ?? ''}`,
      kind: 'failed',
      label: failedText(failure),
      note: whyText(failure),
      spoken: failureText(failure),
    },
    linted: undefined,
    target: root === undefined ? undefined : { root },
  };
}

/** How the editor shows a line. */
export function itemOf({ node, linted }: ViewLine): TreeItem {
  const { id, kind, label, note, spoken, location, findings } = node;
  const item = new TreeItem(label, stateOf(node));
  item.id = id;
  item.description = note;
  item.tooltip = location ? `${spoken}\n${placeText(location)}` : spoken;
  item.iconPath = new ThemeIcon(findings && findings.errors > 0 ? 'error' : icons[kind]);
  item.accessibilityInformation = { label: spoken };
  item.contextValue = kind === 'upgrade-pending' && node.plan === undefined ? 'upgrade' : kind;
  if (location && linted) {
    const { start } = editorRange(textRange(linted.repo, location));
    item.command = {
      command: 'vscode.open',
      title: l10n.t('Open'),
      arguments: [linted.uriOf(location.file), { selection: new Range(start, start) }],
    };
  }
  return item;
}

function stateOf({ open, children }: ViewNode): TreeItemCollapsibleState {
  if (!children) return TreeItemCollapsibleState.None;
  return open ? TreeItemCollapsibleState.Expanded : TreeItemCollapsibleState.Collapsed;
}
