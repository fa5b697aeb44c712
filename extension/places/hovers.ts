import type { Disposable } from 'vscode';
import { Hover, languages, MarkdownString } from 'vscode';
import { hoverMarkdown } from '../../core/workspace/hover-markdown.ts';
import { hoverAt } from '../../core/workspace/hovers.ts';
import { editorRange } from '../lint/diagnostics.ts';
import type { Linter } from '../lint/lint.ts';

/** Tells of the store, plan or version below the pointer, beside what gopls tells. */
export function registerHovers(linter: Linter): Disposable {
  return languages.registerHoverProvider(
    { language: 'go', scheme: '*' },
    {
      provideHover(document, position) {
        linter.settle();
        const at = linter.of(document.uri);
        const found = at && hoverAt(at.linted, at.path, position);
        return (
          found && new Hover(new MarkdownString(hoverMarkdown(found)), editorRange(found.range))
        );
      },
    },
  );
}
