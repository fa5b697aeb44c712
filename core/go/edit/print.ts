/**
 * Keyed fields as gofmt lays them out: the values of successive one-line fields stand in a column;
 * a field of several lines ends the column. (go/printer aligns while neither key is longer than 40
 * characters; keys here are field names.)
 */
export function keyedFields(
  fields: readonly { readonly key: string; readonly value: string }[],
  indent: string,
): string {
  const out: string[] = [];
  for (let i = 0; i < fields.length; ) {
    let end = i;
    while (end < fields.length && !fields[end]!.value.includes('\n')) end++;
    const run = fields.slice(i, end);
    const width = Math.max(0, ...run.map(f => f.key.length));
    for (const f of run)
      out.push(`${indent}${f.key}:${' '.repeat(width - f.key.length + 1)}${f.value},`);
    if (end < fields.length) out.push(`${indent}${fields[end]!.key}: ${fields[end]!.value},`);
    i = end + 1;
  }
  return out.join('\n');
}

/**
 * A text whose struct fields with tags stand in columns again, as gofmt has them: within lines that
 * follow one another.
 */
export function alignFields(text: string): string {
  const lines = text
    .split('\n')
    .map(line => ({ line, field: /^\t(\w+) +(\S+) +(`[^`]*`)$/.exec(line) }));
  for (let i = 0; i < lines.length; ) {
    let end = i;
    while (end < lines.length && lines[end]!.field) end++;
    const run = lines.slice(i, end);
    const width = (column: number) =>
      Math.max(0, ...run.map(({ field }) => field![column]!.length));
    for (const one of run) {
      const [, name, type, tag] = one.field!;
      one.line = `\t${name!.padEnd(width(1))} ${type!.padEnd(width(2))} ${tag!}`;
    }
    i = end + 1;
  }
  return lines.map(({ line }) => line).join('\n');
}

/** A `[]string` literal, on one line or one element a line. */
export function stringSlice(
  elements: readonly string[],
  multiline: boolean,
  indent: string,
): string {
  if (!multiline || elements.length === 0) return `[]string{${elements.join(', ')}}`;
  return `[]string{\n${elements.map(e => `${indent}\t${e},`).join('\n')}\n${indent}}`;
}
