import { lineStart } from './edit.ts';

/**
 * Where the comment lines directly above what starts there begin: the start of their first line, of
 * its own line where there are none.
 */
export function commentStart(text: string, start: number): number {
  let at = lineStart(text, start);
  while (at > 0) {
    const above = lineStart(text, at - 1);
    if (!text.slice(above, at).trim().startsWith('//')) break;
    at = above;
  }
  return at;
}

/** The comment lines directly above what starts there, without indent; `''` for none. */
export function commentAbove(text: string, start: number): string {
  const lines = text.slice(commentStart(text, start), lineStart(text, start)).split('\n');
  return lines
    .slice(0, -1)
    .map(line => line.trim())
    .join('\n');
}
