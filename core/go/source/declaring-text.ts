/**
 * Which texts may declare a name of a package: a quick look at the text, so that files which only use
 * the name need not be parsed. Each takes in every way to write a declaration, and some other code.
 */

/** May a text declare a type of this name: `type NAME …`, alone or in parentheses. */
export function mayDeclareType(name: string): RegExp {
  return new RegExp(`\\btype\\s+${name}\\b|\\btype\\s*(?:\\(|\\/[*/])[\\s\\S]*?\\b${name}\\b`);
}

/** May a text declare a function or method of this name: `func (k Keeper) NAME(…`. */
export function mayDeclareFunction(name: string): RegExp {
  return new RegExp(`\\bfunc\\b[^\\n]*\\b${name}\\s*[[(/]`);
}

/** May a text declare a constant or variable of this name, as one of several or in parentheses. */
export function mayDeclareValue(name: string): RegExp {
  return new RegExp(
    `(?:^|[;(]|\\*\\/|\\b(?:var|const)\\b)\\s*(?:\\w+\\s*,\\s*)*\\b${name}\\b(?!\\s*[.:])`,
    'm',
  );
}
