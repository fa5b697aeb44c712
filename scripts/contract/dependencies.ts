import type { StringLiteral } from 'ts-morph';
import { Node, SyntaxKind } from 'ts-morph';
import type { CodeBase, Report } from './code-base.ts';
import { lineOf, pathOf, reportAt } from './code-base.ts';
import { readManifest } from './manifest.ts';

const page = 'docs/dependencies.md';

/** The folders that the npm package runs from. */
const shipped = /^(core|host|rehearse|operate|generators|cli)\//;

/** Files that the build bundles, with the packages that are in the bundle then. */
const bundled: Readonly<Record<string, readonly string[]>> = {
  'cli/mcp/sdk.ts': ['@modelcontextprotocol/server', 'zod'],
};

/**
 * What the npm package runs is in `dependencies`; what only the bundled extension, scripts and
 * tests use need not be.
 */
export function ensureDependencies(codeBase: CodeBase, report: Report): void {
  const { dependencies = {}, devDependencies = {}, name: self } = readManifest(codeBase);
  for (const file of codeBase.project.getSourceFiles()) {
    const path = pathOf(codeBase, file);
    const isShipped = shipped.test(path);
    for (const literal of file.getImportStringLiterals()) {
      const name = packageOf(literal.getLiteralValue());
      if (!name || name === self || name === 'vscode' || name in dependencies) continue;
      if (!(name in devDependencies))
        reportAt(codeBase, literal, report, `${name} is not in package.json`);
      else if (isShipped && !isErased(literal) && !bundled[path]?.includes(name)) {
        const message = `${name} is needed at run time: put it into dependencies`;
        reportAt(codeBase, literal, report, message);
      }
    }
  }
}

/** Every dependency has its line in the docs, and nothing else has. */
export function ensureDependenciesAreExplained(codeBase: CodeBase, report: Report): void {
  const text = codeBase.read(page) ?? '';
  const manifest = codeBase.read('package.json') ?? '';
  const explained = new Map(
    [...text.matchAll(/^\* `([^`]+)`: \S/gm)].map(match => [match[1]!, match[0]]),
  );
  const { dependencies = {}, devDependencies = {} } = readManifest(codeBase);
  const all = { ...dependencies, ...devDependencies };
  for (const name of Object.keys(all)) {
    if (explained.has(name)) continue;
    const line = lineOf(manifest, `"${name}":`);
    report('package.json', line, `${name}: say in ${page} why it is needed`);
  }
  for (const [name, line] of explained) {
    if (!(name in all)) report(page, lineOf(text, line), `${name} is no dependency`);
  }
}

/** The package a specifier names; nothing for our own files and Node's modules. */
function packageOf(specifier: string): string | undefined {
  return specifier.startsWith('node:') ? undefined : /^(@[^/]+\/)?[^./@][^/]*/.exec(specifier)?.[0];
}

/** Whether only types are imported. */
function isErased(literal: StringLiteral): boolean {
  const parent = literal.getParent();
  if (Node.isImportDeclaration(parent) || Node.isExportDeclaration(parent))
    return parent.isTypeOnly();
  return literal.getFirstAncestorByKind(SyntaxKind.ImportType) !== undefined;
}
