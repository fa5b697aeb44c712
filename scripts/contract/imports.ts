import { posix } from 'node:path';
import type { SourceFile, StringLiteral } from 'ts-morph';
import { Node, SyntaxKind } from 'ts-morph';
import type { CodeBase, Report } from './code-base.ts';
import { pathOf, reportAt } from './code-base.ts';

/**
 * Which first-level folders one of them may import from, itself aside. Scripts and tests may import
 * from every folder.
 */
const folders: Readonly<Record<string, readonly string[]>> = {
  core: [],
  host: ['core'],
  rehearse: ['core', 'host'],
  operate: ['core', 'host'],
  extension: ['core', 'host', 'rehearse', 'operate'],
  generators: ['core', 'host', 'rehearse', 'operate'],
  cli: ['core', 'host', 'rehearse', 'operate'],
};

/** The lower floors of core, from the ground up: each may import from those before it. */
const ground = [
  'core/sdk',
  'core/go/syntax',
  'core/go/source',
  'core/go/repo',
  'core/go/eval',
  'core/go/edit',
  'core/wiring',
  'core/chain',
];

/**
 * What each floor of core may import from, itself aside. A file right in core may be used by every
 * floor as long as it leads to no floor above it.
 */
const floors: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(ground.map((floor, i) => [floor, ground.slice(0, i)])),
  'core/edit': ground,
  'core/gov': ['core/sdk'],
  'core/inspect': ground,
  'core/lock': [...ground, 'core/inspect'],
  'core/lint': [...ground, 'core/edit', 'core/gov'],
  'core/network': [...ground, 'core/inspect', 'core/lock', 'core/lint'],
  'core/rehearse': [...ground, 'core/gov', 'core/lint'],
  'core/operate': [...ground, 'core/gov', 'core/rehearse'],
  'core/plan': [...ground, 'core/edit', 'core/gov'],
  'core/judge': [...ground, 'core/gov', 'core/lint', 'core/plan'],
  'core/tasks': [...ground, 'core/plan', 'core/judge'],
  'core/workspace': [
    ...ground,
    'core/edit',
    'core/inspect',
    'core/lock',
    'core/lint',
    'core/network',
  ],
};

/** Packages that only one folder may import. */
const owners: Readonly<Record<string, string>> = {
  vscode: 'extension',
  'yeoman-generator': 'generators',
};

/** What core may use besides itself. */
const pure = ['diff', 'handlebars', 'picomatch', 'web-tree-sitter', 'yaml'];

interface Import {
  readonly literal: StringLiteral;
  readonly name: string;
  readonly target: SourceFile | undefined;
}

/** Imports run downwards: between the folders, and between the floors of core. */
export function ensureDirections(codeBase: CodeBase, report: Report): void {
  for (const file of codeBase.project.getSourceFiles()) {
    const from = pathOf(codeBase, file);
    for (const { literal, target } of importsOf(file)) {
      if (!target) continue;
      const to = pathOf(codeBase, target);
      const fault = folderFault(from, to) ?? floorFault(codeBase, from, target);
      if (fault) reportAt(codeBase, literal, report, fault);
    }
  }
}

/** The import graph has no circle; types count, because a circle of types is a circle of ideas. */
export function ensureNoCircles(codeBase: CodeBase, report: Report): void {
  const done = new Set<SourceFile>();
  const walk = (file: SourceFile, trail: readonly SourceFile[]): void => {
    for (const { literal, target } of importsOf(file)) {
      if (!target || done.has(target)) continue;
      const start = trail.indexOf(target);
      if (start < 0) walk(target, [...trail, target]);
      else {
        const circle = [...trail.slice(start), target].map(one => pathOf(codeBase, one));
        reportAt(codeBase, literal, report, `closes a circle: ${circle.join(' → ')}`);
      }
    }
    done.add(file);
  };
  for (const file of codeBase.project.getSourceFiles()) if (!done.has(file)) walk(file, [file]);
}

/** The engine runs anywhere: no Node, no editor, no Yeoman, nothing of the process it runs in. */
export function ensureCoreIsPure(codeBase: CodeBase, report: Report): void {
  const machine = /^(process|Buffer|console|__dirname|__filename|global|globalThis|fetch)$/;
  for (const file of filesIn(codeBase, 'core')) {
    for (const { literal, name } of importsOf(file)) {
      if (!name.startsWith('.') && !pure.includes(name))
        reportAt(codeBase, literal, report, `core may not import ${name}: take it through a port`);
    }
    for (const identifier of identifiersIn(file, machine)) {
      if (!isUse(identifier)) continue;
      const message = `core may not use ${identifier.getText()}: take it through a port`;
      reportAt(codeBase, identifier, report, message);
    }
  }
}

/**
 * vscode and yeoman-generator belong to one front end each; only cli uses arguments and exit codes;
 * only host writes.
 */
export function ensureFrontEndsStayApart(codeBase: CodeBase, report: Report): void {
  for (const folder of Object.keys(folders)) {
    for (const file of filesIn(codeBase, folder)) {
      for (const { literal, name } of importsOf(file)) {
        const fault = packageFault(folder, name) ?? machineFault(folder, literal, name);
        if (fault) reportAt(codeBase, literal, report, fault);
      }
      if (folder !== 'cli') ensureNoExit(codeBase, file, report);
    }
  }
}

