import { execFileSync } from 'node:child_process';
import { relative } from 'node:path';
import type { Node, SourceFile } from 'ts-morph';
import { Project } from 'ts-morph';

/** What the checks look at: the TypeScript and the other texts. Paths are relative to the root. */
export interface CodeBase {
  readonly project: Project;
  readonly root: string;
  /** Every file that git keeps or would keep, the TypeScript too. */
  readonly paths: readonly string[];
  /** The text of a file, or undefined. */
  read(path: string): string | undefined;
  /** Writes a derived text; when only checking, a difference is reported. */
  derive(path: string, text: string, report: Report): void;
}

/** Reports one finding as `file:line: message`. */
export type Report = (file: string, line: number, message: string) => void;

/** One thing that must hold. */
export type Ensure = (codeBase: CodeBase, report: Report) => void | Promise<void>;

/** The command that fixes what is derived. */
export const fixCommand = 'run `npm run contract`';

/** The code base in a folder of a disk. With `write`, derived texts are written. */
export function openCodeBase(root: string, write: boolean): CodeBase {
  const project = new Project({
    tsConfigFilePath: `${root}/tsconfig.json`,
    skipFileDependencyResolution: true,
  });
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
  });
  return codeBaseOf(project, root, listed.trim().split('\n'), write);
}

/** A code base over a project's file system, which may be memory. */
export function codeBaseOf(
  project: Project,
  root: string,
  paths: readonly string[],
  write: boolean,
): CodeBase {
  const files = project.getFileSystem();
  const read = (path: string) =>
    files.fileExistsSync(`${root}/${path}`) ? files.readFileSync(`${root}/${path}`) : undefined;
  return {
    project,
    root,
    paths,
    read,
    derive(path, text, report) {
      const now = read(path);
      if (now === text) return;
      if (write) files.writeFileSync(`${root}/${path}`, text);
      else {
        const line = firstDifference(now ?? '', text);
        report(path, line, `differs from what is derived from its source: ${fixCommand}`);
      }
    },
  };
}

/** A source file's path inside the code base. */
export function pathOf(codeBase: CodeBase, file: SourceFile): string {
  return relative(codeBase.root, file.getFilePath()).replaceAll('\\', '/');
}

/** Reports at a node. */
export function reportAt(codeBase: CodeBase, node: Node, report: Report, message: string): void {
  report(pathOf(codeBase, node.getSourceFile()), node.getStartLineNumber(), message);
}

/** The 1-based line of a text's first occurrence; 1 if there is none. */
export function lineOf(text: string, part: string): number {
  const offset = text.indexOf(part);
  return offset < 0 ? 1 : lineAt(text, offset);
}

/** The 1-based line of an offset. */
export function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

function firstDifference(a: string, b: string): number {
  const left = a.split('\n');
  const right = b.split('\n');
  const line = left.findIndex((text, i) => text !== right[i]);
  return line < 0 ? left.length : line + 1;
}
