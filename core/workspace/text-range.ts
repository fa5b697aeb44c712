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

/** Whether two stretches share a place; touching counts. */
export function touches(a: TextRange, b: TextRange): boolean {
  return !isBefore(a.end, b.start) && !isBefore(b.end, a.start);
}

function isBefore(a: Position, b: Position): boolean {
  return a.line < b.line || (a.line === b.line && a.character < b.character);
}
