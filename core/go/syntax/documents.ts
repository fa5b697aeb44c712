import type { Parser, Point, Tree } from 'web-tree-sitter';
import { Edit } from 'web-tree-sitter';
import type { TextChange } from './change.ts';
import { textChangeBetween } from './change.ts';
import { isAmongStatements, openHeader } from './open-header.ts';

/** A text without errors, and its tree, which is not to be deleted. */
interface Document {
  readonly text: string;
  readonly tree: Tree;
}

/** So many texts are being edited at a time: their trees stay in the parser's memory. */
const open = 3;

/**
 * The trees of texts that are being edited, so that the next version of one is not parsed from the
 * beginning.
 */
export class Documents {
  private readonly parser: Parser;
  private readonly documents = new Map<string, Document>();

  constructor(parser: Parser) {
    this.parser = parser;
  }

  /**
   * The tree of a text as the next version of a document; undefined where nothing is known of it.
   * Only trees without errors are kept, so a text with errors is always parsed on from the last one
   * without. Where a statement has no block yet, `open` is where it begins, and the tree that of a
   * text with plain statements in its place.
   */
  next(name: string, text: string): { readonly tree: Tree; readonly open?: number } | undefined {
    const known = this.documents.get(name);
    if (!known || known.text === text) return known;
    const change = textChangeBetween(known.text, text);
    const header = openHeader(known, text, change);
    const plain =
      header && this.parsedOn(known, header.plain, textChangeBetween(known.text, header.plain));
    if (plain && !plain.rootNode.hasError && isAmongStatements(plain, header.start))
      return { tree: plain, open: header.start };
    plain?.delete();
    const tree = this.parsedOn(known, text, change);
    return tree && { tree };
  }

  private parsedOn(known: Document, text: string, change: TextChange): Tree | undefined {
    const before = known.tree.copy();
    try {
      before.edit(editOf(known.text, text, change));
      return this.parser.parse(text, before) ?? undefined;
    } finally {
      before.delete();
    }
  }

  /** The document's last text without errors, where one is known. */
  textOf(name: string): string | undefined {
    return this.documents.get(name)?.text;
  }

  /**
   * Keeps a document's tree, which is the documents' from now on; that of another may go for it.
   */
  keep(name: string, text: string, tree: Tree): void {
    if (this.documents.get(name)?.tree !== tree) this.close(name);
    this.documents.delete(name);
    this.documents.set(name, { text, tree });
    for (const oldest of this.documents.keys()) {
      if (this.documents.size <= open) break;
      this.close(oldest);
    }
  }

  private close(name: string): void {
    this.documents.get(name)?.tree.delete();
    this.documents.delete(name);
  }
}

function editOf(before: string, after: string, { start, oldEnd, newEnd }: TextChange): Edit {
  const startPosition = pointAt(before, start, { row: 0, column: 0 }, 0);
  return new Edit({
    startIndex: start,
    oldEndIndex: oldEnd,
    newEndIndex: newEnd,
    startPosition,
    oldEndPosition: pointAt(before, oldEnd, startPosition, start),
    newEndPosition: pointAt(after, newEnd, startPosition, start),
  });
}

/** The row and column of an offset, counted on from a place before it. */
function pointAt(text: string, offset: number, { row, column }: Point, from: number): Point {
  let line = from - column;
  for (let at = text.indexOf('\n', from); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) {
    row++;
    line = at + 1;
  }
  return { row, column: offset - line };
}
