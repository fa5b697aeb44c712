import { relative } from 'node:path';
import type { Node, Project, SourceFile } from 'ts-morph';

/**
 * What the checks look at: the TypeScript of the house and its other texts. Paths are relative to
 * the root.
 */
export interface House {
  readonly project: Project;
  readonly root: string;
  /** Every file that is kept, the TypeScript too. */
  readonly paths: readonly string[];
  /** A text of the house, or undefined. */
  read(path: string): string | undefined;
  /** Puts a derived text in place; when only checking, a difference is a problem. */
  derive(path: string, text: string, problem: Problem): void;
}

/** Reports one finding as `file:line: message`. */
export type Problem = (file: string, line: number, message: string) => void;

/** One thing that must hold. */
export type Ensure = (house: House, problem: Problem) => void | Promise<void>;

/** The command that mends what is derived. */
export const mend = 'run `npm run contract`';

/** A house over a project's file system, which may be memory. */
export function houseOf(
  project: Project,
  root: string,
  paths: readonly string[],
  write: boolean,
): House {
  const files = project.getFileSystem();
  const read = (path: string) =>
    files.fileExistsSync(`${root}/${path}`) ? files.readFileSync(`${root}/${path}`) : undefined;
  return {
    project,
    root,
    paths,
    read,
    derive(path, text, problem) {
      const now = read(path);
      if (now === text) return;
      if (write) files.writeFileSync(`${root}/${path}`, text);
      else problem(path, firstDifference(now ?? '', text), `is not what its source says: ${mend}`);
    },
  };
}

/** A source file's path inside the house. */
export function pathOf(house: House, file: SourceFile): string {
  return relative(house.root, file.getFilePath()).replaceAll('\\', '/');
}

/** Reports at a node. */
export function at(house: House, node: Node, problem: Problem, message: string): void {
  problem(pathOf(house, node.getSourceFile()), node.getStartLineNumber(), message);
}

/** The 1-based line a text first stands on. */
export function lineOf(text: string, part: string): number {
  const offset = text.indexOf(part);
  return offset < 0 ? 1 : text.slice(0, offset).split('\n').length;
}

function firstDifference(a: string, b: string): number {
  const [left, right] = [a.split('\n'), b.split('\n')];
  const line = left.findIndex((text, i) => text !== right[i]);
  return line < 0 ? left.length : line + 1;
}
