import type { Disposable, DocumentLinkProvider } from 'vscode';
import { DocumentLink, languages, Range, Uri } from 'vscode';
import { scheme } from '../virtual-documents.ts';

const definition = /^\[([^\]]+)\]: (\S+)$/;

/**
 * Makes the page's `[file:line]` links that lead there; Markdown's own would lead to the
 * definitions at its end.
 */
const provider: DocumentLinkProvider = {
  provideDocumentLinks(document) {
    const lines = document.getText().split('\n');
    const targets = new Map(
      lines.flatMap(line => {
        const found = definition.exec(line);
        return found ? [[found[1]!, Uri.parse(found[2]!)] as const] : [];
      }),
    );
    return lines.flatMap((line, i) =>
      definition.test(line)
        ? []
        : [...line.matchAll(/\[([^\]]+:\d+)\]/g)].flatMap(match => {
            const target = targets.get(match[1]!);
            return target
              ? new DocumentLink(
                  new Range(i, match.index + 1, i, match.index + match[0].length - 1),
                  target,
                )
              : [];
          }),
    );
  },
};

/** Registers the links of pages of what was understood. */
export function registerPlaceLinks(): Disposable {
  return languages.registerDocumentLinkProvider({ scheme, language: 'markdown' }, provider);
}
