import type { Repo } from '../go/repo/repo.ts';
import type { Location } from '../go/source/location.ts';
import { locationOf } from '../go/source/location.ts';
import type { Position } from './hunks.ts';

/** A stretch of a document, as editors count: lines and UTF-16 units from 0, the end exclusive. */
export interface TextRange {
  readonly start: Position;
  readonly end: Position;
}

/** A place as an editor counts. A document has no byte order mark, a file may have one. */
export function textRange(repo: Repo, location: Location): TextRange {
  const text = repo.texts.get(location.file) ?? '';
  const mark = text.startsWith('\ufeff') ? 1 : 0;
  const facts = { path: location.file, text };
  const end = locationOf(facts, { start: location.end, end: location.end });
  const character = (line: number, column: number) =>
    Math.max(0, column - 1 - (line === 1 ? mark : 0));
  return {
    start: { line: location.line - 1, character: character(location.line, location.column) },
    end: { line: end.line - 1, character: character(end.line, end.column) },
  };
}

/** What stands between two offsets of a file, as an editor counts. */
export function rangeBetween(repo: Repo, file: string, start: number, end: number): TextRange {
  const text = repo.texts.get(file) ?? '';
  return textRange(repo, locationOf({ path: file, text }, { start, end }));
}

/** The offset of an editor's position in a file's text; undefined where there is no such line. */
export function offsetAt(
  repo: Repo,
  file: string,
  { line, character }: Position,
): number | undefined {
  const text = repo.texts.get(file);
  if (text === undefined) return undefined;
  let start = text.startsWith('\ufeff') ? 1 : 0;
  for (let at = 0; at < line; at++) {
    const end = text.indexOf('\n', start);
    if (end < 0) return undefined;
    start = end + 1;
  }
  return start + character;
}

/** Whether two stretches share a place; touching counts. */
export function touches(a: TextRange, b: TextRange): boolean {
  return !isBefore(a.end, b.start) && !isBefore(b.end, a.start);
}

function isBefore(a: Position, b: Position): boolean {
  return a.line < b.line || (a.line === b.line && a.character < b.character);
}
