import { posix } from 'node:path';
import { anchorsOf } from './citations.ts';
import type { CodeBase, Report } from './code-base.ts';
import { lineAt } from './code-base.ts';

/** A relative link of Markdown. */
const link = String.raw`\]\((?!\w+:)(?<target>[^()\s#]*)(?:#(?<anchor>[^()\s]*))?\)`;

/** A code span that is a path in one of our folders. */
const ourPath =
  '`(?<path>(?:core|host|rehearse|operate|cli|extension|generators|scripts|test|docs)' +
  String.raw`/[\w./-]+)` +
  '`';

/** What a page writes for a name that is still to be given. */
const placeholder = /\b(?:NAME|CHAIN|CASE|PAGE)\b/;

/** Every file, folder and heading that a page of Markdown names is in the repository. */
export function ensureLinksExist(codeBase: CodeBase, report: Report): void {
  const paths = new Set(codeBase.paths.flatMap(withFolders));
  for (const page of codeBase.paths) {
    if (!page.endsWith('.md') || page.startsWith('test/chains/')) continue;
    const text = withoutCode(codeBase.read(page) ?? '');
    for (const { groups = {}, index } of text.matchAll(new RegExp(`${link}|${ourPath}`, 'g'))) {
      const { target, anchor } = groups;
      const file = groups['path'] ?? fileOf(page, target!);
      const line = lineAt(text, index);
      if (!paths.has(file.replace(/\/$/, ''))) {
        if (!placeholder.test(file))
          report(page, line, `names ${file}, which is not in the repository`);
      } else if (anchor !== undefined && !anchorsOf(codeBase.read(file) ?? '').has(anchor)) {
        report(page, line, `names ${file}#${anchor}, and the page has no such anchor`);
      }
    }
  }
}

/** A path, and all folders that it is in. */
function withFolders(path: string): string[] {
  return [...path.matchAll(/\//g)].map(slash => path.slice(0, slash.index)).concat(path);
}

/** The file that a page links to: itself, where only an anchor is given. */
function fileOf(page: string, target: string): string {
  return target === '' ? page : posix.join(posix.dirname(page), target);
}

/** A page with its code emptied, but for spans that are a path of ours; lines stay. */
function withoutCode(text: string): string {
  const isPath = new RegExp(`^${ourPath}$`);
  return text
    .replace(/^```[\s\S]*?^```/gm, block => block.replace(/[^\n]/g, ''))
    .replace(/`[^`\n]+`/g, span => (isPath.test(span) ? span : ''));
}
