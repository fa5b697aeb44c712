import type { StringLiteral } from 'ts-morph';
import { Node, SyntaxKind } from 'ts-morph';
import type { House, Problem } from './house.ts';
import { at, lineOf, pathOf } from './house.ts';
import { readManifest } from './manifest.ts';

const page = 'docs/dependencies.md';

/**
 * What the npm package runs is in `dependencies`; the extension is bundled, scripts and tests stay
 * at home.
 */
export function ensureDependencies(house: House, problem: Problem): void {
  const { dependencies = {}, devDependencies = {}, name: self } = readManifest(house);
  const shipped = /^(core|host|rehearse|generators|cli)\//;
  for (const file of house.project.getSourceFiles()) {
    for (const literal of file.getImportStringLiterals()) {
      const name = packageOf(literal.getLiteralValue());
      if (!name || name === self || name === 'vscode') continue;
      if (!(name in dependencies) && !(name in devDependencies))
        at(house, literal, problem, `${name} is not in package.json`);
      else if (!(name in dependencies) && shipped.test(pathOf(house, file)) && !isErased(literal)) {
        at(house, literal, problem, `${name} is needed at run time: put it into dependencies`);
      }
    }
  }
}

/** Every dependency has its line in the docs, and nothing else has. */
export function ensureDependenciesAreExplained(house: House, problem: Problem): void {
  const text = house.read(page) ?? '';
  const manifest = house.read('package.json') ?? '';
  const explained = new Map(
    [...text.matchAll(/^\* `([^`]+)`: \S/gm)].map(match => [match[1]!, match[0]]),
  );
  const { dependencies = {}, devDependencies = {} } = readManifest(house);
  const all = { ...dependencies, ...devDependencies };
  for (const name of Object.keys(all)) {
    if (!explained.has(name))
      problem(
        'package.json',
        lineOf(manifest, `"${name}":`),
        `${name}: say in ${page} why it is needed`,
      );
  }
  for (const [name, line] of explained)
    if (!(name in all)) problem(page, lineOf(text, line), `${name} is no dependency`);
}

/** The package a specifier names; nothing for our own files and Node's modules. */
function packageOf(specifier: string): string | undefined {
  return specifier.startsWith('node:') ? undefined : /^(@[^/]+\/)?[^./@][^/]*/.exec(specifier)?.[0];
}

/** Whether only types are taken. */
function isErased(literal: StringLiteral): boolean {
  const parent = literal.getParent();
  if (Node.isImportDeclaration(parent) || Node.isExportDeclaration(parent))
    return parent.isTypeOnly();
  return literal.getFirstAncestorByKind(SyntaxKind.ImportType) !== undefined;
}
