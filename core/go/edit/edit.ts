/**
 * Replaces `start…end` of a text by `text`. Inserted text is written with `\n`; `applyEdits` gives
 * it the file's line ends.
 */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * Applies edits that do not overlap. Throws on overlap: two builders that want the same place are a
 * bug.
 */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const crlf = usesCrlf(text);
  // Insertions at one place keep the order in which they were asked for.
  const sorted = edits
    .map((edit, i) => ({ ...edit, i }))
    .sort((a, b) => a.start - b.start || a.end - b.end || a.i - b.i);
  let out = '';
  let from = 0;
  for (const edit of sorted) {
    if (edit.start < from) throw new Error(`edits overlap at offset ${edit.start}`);
    out += text.slice(from, edit.start) + (crlf ? edit.text.replace(/\r?\n/g, '\r\n') : edit.text);
    from = edit.end;
  }
  return out + text.slice(from);
}

/** Whether a file's lines end with CRLF. */
export function usesCrlf(text: string): boolean {
  const newline = text.indexOf('\n');
  return newline > 0 && text[newline - 1] === '\r';
}

/** The offset at which the line of an offset begins. */
export function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

/** The offset just behind a line's end (behind its newline). */
export function lineEnd(text: string, offset: number): number {
  const newline = text.indexOf('\n', offset);
  return newline < 0 ? text.length : newline + 1;
}

/** The white space at the beginning of an offset's line. */
export function indentAt(text: string, offset: number): string {
  return /^[ \t]*/.exec(text.slice(lineStart(text, offset), offset))![0];
}

/** Adds an indent to every line that is not empty, the first one left out. */
export function indentRest(text: string, indent: string): string {
  return text
    .split('\n')
    .map((line, i) => (i === 0 || line === '' ? line : indent + line))
    .join('\n');
}

/** Takes an indent away from every line but the first. */
export function dedentRest(text: string, indent: string): string {
  return text
    .split('\n')
    .map((line, i) => (i > 0 && line.startsWith(indent) ? line.slice(indent.length) : line))
    .join('\n');
}
