import { lineStart } from './edit.ts';

/** The comment lines directly above what starts there, without indent; `''` for none. */
export function commentAbove(text: string, start: number): string {
  const lines: string[] = [];
  let at = lineStart(text, start);
  while (at > 0) {
    const from = lineStart(text, at - 1);
    const line = text.slice(from, at).trim();
    if (!line.startsWith('//')) break;
    lines.unshift(line);
    at = from;
  }
  return lines.join('\n');
}
