/**
 * A page with its generated part, between `<!-- name -->` and `<!-- /name -->`, replaced; what
 * stands around it is written by hand and stays. Throws where the page has no such part.
 */
export function withSection(page: string, name: string, text: string): string {
  const open = `<!-- ${name} -->\n`;
  const close = `<!-- /${name} -->\n`;
  const from = page.indexOf(open);
  const to = page.indexOf(close);
  if (from < 0 || to < from)
    throw new Error(`there is no ${open.trim()} … ${close.trim()} to write between`);
  return `${page.slice(0, from)}${open}${text}${page.slice(to)}`;
}

/** A Markdown table. Cells are written as they are. */
export function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  return [heads, heads.map(() => '---'), ...rows]
    .map(cells => `| ${cells.join(' | ')} |\n`)
    .join('');
}

/** A text that can stand in a table's cell. */
export function cell(text: string): string {
  return text.replaceAll('|', '\\|').replace(/\s*\n\s*/g, ' ');
}
