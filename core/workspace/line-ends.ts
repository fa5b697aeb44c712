/** The text as an editor's document holds it: no byte order mark, and `\n` wherever a line ends. */
export function asDocumentText(text: string): string {
  return text.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n');
}

/**
 * Whether lines end in different ways. An editor cannot keep that: it saves a file with one kind.
 */
export function mixesLineEnds(text: string): boolean {
  return new Set(text.match(/\r\n|\r|\n/g)).size > 1;
}
