import { lineStart } from './edit.ts';

/** A comment by which a tool finds the place where it writes: it belongs to that place. */
const marker = /^\/\/ this line is used by (starport|ignite) scaffolding\b/;

/**
 * Where the comment lines directly above what starts there begin: the start of their first line, of
 * its own line where there are none. Those of above a marker of a scaffold are not among them, nor
 * is that.
 */
export function commentStart(text: string, start: number): number {
  let at = lineStart(text, start);
  while (at > 0) {
    const above = lineStart(text, at - 1);
    const line = text.slice(above, at).trim();
    if (!line.startsWith('//') || marker.test(line)) break;
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
