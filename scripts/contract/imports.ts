import { posix } from 'node:path';
import type { SourceFile, StringLiteral } from 'ts-morph';
import { Node, SyntaxKind } from 'ts-morph';
import type { House, Problem } from './house.ts';
import { at, pathOf } from './house.ts';

/**
 * Which rooms a room may import from, itself aside. Scripts and tests may import from every room.
 */
const rooms: Readonly<Record<string, readonly string[]>> = {
  core: [],
  host: ['core'],
  rehearse: ['core', 'host'],
  extension: ['core', 'host', 'rehearse'],
  generators: ['core', 'host', 'rehearse'],
  cli: ['core', 'host', 'rehearse'],
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
  'core/inspect': ground,
  'core/lock': [...ground, 'core/inspect'],
  'core/lint': [...ground, 'core/edit'],
  'core/rehearse': [...ground, 'core/lint'],
  'core/plan': [...ground, 'core/edit'],
  'core/judge': [...ground, 'core/lint', 'core/plan'],
  'core/tasks': [...ground, 'core/plan', 'core/judge'],
};

/** Packages with one room. */
const owners: Readonly<Record<string, string>> = {
  vscode: 'extension',
  'yeoman-generator': 'generators',
};

/** What core may use besides itself. */
const pure = ['handlebars', 'picomatch', 'web-tree-sitter', 'yaml'];

interface Import {
  readonly literal: StringLiteral;
  readonly name: string;
  readonly target: SourceFile | undefined;
}

/** Imports run downwards: between the rooms, and between the floors of core. */
export function ensureDirections(house: House, problem: Problem): void {
  for (const file of house.project.getSourceFiles()) {
    const from = pathOf(house, file);
    for (const { literal, target } of importsOf(file)) {
      if (!target) continue;
      const to = pathOf(house, target);
      const fault = roomFault(from, to) ?? floorFault(house, from, target);
      if (fault) at(house, literal, problem, fault);
    }
  }
}

/** The import graph has no circle; types count, because a circle of types is a circle of ideas. */
export function ensureNoCircles(house: House, problem: Problem): void {
  const done = new Set<SourceFile>();
  const walk = (file: SourceFile, trail: readonly SourceFile[]): void => {
    for (const { literal, target } of importsOf(file)) {
      if (!target || done.has(target)) continue;
      const start = trail.indexOf(target);
      if (start < 0) walk(target, [...trail, target]);
      else
        at(
          house,
          literal,
          problem,
          `closes a circle: ${[...trail.slice(start), target].map(f => pathOf(house, f)).join(' → ')}`,
        );
    }
    done.add(file);
  };
  for (const file of house.project.getSourceFiles()) if (!done.has(file)) walk(file, [file]);
}

/** The engine runs anywhere: no Node, no editor, no Yeoman, nothing of the process it runs in. */
export function ensureCoreIsPure(house: House, problem: Problem): void {
  const machine = /^(process|Buffer|console|__dirname|__filename|global|globalThis|fetch)$/;
  for (const file of filesIn(house, 'core')) {
    for (const { literal, name } of importsOf(file)) {
      if (!name.startsWith('.') && !pure.includes(name))
        at(house, literal, problem, `core may not import ${name}: take it through a port`);
    }
    for (const identifier of identifiersIn(file, machine)) {
      if (isUse(identifier))
        at(
          house,
          identifier,
          problem,
          `core may not use ${identifier.getText()}: take it through a port`,
        );
    }
  }
}

/**
 * vscode and yeoman-generator have one room each; only cli touches arguments and exit codes; only
 * host writes.
 */
export function ensureDoorsStayApart(house: House, problem: Problem): void {
  for (const file of Object.keys(rooms).flatMap(room => filesIn(house, room))) {
    const room = roomOf(pathOf(house, file));
    for (const { literal, name } of importsOf(file)) {
      const owner = owners[name];
      if (owner && owner !== room) at(house, literal, problem, `only ${owner} may import ${name}`);
      if (
        ['cli', 'generators'].includes(room) &&
        /^(node:)?(fs|fs\/promises|child_process)$/.test(name)
      )
        ensureReading(house, literal, problem);
      if (room === 'extension' && name.startsWith('node:'))
        at(
          house,
          literal,
          problem,
          `extension may not import ${name}: it also runs in a browser; use vscode or, lazily, host`,
        );
    }
    if (room !== 'cli') ensureNoExit(house, file, problem);
  }
}

/**
 * The extension loads host and rehearse only when it needs them, never in a browser: `import()`, or
 * types.
 */
export function ensureHostIsLazy(house: House, problem: Problem): void {
  for (const file of filesIn(house, 'extension')) {
    for (const { literal, target } of importsOf(file)) {
      const declaration = literal.getFirstAncestorByKind(SyntaxKind.ImportDeclaration);
      if (!target || !declaration || declaration.isTypeOnly()) continue;
      const room = roomOf(pathOf(house, target));
      if (room === 'host' || room === 'rehearse')
        at(house, literal, problem, `extension loads ${room} by import(), when it needs it`);
    }
  }
}

/** A door may look at its own files; what writes or starts something is host's. */
function ensureReading(house: House, literal: StringLiteral, problem: Problem): void {
  const named =
    literal
      .getParentIfKind(SyntaxKind.ImportDeclaration)
      ?.getNamedImports()
      .map(specifier => specifier.getName()) ?? [];
  const other = named.filter(name => !/^(read|exists|stat|lstat|realpath|access)/.test(name));
  if (named.length > 0 && other.length === 0) return;
  const room = roomOf(pathOf(house, literal.getSourceFile()));
  at(
    house,
    literal,
    problem,
    `${room} may not import ${other.join(', ') || literal.getLiteralValue()}: it writes and runs through host`,
  );
}

function ensureNoExit(house: House, file: SourceFile, problem: Problem): void {
  for (const access of file.getDescendantsOfKind(SyntaxKind.PropertyAccessExpression)) {
    if (/^process\.(argv|exit|exitCode)$/.test(access.getText()))
      at(house, access, problem, `only cli may touch ${access.getText()}`);
  }
}

function roomFault(from: string, to: string): string | undefined {
  const [here, there] = [roomOf(from), roomOf(to)];
  if (here === there) return undefined;
  const allowed = rooms[here];
  return !allowed || allowed.includes(there) ? undefined : `${here} may not import from ${there}`;
}

function floorFault(house: House, from: string, target: SourceFile): string | undefined {
  const here = floorOf(from);
  const to = pathOf(house, target);
  const allowed = here && floors[here];
  if (!allowed) return undefined;
  const reached = floorOf(to) ? [target] : reachedFrom(target);
  const above = reached.find(file => {
    const floor = floorOf(pathOf(house, file));
    return floor !== undefined && floor !== here && !allowed.includes(floor);
  });
  if (!above) return undefined;
  const there = floorOf(pathOf(house, above));
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

function filesIn(house: House, room: string): SourceFile[] {
  return house.project.getSourceFiles().filter(file => roomOf(pathOf(house, file)) === room);
}

function roomOf(path: string): string {
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
