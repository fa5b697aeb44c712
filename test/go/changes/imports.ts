/**
 * A Go file with packages that moved, by the import path they had; what is below them moves along.
 */
export function moveImports(text: string, moved: Readonly<Record<string, string>>): string {
  return text.replace(/"([^"\n]+)"/g, (quoted, path: string) => {
    const from = Object.keys(moved).find(one => path === one || path.startsWith(`${one}/`));
    return from === undefined ? quoted : `"${moved[from]}${path.slice(from.length)}"`;
  });
}

/**
 * Takes the unused imports of a Go file out of its list, and sorts each block of it as gofmt does:
 * by path.
 */
export function tidyImports(text: string): string {
  const list = /^import \(\n([\s\S]*?)\n\)\n/m.exec(text);
  if (!list) return text;
  const head = text.slice(0, list.index);
  const rest = text.slice(list.index + list[0].length);
  const used = ({ name }: Import) => new RegExp(`\\b${name}\\.`).test(rest);
  const blocks = list[1]!
    .split('\n\n')
    .map(block => block.split('\n').map(importOf).filter(used))
    .filter(block => block.length > 0);
  return `${head}import (\n${blocks
    .map(block =>
      block
        .sort(byPath)
        .map(({ line }) => line)
        .join('\n'),
    )
    .join('\n\n')}\n)\n${rest}`;
}

interface Import {
  readonly line: string;
  readonly path: string;
  readonly name: string;
}

/**
 * A package without a name of its own goes by the last part of its path that is no major version.
 */
function importOf(line: string): Import {
  const [, name, path] = /^\t(?:(\w+) )?"(.+)"$/.exec(line) ?? [];
  if (path === undefined) throw new Error(`not an import that can be moved: ${line}`);
  return { line, path, name: name ?? path.replace(/\/v\d+$/, '').replace(/^.*\//, '') };
}

function byPath(a: Import, b: Import): number {
  return a.path < b.path ? -1 : Number(a.path > b.path);
}
