import ts from 'typescript';

/** How many conditional expressions are an arm of another one: `a ? b : c ? d : e` has one. */
export function nestedConditionals(source: ts.SourceFile): number {
  let count = 0;
  const visit = (node: ts.Node): void => {
    if (ts.isConditionalExpression(node))
      count += [node.whenTrue, node.whenFalse].filter(isConditional).length;
    ts.forEachChild(node, visit);
  };
  visit(source);
  return count;
}

function isConditional(expression: ts.Expression): boolean {
  if (ts.isParenthesizedExpression(expression)) return isConditional(expression.expression);
  return ts.isConditionalExpression(expression);
}

/** The names that a file declares and exports; what it passes on or exports as default is none. */
export function exportedNames(source: ts.SourceFile): Set<string> {
  return new Set(source.statements.flatMap(statement => namesExportedBy(statement)));
}

function namesExportedBy(statement: ts.Statement): string[] {
  if (ts.isExportDeclaration(statement)) return namesInClause(statement);
  if (!isExported(statement)) return [];
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.map(declaration => declaration.name.getText());
  if (isNamedDeclaration(statement)) return statement.name ? [statement.name.text] : [];
  return [];
}

/** The names of `export { a, b }`; with a `from` they are another file's. */
function namesInClause({ moduleSpecifier, exportClause }: ts.ExportDeclaration): string[] {
  if (moduleSpecifier || !exportClause || !ts.isNamedExports(exportClause)) return [];
  return exportClause.elements.map(element => element.name.text);
}

function isExported(statement: ts.Statement): boolean {
  const modifiers = ts.canHaveModifiers(statement) ? (ts.getModifiers(statement) ?? []) : [];
  const has = (kind: ts.SyntaxKind) => modifiers.some(modifier => modifier.kind === kind);
  return has(ts.SyntaxKind.ExportKeyword) && !has(ts.SyntaxKind.DefaultKeyword);
}

function isNamedDeclaration(
  node: ts.Statement,
): node is
  | ts.FunctionDeclaration
  | ts.ClassDeclaration
  | ts.InterfaceDeclaration
  | ts.TypeAliasDeclaration
  | ts.EnumDeclaration {
  return (
    ts.isFunctionDeclaration(node) ||
    ts.isClassDeclaration(node) ||
    ts.isInterfaceDeclaration(node) ||
    ts.isTypeAliasDeclaration(node) ||
    ts.isEnumDeclaration(node)
  );
}
