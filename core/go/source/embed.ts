import { escapeRegExp } from '../../escape-reg-exp.ts';
import { dirname, join } from '../../files.ts';

/** The patterns of the `//go:embed` lines of a text, in order. */
export function embedPatterns(text: string): string[] {
  return [...text.matchAll(/^[ \t]*\/\/go:embed[ \t]+(.+?)[ \t]*$/gm)].flatMap(([, written]) =>
    [...written!.matchAll(/"([^"]*)"|`([^`]*)`|(\S+)/g)].map(
      ([, quoted, raw, plain]) => quoted ?? raw ?? plain!,
    ),
  );
}

/**
 * Whether a pattern in a Go file takes a file in: by its name or its folder's, as `path.Match` of Go
 * compares these.
 */
export function embeds(goFile: string, pattern: string, path: string): boolean {
  const full = join(dirname(goFile), pattern.replace(/^all:/, ''));
  if (path === full || path.startsWith(`${full}/`)) return true;
  if (!/[*?[\\]/.test(full)) return false;
  try {
    return new RegExp(`^${matcherOf(full)}($|/)`).test(path);
  } catch {
    // Go does not build with a range such as [z-a] either.
    return false;
  }
}

/**
 * The source of a regular expression that matches what a pattern does: `*`, `?`, `[a-z]`, `[^a-z]` and
 * `\\*`, of which none takes a slash.
 */
function matcherOf(pattern: string): string {
  return pattern.replace(
    /\*|\?|\[(\^?)((?:\\.|[^\]])+)\]|\\(.)|[^*?[\\]+|[[\\]/g,
    (part, not: string | undefined, among: string | undefined, escaped: string | undefined) => {
      if (part === '*') return '[^/]*';
      if (part === '?') return '[^/]';
      if (among !== undefined) return `(?!/)[${not ? '^' : ''}${among.replaceAll('[', '\\[')}]`;
      return escapeRegExp(escaped ?? part);
    },
  );
}

/** Whether a file is of a kind that may hold plan names: plain text, by the end of its name. */
export function isPlainText(path: string): boolean {
  return /\.(txt|list|csv)$|(^|\/)[^./]+$/.test(path);
}
