import { posix } from 'node:path';
import { commentsOf, parse } from '../check/tokens.ts';
import type { CodeBase, Report } from './code-base.ts';
import { lineAt } from './code-base.ts';

/** A file that a comment names, and the anchor in it. */
interface Citation {
  readonly path: string;
  readonly anchor: string | undefined;
}

/** A page, wherever it is, or a file of one of our folders. */
const citedFile = new RegExp(
  String.raw`(?<![\w/<.*-])(?<page>(?:[\w.-]+/)*[\w-]+\.md)(?:#(?<anchor>[\w-]+))?` +
    String.raw`|(?<![\w/<.*-])(?<file>(?:core|host|rehearse|operate|cli|extension|generators|scripts|test|docs)` +
    String.raw`/[\w./-]+\.(?:ts|mjs|json))\b` +
    // A chapter of a document that is called by a name in capitals.
    String.raw`|\b(?<document>DESIGN|CONTRACT)(?= \d)`,
  'g',
);

/** Every file that a comment cites is in the repository, and so is the anchor in it. */
export function ensureCitationsExist(codeBase: CodeBase, report: Report): void {
  const paths = new Set(codeBase.paths);
  for (const path of codeBase.paths) {
    if (!/\.(ts|mjs)$/.test(path) || path.startsWith('test/chains/')) continue;
    const text = codeBase.read(path) ?? '';
    for (const comment of commentsOf(parse(text))) {
      for (const citation of citationsIn(comment.text)) {
        const fault = citationFault(codeBase, paths, path, citation);
        if (fault) report(path, lineAt(text, comment.start), fault);
      }
    }
  }
}

function citationsIn(comment: string): Citation[] {
  return [...comment.matchAll(citedFile)].map(({ groups = {} }) => ({
    path: groups['page'] ?? groups['file'] ?? groups['document']!,
    anchor: groups['anchor'],
  }));
}

function citationFault(
  codeBase: CodeBase,
  paths: ReadonlySet<string>,
  from: string,
  { path, anchor }: Citation,
): string | undefined {
  const candidates = [path, posix.join(posix.dirname(from), path)];
  const found = candidates.find(candidate => paths.has(candidate));
  if (found === undefined) return `a comment cites ${path}, which is not in the repository`;
  if (anchor === undefined || anchorsOf(codeBase.read(found) ?? '').has(anchor)) return undefined;
  return `a comment cites ${path}#${anchor}, and the page has no such anchor`;
}

/** What a link into a page of Markdown can name: its headings as GitHub does it, and its ids. */
export function anchorsOf(page: string): Set<string> {
  const headings = [...page.matchAll(/^#+ (.+)$/gm)].map(match => slug(match[1]!));
  const ids = [...page.matchAll(/\bid="([^"]+)"/g)].map(match => match[1]!);
  return new Set([...headings, ...ids]);
}

function slug(heading: string): string {
  const kept = heading
    .trim()
    .toLowerCase()
    .replace(/[^\p{Letter}\p{Number}\s_-]/gu, '');
  return kept.replaceAll(' ', '-');
}
