/** A text whose struct fields with tags stand in columns again, as gofmt has them: within lines that follow one another. */
export function alignFields(text: string): string {
  const lines = text.split('\n').map(line => ({ line, field: /^\t(\w+) +(\S+) +(`[^`]*`)$/.exec(line) }));
  for (let i = 0; i < lines.length;) {
    let end = i;
    while (end < lines.length && lines[end]!.field) end++;
    const run = lines.slice(i, end), width = (column: number) => Math.max(0, ...run.map(({ field }) => field![column]!.length));
    for (const one of run) one.line = `\t${one.field![1]!.padEnd(width(1))} ${one.field![2]!.padEnd(width(2))} ${one.field![3]!}`;
    i = end + 1;
  }
  return lines.map(({ line }) => line).join('\n');
}
