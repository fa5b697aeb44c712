import ts from 'typescript';

/** Functions whose texts the user sees, each with the number of arguments before the first text. */
const calls: Readonly<Record<string, number>> = {
  say: 1,
  showInformationMessage: 0,
  showWarningMessage: 0,
  showErrorMessage: 0,
  withProgress: 0,
  linesBelow: 0,
};
/** What is made with a text, each with the number of arguments before it: errors are said, too. */
const classes: Readonly<Record<string, number>> = {
  Error: 0,
  Refusal: 0,
  CodeAction: 0,
  TreeItem: 0,
  Diagnostic: 1,
  DiagnosticRelatedInformation: 1,
  MarkdownString: 0,
};
/** Properties whose texts the user sees. */
const properties = [
  'title',
  'placeHolder',
  'placeholder',
  'prompt',
  'question',
  'label',
  'description',
  'detail',
  'tooltip',
  'openLabel',
  'heading',
  'does',
  'cancel',
  'reason',
  'name',
  'message',
];

/** A text that is shown without a translation. */
export interface ShownText {
  readonly line: number;
  readonly text: string;
}

/**
 * The texts that are given directly, not by `l10n.t`, to what the user sees: words are letters
 * outside of an icon such as `$(check)`. What comes from a variable or another call is not followed.
 */
export function untranslatedIn(code: string): ShownText[] {
  const source = ts.createSourceFile('code.ts', code, ts.ScriptTarget.Latest, true);
  const found: ShownText[] = [];
  const visit = (node: ts.Node): void => {
    for (const shown of shownBy(node))
      for (const literal of literalsIn(shown)) {
        if (!isWords(literal.text)) continue;
        const { line } = source.getLineAndCharacterOfPosition(literal.getStart());
        found.push({ line: line + 1, text: literal.text });
      }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function isWords(text: string): boolean {
  return /\p{L}/u.test(text.replace(/\$\([^)]*\)/g, ''));
}

/** What of a node the user sees. */
function shownBy(node: ts.Node): readonly ts.Node[] {
  if (ts.isCallExpression(node)) {
    const skipped = calls[nameOf(node.expression)];
    return skipped === undefined ? [] : node.arguments.slice(skipped);
  }
  if (ts.isNewExpression(node)) {
    const skipped = classes[nameOf(node.expression)];
    return skipped === undefined ? [] : (node.arguments ?? []).slice(skipped, skipped + 1);
  }
  if (ts.isPropertyAssignment(node))
    return properties.includes(node.name.getText()) ? [node.initializer] : [];
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken)
    return properties.includes(nameOf(node.left)) ? [node.right] : [];
  // A button: its name is what is shown.
  const isButton = ts.isStringLiteral(node) && ts.isPropertyAssignment(node.parent);
  return isButton && node.parent.name === node && node.text.includes(' ') ? [node] : [];
}

/** The name of what is called, made or set, without what it belongs to. */
function nameOf(expression: ts.Expression): string {
  return ts.isPropertyAccessExpression(expression) ? expression.name.text : expression.getText();
}

/** The literals that an expression is put together from. */
function literalsIn(node: ts.Node): ts.LiteralLikeNode[] {
  const isPart = ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node);
  if (isPart || ts.isStringLiteralLike(node)) return [node];
  return partsOf(node).flatMap(literalsIn);
}

function partsOf(node: ts.Node): readonly ts.Node[] {
  if (ts.isTemplateExpression(node))
    return [node.head, ...node.templateSpans.flatMap(span => [span.expression, span.literal])];
  if (ts.isConditionalExpression(node)) return [node.whenTrue, node.whenFalse];
  if (ts.isBinaryExpression(node)) return isComparison(node) ? [] : [node.left, node.right];
  if (ts.isArrayLiteralExpression(node)) return node.elements;
  if (ts.isParenthesizedExpression(node) || ts.isSpreadElement(node)) return [node.expression];
  // Such as `[…].filter(…).join(…)`; the arguments are not shown.
  if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression))
    return [node.expression.expression];
  return [];
}

function isComparison({ operatorToken: { kind } }: ts.BinaryExpression): boolean {
  return (
    kind === ts.SyntaxKind.EqualsEqualsEqualsToken ||
    kind === ts.SyntaxKind.ExclamationEqualsEqualsToken
  );
}
