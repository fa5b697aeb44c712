const lineStarts = new WeakMap<object, readonly number[]>();

/**
 * Where a range of a file stands, in lines and columns that people count (1-based, UTF-16 units).
 */
export function locationOf(
  facts: { readonly path: string; readonly text: string },
  range: { readonly start: number; readonly end: number },
): Location {
  let starts = lineStarts.get(facts);
  if (!starts) {
    starts = startsOf(facts.text);
    lineStarts.set(facts, starts);
  }
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle]! <= range.start) low = middle;
    else high = middle - 1;
  }
  return {
    file: facts.path,
    start: range.start,
    end: range.end,
    line: low + 1,
    column: range.start - starts[low]! + 1,
  };
}

function startsOf(text: string): number[] {
  const starts = [0];
  for (let i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) starts.push(i + 1);
  return starts;
}

/** A place as messages name it, such as `app/app.go:51`. */
export function placeText({
  file,
  line,
}: {
  readonly file: string;
  readonly line: number;
}): string {
  return `${file}:${line}`;
}

/** Where something stands: offsets for edits, 1-based line and column (UTF-16) for people. */
export interface Location {
  readonly file: string;
  readonly start: number;
  readonly end: number;
  readonly line: number;
  readonly column: number;
}
