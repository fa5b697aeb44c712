/** The first block of code under a heading of a page. Throws where there is none. */
export function recipeUnder(page: string, heading: string): string {
  const sections = page.split(/^#+ /m);
  const section = sections.find(text => text.startsWith(`${heading}\n`));
  const code = /^```\w*\n(.*?)^```$/ms.exec(section ?? '')?.[1];
  if (code !== undefined) return code;
  throw new Error(`there is no code under the heading ${JSON.stringify(heading)}`);
}
