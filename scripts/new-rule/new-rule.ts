import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { caseText, pageText, ruleText } from './texts.ts';

const list = 'core/lint/all.ts';

/**
 * Writes a new rule into the code base at `root`: its file, its page, a case and its line in the
 * list. Gives the paths that were written. Throws with one line where the name cannot be used.
 */
export function newRule(root: string, name: string): string[] {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)+$/.test(name))
    throw new Error(`"${name}" is no name of a rule: write what it finds, as in "empty-rename"`);
  const constant = name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
  const texts = new Map([
    [`core/lint/rules/${name}.ts`, ruleText(name, constant)],
    [`docs/rules/${name}.md`, pageText(name)],
    [`test/core/lint/rules/cases/${name}-fine.txtar`, caseText(name)],
  ]);
  for (const path of texts.keys())
    if (existsSync(join(root, path))) throw new Error(`${path} is there already`);
  texts.set(list, withRule(readFileSync(join(root, list), 'utf8'), name, constant));

  for (const [path, text] of texts) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return [...texts.keys()];
}

/** The list of rules with one more, in the order of their names. */
export function withRule(text: string, name: string, constant: string): string {
  const lines = text.split('\n');
  const importLine = `import { ${constant} } from './rules/${name}.ts';`;
  insertSorted(lines, importLine, line => /from '(\.\/rules\/.+)\.ts';$/.exec(line)?.[1]);
  insertSorted(lines, `  ${constant},`, line => /^ {2}(\w+),$/.exec(line)?.[1]);
  return lines.join('\n');
}

/**
 * Inserts a line among those that have a key, in the order of the keys. Throws where no line has
 * one.
 */
function insertSorted(
  lines: string[],
  added: string,
  keyOf: (line: string) => string | undefined,
): void {
  const key = keyOf(added)!;
  const first = lines.findIndex(line => keyOf(line) !== undefined);
  if (first < 0) throw new Error(`${list} has no list of rules that could be extended`);
  const previous = lines.findLastIndex(line => {
    const other = keyOf(line);
    return other !== undefined && other < key;
  });
  lines.splice(previous < 0 ? first : previous + 1, 0, added);
}
