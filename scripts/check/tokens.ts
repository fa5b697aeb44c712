import ts from 'typescript';

/** A token or a comment of a text, as offsets. */
export interface Span {
  readonly kind: ts.SyntaxKind;
  readonly start: number;
  readonly end: number;
}

/** The syntax tree of a TypeScript or JavaScript text. */
export function parse(text: string): ts.SourceFile {
  return ts.createSourceFile('text.ts', text, ts.ScriptTarget.Latest, true);
}

/** The tokens in their order. Comments and white space are none. */
export function tokensOf(source: ts.SourceFile): Span[] {
  const tokens: Span[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isJSDoc(node) || node.kind === ts.SyntaxKind.EndOfFileToken) return;
    if (!ts.isTokenKind(node.kind)) {
      for (const inner of node.getChildren(source)) visit(inner);
      return;
    }
    const start = node.getStart(source);
    if (start < node.end) tokens.push({ kind: node.kind, start, end: node.end });
  };
  visit(source);
  return tokens;
}

/** The comments, which are all that is between tokens but white space. */
export function commentsOf(source: ts.SourceFile): { text: string; start: number }[] {
  const { text } = source;
  const bounds = [...tokensOf(source), { start: text.length, end: text.length }];
  const comments: { text: string; start: number }[] = [];
  let from = 0;
  for (const { start, end } of bounds) {
    for (const match of text.slice(from, start).matchAll(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g))
      comments.push({ text: match[0], start: from + match.index });
    from = end;
  }
  return comments;
}
