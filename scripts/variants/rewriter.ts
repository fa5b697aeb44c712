import type { TextEdit } from '../../core/go/edit/edit.ts';
import type { GoFile, Span } from './go-file.ts';
import type { Project } from './project.ts';

/** One way of writing Go in another way that means the same. */
export interface Rewriter {
  /** What it does, in a few words. */
  readonly name: string;
  /**
   * The rewritings that surely keep the meaning, in the order of the text. Each can be made alone,
   * and together with those that do not overlap it.
   */
  readonly places: (file: GoFile, project: Project) => Iterable<Rewriting>;
}

/**
 * Makes rewriters of one kind of thing in a file. Each says what becomes of one of them; undefined
 * where that cannot be written so.
 */
export function rewritersOf<T>(thingsIn: (file: GoFile, project: Project) => Iterable<T>) {
  return (
    name: string,
    rewrite: (file: GoFile, thing: T, project: Project) => Rewriting | undefined,
  ): Rewriter => ({
    name,
    *places(file, project) {
      for (const thing of thingsIn(file, project)) {
        const made = rewrite(file, thing, project);
        if (made) yield made;
      }
    },
  });
}

/** One place that is written in another way. */
export interface Rewriting {
  readonly path: string;
  /** What is rewritten, in the text as it was. */
  readonly place: Span;
  /** The edits of the file. */
  readonly edits: readonly TextEdit[];
  /** The texts of new files, by path. */
  readonly creates: ReadonlyMap<string, string>;
}

/** A rewriting of several ranges of one file. */
export function rewriting(
  { path }: GoFile,
  place: Span,
  edits: readonly TextEdit[],
  creates: ReadonlyMap<string, string> = new Map(),
): Rewriting {
  return { path, place: { start: place.start, end: place.end }, edits, creates };
}

/** A rewriting that puts a text in the place of a node. */
export function replacing(file: GoFile, node: Span, text: string): Rewriting {
  return rewriting(file, node, [edit(node, text)]);
}

/** An edit that replaces a range. */
export function edit({ start, end }: Span, text: string): TextEdit {
  return { start, end, text };
}

/** An edit that inserts. */
export function insert(at: number, text: string): TextEdit {
  return { start: at, end: at, text };
}

/** An edit that writes a declaration at the end of a file. */
export function append({ text }: GoFile, declaration: string): TextEdit {
  return insert(text.length, `${text.endsWith('\n') ? '' : '\n'}\n${declaration}\n`);
}
