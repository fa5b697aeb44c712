/**
 * A command line for a POSIX shell. Texts are quoted where they have to be; what begins with `$` is
 * a variable, and is left to the shell.
 */
export function commandLine(words: readonly string[]): string {
  return words.map(word => (/^\$[A-Z_]+$/.test(word) ? `"${word}"` : quoted(word))).join(' ');
}

/** A text as one word. */
function quoted(text: string): string {
  if (/^[\w@%+=:,./-]+$/.test(text)) return text;
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
