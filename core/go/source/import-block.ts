const string = '"[^"\\n]*"|`[^`]*`';
const comment = '//[^\\n]*$|/\\*(?:[^*]|\\*(?!/))*\\*/';

/**
 * Matches the import declarations of a text with parentheses, each with what stands between these:
 * a parenthesis in a comment or a string closes nothing.
 */
export const importBlock = new RegExp(
  `^import\\s*\\(((?:[^)"\`/]|${string}|${comment}|/(?![/*]))*)\\)`,
  'gm',
);

const oneImport = new RegExp(`^import\\b\\s*[\\w.]*\\s*(?:${string})`, 'gm');
const comments = new RegExp(`(${string})|${comment}`, 'gm');

/**
 * The import paths of a file by text alone: parsing every file of a repository for them would cost
 * more than all the rest.
 */
export function importPaths(text: string): string[] {
  const declarations = [
    ...[...text.matchAll(importBlock)].map(([, block]) => block!),
    ...[...text.matchAll(oneImport)].map(([declaration]) => declaration),
  ];
  return declarations.flatMap(declaration =>
    [...declaration.replace(comments, '$1').matchAll(new RegExp(string, 'g'))].map(([path]) =>
      path.slice(1, -1),
    ),
  );
}
