import type { CodeLens, DocumentLink, Hover, Position } from 'vscode-languageserver/node.js';
import { MarkupKind } from 'vscode-languageserver/node.js';
import { hoverMarkdown } from '../../core/workspace/hover-markdown.ts';
import { hoverAt } from '../../core/workspace/hovers.ts';
import type { Lens } from '../../core/workspace/lenses.ts';
import { lensesOf } from '../../core/workspace/lenses.ts';
import { ruleLinks } from '../../core/workspace/rule-links.ts';
import { textRange } from '../../core/workspace/text-range.ts';
import { rulePage } from '../../host/rule-pages.ts';
import type { ChainFile } from './chains.ts';
import type { ClientFeatures } from './client.ts';
import { serverCommands, writesPlans } from './client.ts';

/** The lenses of a file. What an editor could not do is left out. */
export function codeLenses(
  { chain, path }: ChainFile,
  uri: string,
  features: ClientFeatures,
): CodeLens[] {
  return lensesOf(chain.linted, path)
    .filter(({ migrates }) => migrates === undefined || writesPlans(features))
    .map(lens => ({
      range: textRange(chain.linted.repo, lens.location),
      command: { title: lens.title, ...actOf(lens, uri) },
    }));
}

function actOf({ migrates }: Lens, uri: string) {
  // A lens without a command is a text.
  if (migrates === undefined) return { command: '' };
  const given = { uri, answers: { module: migrates } };
  return { command: serverCommands.newMigration, arguments: [given] };
}

/** What is known of the place below the pointer. */
export function hoverOf(
  { chain, path }: ChainFile,
  position: Position,
  features: ClientFeatures,
): Hover | null {
  const found = hoverAt(chain.linted, path, position);
  if (!found) return null;
  const { markdownHovers } = features;
  return {
    range: found.range,
    contents: {
      kind: markdownHovers ? MarkupKind.Markdown : MarkupKind.PlainText,
      value: markdownHovers ? hoverMarkdown(found) : [found.heading, ...found.facts].join('\n'),
    },
  };
}

/** Rules that a file names, each with its page. */
export function documentLinks({ chain, path }: ChainFile): DocumentLink[] {
  return ruleLinks(chain.linted.repo, path)
    .filter(({ rule }) => rule !== 'suppression')
    .map(({ range, rule }) => ({
      range,
      target: rulePage(rule).href,
      tooltip: `the rule ${rule}`,
    }));
}
