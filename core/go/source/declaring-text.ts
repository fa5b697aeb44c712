/**
 * Which texts may declare a name of a package: a quick look at the text, so that files which only use
 * the name need not be parsed. Each takes in every way to write a declaration, and some other code.
 */

/** A look at a text. What it is called by tells it from every other one. */
export interface TextTest {
  test(text: string): boolean;
  toString(): string;
}

/** May a text declare a type of this name: `type NAME …`, alone or in parentheses. */
export function mayDeclareType(name: string): TextTest {
  const alone = `\\btype\\s+${whole(name)}`;
  const below = `\\btype\\s*(?:\\(|\\/[*/])[\\s\\S]*?${whole(name)}`;
  return new RegExp(`${alone}|${below}`, 'u');
}

/**
 * May a text declare a function or method of this name: it stands behind `func`, a receiver or a
 * comment, or begins a line.
 */
export function mayDeclareFunction(name: string): TextTest {
  return new RegExp(`(?:\\bfunc|\\)|\\*\\/|^)[ \\t]*${whole(name)}\\s*[\\[(/]`, 'mu');
}

/**
 * May a text declare a constant or variable of this name, as one of several or in parentheses. `name`
 * may be the source of a regular expression.
 */
export function mayDeclareValue(name: string): TextTest {
  // What a selector or a key of a literal names is no declaration, nor is what `:=` declares.
  const used = new RegExp(`(?<!\\.)${whole(name)}(?!\\s*[.:])`, 'gu');
  return {
    test: text =>
      declaring(text).some(({ start, end }) => {
        const part = text.slice(start, end);
        for (const { index } of part.matchAll(used)) {
          const before = part.slice(part.lastIndexOf('\n', index - 1) + 1, index);
          if (before.length > longestList || opensDeclaration.test(before)) return true;
        }
        return false;
      }),
    toString: () => `a value ${name}`,
  };
}

/**
 * The parts of a text that begin with a declaration of values, up to the next function: what is
 * behind its first line is in it, or in one that follows. Where that line may be part of a text or
 * of a comment, the part that it ends begins again with their end.
 */
function declaring(text: string): { start: number; end: number }[] {
  const parts: { start: number; end: number }[] = [];
  let start: number | undefined;
  for (const { index, groups } of text.matchAll(marks)) {
    if (groups!.function === undefined) start ??= index;
    else if (start !== undefined) {
      parts.push({ start, end: index });
      start = undefined;
    }
  }
  if (start !== undefined) parts.push({ start, end: text.length });
  return parts;
}

const marks =
  /(?<function>^func[ \t]+(?:\([^)\n]*\)[ \t]*)?[\p{L}_][\p{L}\p{Nd}_]*[ \t]*[[(])|\b(?:var|const)\b|`|\*\//gmu;

/** Longer lists of names are not looked at. */
const longestList = 500;

/** A line up to a name that it may declare: nothing, or other names of a list. */
const opensDeclaration =
  /(?:^|[;(]|\*\/|\b(?:var|const)\b)\s*(?:[\p{L}\p{Nd}_]+\s*(?:\/\*.*?\*\/\s*)*,\s*(?:\/\*.*?\*\/\s*)*)*$/u;

/** What names are made of: Go's letters are Unicode's. */
export const letter = String.raw`[\p{L}\p{Nd}_]`;

/** A name as a whole word. */
function whole(name: string): string {
  return `(?<!${letter})${name}(?!${letter})`;
}
