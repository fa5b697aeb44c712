import type { SyntaxNode } from '../../go/syntax/syntax.ts';

/**
 * Whether a comment is about statements that are kept: those on the lines below it. A comment of
 * several lines is kept whole or not at all. `statements` are those of the block, comments included.
 */
export function isAboutKept(
  comment: SyntaxNode,
  statements: readonly SyntaxNode[],
  kept: readonly SyntaxNode[],
  text: string,
): boolean {
  const block = new Block(statements, text);
  const at = statements.indexOf(comment);
  // At the end of a line it speaks of that line, and its place there is not kept.
  if (!block.startsLine(at)) return false;
  let first = at;
  while (block.followsDirectly(first) && block.isLineComment(first - 1)) first--;
  let next = at + 1;
  while (block.isComment(next) && block.followsDirectly(next)) next++;
  const below = statements[next];
  if (!below || !statements.slice(first, next + 1).every(one => kept.includes(one))) return false;
  return below.type !== 'comment' || isAboutKept(below, statements, kept, text);
}

/** The statements of a block by number, and what lies between them. */
class Block {
  private readonly statements: readonly SyntaxNode[];
  private readonly text: string;

  constructor(statements: readonly SyntaxNode[], text: string) {
    this.statements = statements;
    this.text = text;
  }

  isComment(i: number): boolean {
    return this.statements[i]?.type === 'comment';
  }

  /** A comment on a line of its own. */
  isLineComment(i: number): boolean {
    return this.isComment(i) && this.startsLine(i);
  }

  startsLine(i: number): boolean {
    return this.gapBefore(i).includes('\n');
  }

  /** Without a blank line between it and the one before. */
  followsDirectly(i: number): boolean {
    return !/\n\s*\n/.test(this.gapBefore(i));
  }

  private gapBefore(i: number): string {
    const before = this.statements[i - 1];
    return before ? this.text.slice(before.end, this.statements[i]!.start) : '\n\n';
  }
}
