import { fieldLine, keyedLine } from '../../edit/aligned-line.ts';
import { inColumns } from '../../edit/columns.ts';

/** What gofmt lays out in columns: elements, declarations of values, fields, and comments alone. */
const layouts = [
  keyedLine,
  /^(?<head>\w+(?: [*\w.[\]]+)?)\s+(?<rest>=\s.*)$/,
  fieldLine,
  /^(?<head>)(?<rest>\S.*)$/,
];

/**
 * A text whose words were replaced, line by line, with the columns of the changed lines as gofmt
 * sets them: where the lines around stood in columns before, they do so again.
 */
export function withColumns(before: string, after: string): string {
  const [old, now] = [before.split('\n'), after.split('\n')];
  if (old.length !== now.length) return after;
  const out = [...now];
  const isImport = importLines(old);
  let next = 0;
  for (const [i, line] of now.entries()) {
    if (i < next || line === old[i] || isImport[i]) continue;
    const [first, end] = blockAround(old, i);
    next = end;
    const laid = laidOut(old.slice(first, end), now.slice(first, end));
    if (laid) out.splice(first, end - first, ...laid);
  }
  return out.join('\n');
}

/** Which lines lie in a block of imports, which gofmt sorts and does not lay out. */
function importLines(lines: readonly string[]): boolean[] {
  let isInside = false;
  return lines.map(line => {
    if (/^import \($/.test(line.trim())) isInside = true;
    else if (line.trim() === ')') isInside = false;
    return isInside;
  });
}

function blockAround(lines: readonly string[], at: number): [first: number, end: number] {
  let [first, end] = [at, at + 1];
  while (first > 0 && isPlain(lines[first - 1]!)) first--;
  while (end < lines.length && isPlain(lines[end]!)) end++;
  return [first, end];
}

function isPlain(line: string): boolean {
  const code = line.trim();
  return code !== '' && !code.startsWith('//') && !/^[)}]|[({]$/.test(code);
}

function laidOut(old: readonly string[], now: readonly string[]): string[] | undefined {
  const indents = old.map(line => /^\s*/.exec(line)![0]);
  const bare = (lines: readonly string[]) => lines.map(line => line.trim());
  for (const layout of layouts) {
    const was = inColumns(bare(old), layout)?.map(line => line.trim());
    if (was?.join('\n') !== bare(old).join('\n')) continue;
    const is = inColumns(bare(now), layout);
    const end = (line: string) => (line.endsWith('\r') ? '\r' : '');
    return is?.map((line, i) => `${indents[i]!}${line.trim()}${end(now[i]!)}`);
  }
  return undefined;
}