/** What is wrong with importing a package that belongs to another folder. */
function packageFault(folder: string, name: string): string | undefined {
  const owner = owners[name];
  return owner && owner !== folder ? `only ${owner} may import ${name}` : undefined;
}

/** What is wrong with a front end that imports something of Node. */
function machineFault(folder: string, literal: StringLiteral, name: string): string | undefined {
  if (folder === 'extension' && name.startsWith('node:'))
    return (
      `extension may not import ${name}: ` +
      'it also runs in a browser; use vscode or, lazily, host'
    );
  const isNarrow = folder === 'cli' || folder === 'generators';
  const isMachine = /^(node:)?(fs|fs\/promises|child_process)$/.test(name);
  return isNarrow && isMachine ? writingFault(folder, literal) : undefined;
}

/**
 * The extension loads host, rehearse and operate only when it needs them, never in a browser:
 * `import()`, or types.
 */
export function ensureHostIsLazy(codeBase: CodeBase, report: Report): void {
  for (const file of filesIn(codeBase, 'extension')) {
    for (const { literal, target } of importsOf(file)) {
      const declaration = literal.getFirstAncestorByKind(SyntaxKind.ImportDeclaration);
      if (!target || !declaration || declaration.isTypeOnly()) continue;
      const folder = folderOf(pathOf(codeBase, target));
      if (['host', 'rehearse', 'operate'].includes(folder))
        reportAt(
          codeBase,
          literal,
          report,
          `extension loads ${folder} by import(), when it needs it`,
        );
    }
  }
}

/** A front end may read files; what writes or starts something goes through host. */
function writingFault(folder: string, literal: StringLiteral): string | undefined {
  const named =
    literal
      .getParentIfKind(SyntaxKind.ImportDeclaration)
      ?.getNamedImports()
      .map(specifier => specifier.getName()) ?? [];
  const other = named.filter(name => !/^(read|exists|stat|lstat|realpath|access)/.test(name));
  if (named.length > 0 && other.length === 0) return undefined;
  const what = other.join(', ') || literal.getLiteralValue();
  return `${folder} may not import ${what}: it writes and runs through host`;
}

function ensureNoExit(codeBase: CodeBase, file: SourceFile, report: Report): void {
  for (const access of file.getDescendantsOfKind(SyntaxKind.PropertyAccessExpression)) {
    if (/^process\.(argv|exit|exitCode)$/.test(access.getText()))
      reportAt(codeBase, access, report, `only cli may touch ${access.getText()}`);
  }
}

function folderFault(from: string, to: string): string | undefined {
  const here = folderOf(from);
  const there = folderOf(to);
  if (here === there) return undefined;
  const allowed = folders[here];
  return !allowed || allowed.includes(there) ? undefined : `${here} may not import from ${there}`;
}

function floorFault(codeBase: CodeBase, from: string, target: SourceFile): string | undefined {
  const here = floorOf(from);
  const to = pathOf(codeBase, target);
  const allowed = here && floors[here];
  if (!allowed) return undefined;
  const reached = floorOf(to) ? [target] : reachedFrom(target);
  const above = reached.find(file => {
    const floor = floorOf(pathOf(codeBase, file));
    return floor !== undefined && floor !== here && !allowed.includes(floor);
  });
  if (!above) return undefined;
  const there = floorOf(pathOf(codeBase, above));
  return above === target
    ? `${here} may not import from ${there}`
    : `${here} may not import ${to}: it leads up to ${there}`;
}

function reachedFrom(file: SourceFile, seen = new Set<SourceFile>()): SourceFile[] {
  if (seen.has(file)) return [];
  seen.add(file);
  for (const { target } of importsOf(file)) if (target) reachedFrom(target, seen);
  return [...seen];
}

function importsOf(file: SourceFile): Import[] {
  return file.getImportStringLiterals().map(literal => ({
    literal,
    name: literal.getLiteralValue(),
    target: targetOf(file, literal.getLiteralValue()),
  }));
}

/** Our imports name the file they mean, ending included. */
function targetOf(file: SourceFile, name: string): SourceFile | undefined {
  return name.startsWith('.')
    ? file.getProject().getSourceFile(posix.join(file.getDirectoryPath(), name))
    : undefined;
}

function filesIn(codeBase: CodeBase, folder: string): SourceFile[] {
  return codeBase.project
    .getSourceFiles()
    .filter(file => folderOf(pathOf(codeBase, file)) === folder);
}

function folderOf(path: string): string {
  return path.slice(0, path.indexOf('/'));
}

function floorOf(path: string): string | undefined {
  return /^core\/(go\/)?[^/]+(?=\/)/.exec(path)?.[0];
}

/**
 * The identifiers with such a name; only files that hold the name at all are walked, which is what
 * takes the time.
 */
function identifiersIn(file: SourceFile, name: RegExp): Node[] {
  const somewhere = new RegExp(name.source.replace(/^\^|\$$/g, '\\b'));
  return somewhere.test(file.getFullText())
    ? file.getDescendantsOfKind(SyntaxKind.Identifier).filter(node => name.test(node.getText()))
    : [];
}

/** Whether an identifier stands for a value, rather than naming a property. */
function isUse(identifier: Node): boolean {
  const parent = identifier.getParent();
  if (Node.isPropertyAccessExpression(parent)) return parent.getNameNode() !== identifier;
  return !(
    Node.isPropertyAssignment(parent) ||
    Node.isPropertySignature(parent) ||
    Node.isMethodSignature(parent) ||
    Node.isMethodDeclaration(parent)
  );
}
