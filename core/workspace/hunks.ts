import { diffLines } from 'diff';

/** Text in place of what stands from one position to another; lines and characters count from 0. */
export interface Hunk {
  readonly from: Position;
  readonly to: Position;
  readonly text: string;
}
export interface Position {
  readonly line: number;
  readonly character: number;
}

/**
 * The smallest changes, by whole lines, that turn one text into another. Cursors and folds
 * elsewhere in a document stay where they are.
 */
export function hunksBetween(before: string, after: string): Hunk[] {
  const hunks: Hunk[] = [];
  let at = 0;
  let start = 0;
  let text: string | undefined;
  const flush = (end: number) => {
    if (text !== undefined)
      hunks.push({ from: positionAt(before, start), to: positionAt(before, end), text });
    text = undefined;
  };
  for (const { value, added, removed } of diffLines(before, after)) {
    if (!added && !removed) flush(at);
    else if (text === undefined) [start, text] = [at, ''];
    if (added) text += value;
    else at += value.length;
  }
  flush(at);
  return hunks;
}

function positionAt(text: string, offset: number): Position {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length - 1, character: before.at(-1)!.length };
}

/** The smallest change in one piece that turns a text into another; its end may lie in a line. */
export function smallestHunk(before: string, after: string): Hunk {
  const longest = Math.min(before.length, after.length);
  let start = 0;
  while (start < longest && before[start] === after[start]) start++;
  let end = 0;
  while (end < longest - start && before[before.length - 1 - end] === after[after.length - 1 - end])
    end++;
  return {
    from: positionAt(before, start),
    to: positionAt(before, before.length - end),
    text: after.slice(start, after.length - end),
  };
}
