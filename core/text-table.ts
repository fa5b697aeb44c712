/** A title and rows below it; nothing where there are none. */
export function textSection(title: string, rows: readonly (readonly string[])[]): string[] {
  return rows.length > 0 ? [title, ...textTable(rows)] : [];
}

/** Rows with their columns under each other, indented. */
export function textTable(rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = [];
  for (const row of rows)
    row.forEach((cell, i) => {
      widths[i] = Math.max(widths[i] ?? 0, cell.length);
    });
  return rows.map(row => `  ${row.map((cell, i) => cell.padEnd(widths[i]!)).join('  ')}`.trimEnd());
}
