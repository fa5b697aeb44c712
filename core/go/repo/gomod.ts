/** What a go.mod (or go.work) says that matters here. */
export interface GoMod {
  /** The folder that holds it, `''` for the root. */
  readonly dir: string;
  readonly module: string;
  /** The `go` directive, such as `1.22` or `1.22.3`. */
  readonly go: string | undefined;
  readonly require: ReadonlyMap<string, string>;
  readonly replace: readonly Replace[];
}

export interface Replace {
  readonly from: string;
  readonly version: string | undefined;
  readonly to: string;
  readonly toVersion: string | undefined;
}

/** Reads a go.mod. Unknown lines are passed over, as the format asks of tools. */
export function readGoMod(dir: string, text: string): GoMod {
  let module = '';
  let go: string | undefined;
  const require = new Map<string, string>();
  const replace: Replace[] = [];
  for (const [verb, ...words] of directives(text)) {
    if (verb === 'module') module = words[0] ?? '';
    else if (verb === 'go') go = words[0];
    else if (verb === 'require' && words[0] && words[1]) require.set(words[0], words[1]);
    else if (verb === 'replace') {
      const arrow = words.indexOf('=>');
      if (arrow > 0)
        replace.push({
          from: words[0]!,
          version: arrow > 1 ? words[1] : undefined,
          to: words[arrow + 1] ?? '',
          toVersion: words[arrow + 2],
        });
    }
  }
  return { dir, module, go, require, replace };
}

/** The folders a go.work uses. */
export function readGoWork(text: string): string[] {
  return [...directives(text)].filter(([verb]) => verb === 'use').map(words => words[1] ?? '');
}

function* directives(text: string): Generator<string[]> {
  let block: string | undefined;
  for (const raw of text.replace(/^\uFEFF/, '').split(/\r?\n/)) {
    const words = wordsOf(raw);
    if (words.length === 0) continue;
    if (words[0] === ')') block = undefined;
    else if (block !== undefined) yield [block, ...words];
    else if (words.length === 2 && words[1] === '(') block = words[0];
    else yield words;
  }
}

/** The words of a line without its comment; a quoted word may hold anything. */
function wordsOf(line: string): string[] {
  const words: string[] = [];
  for (const [word] of line.matchAll(
    /"(?:[^"\\]|\\.)*"|`[^`]*`|\/\/.*|[()]|(?:(?!\/\/)[^\s()"`])+/g,
  )) {
    if (word.startsWith('//')) break;
    words.push(/^["`]/.test(word) ? word.slice(1, -1) : word);
  }
  return words;
}
