/** A line of a block that gofmt lays out in columns: `head` and `rest`, and a comment behind them. */
interface Row {
  readonly head: string;
  readonly rest: string;
  readonly comment: string;
}

/**
 * Lines that follow one another with their second column, and the comments at their ends, aligned
 * as gofmt does it: comments only within lines that follow one another and have one. `lines` are
 * without indent; undefined where a line is not of the form that `pattern` has (groups `head`,
 * `rest`).
 */
export function inColumns(lines: readonly string[], pattern: RegExp): string[] | undefined {
  const rows: Row[] = [];
  for (const line of lines) {
    const comment = commentOf(line);
    const code = line.slice(0, line.length - comment.length).trimEnd();
    const found = pattern.exec(code)?.groups;
    if (!found) return undefined;
    rows.push({ head: found['head']!, rest: found['rest']!, comment });
  }
  const width = Math.max(...rows.map(({ head }) => head.length));
  const codes = rows.map(({ head, rest }) => `${head.padEnd(width)} ${rest}`);
  return rows.map(({ comment }, i) => {
    if (comment === '') return codes[i]!;
    return `${codes[i]!.padEnd(Math.max(...runAround(rows, i).map(at => codes[at]!.length)))} ${comment}`;
  });
}

/** The comment at a line's end; a string that holds `//` is none. */
function commentOf(line: string): string {
  const bare = line.replace(/"(?:[^"\\]|\\.)*"|`[^`]*`/g, text => '_'.repeat(text.length));
  const at = bare.indexOf('//');
  return at < 0 ? '' : line.slice(at);
}

/** The numbers of the rows around one that follow one another and have a comment as it has. */
function runAround(rows: readonly Row[], at: number): number[] {
  const run = [at];
  for (let i = at - 1; i >= 0 && rows[i]!.comment !== ''; i--) run.push(i);
  for (let i = at + 1; i < rows.length && rows[i]!.comment !== ''; i++) run.push(i);
  return run;
}
