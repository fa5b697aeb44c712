import type { HoverText } from './hovers.ts';

/** A hover as Markdown: its heading, and a list of its facts. */
export function hoverMarkdown({ heading, facts }: HoverText): string {
  const lines = facts.map(fact => `* ${asPlainText(fact)}`);
  return [`**${asPlainText(heading)}**`, '', ...lines].join('\n');
}

/**
 * Text of a repository is shown as it is, on one line: none of it is Markdown, an address is no
 * link, and what begins like a list or a heading is none.
 */
function asPlainText(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[\\`*_{}[\]<>#|!~&@]/g, '\\$&')
    .replace(/:(?=\/\/)|(?<=\bwww)\.|^[-+=]|(?<=^\d+)[.)]/gi, '\\$&');
}
