import { ensureCitationsExist } from '../contract/citations.ts';
import type { CodeBase, Ensure } from '../contract/code-base.ts';
import { openCodeBase } from '../contract/code-base.ts';
import { ensureDirections } from '../contract/imports.ts';
import { complexFunctions } from './complexity.ts';
import { codeLinesOf, isOnlyText, linesOf } from './lines.ts';
import { exportedNames, nestedConditionals } from './syntax.ts';
import { parse } from './tokens.ts';

/** One measured number and its limit. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly limit: number;
}

/** The folders that are shipped. */
const productFolders = ['core', 'host', 'rehearse', 'cli', 'extension', 'generators'];

/** Tables in TypeScript, which older checkouts have in place of JSON. */
const dataFiles = new Set(['core/sdk/modules.ts']);

const longestLine = 100;
const longestFile = 400;

/** A figure as a line of text. */
export function lineOfFigure({ name, value, limit }: Figure): string {
  const shown = Number.isInteger(value) ? String(value) : value.toFixed(2);
  return `figure ${name} ${shown} limit <=${limit}${value > limit ? ' OVER' : ''}`;
}

/** The figures of the code in a folder, which is this repository or another checkout of it. */
export function figuresOf(dir: string): Figure[] {
  const codeBase = openCodeBase(dir, false);
  const product = codeBase.paths.filter(isProduct);
  const texts = new Map(product.map(path => [path, codeBase.read(path) ?? '']));
  const sources = [...texts.values()].map(parse);
  const nested = sources.reduce((sum, source) => sum + nestedConditionals(source), 0);
  return [
    ...lineFigures([...texts.values()]),
    figure('tokens-per-line', tokensPerLine([...texts.values()]), 9),
    figure('files-over-400-lines', longFiles(codeBase), 0),
    figure('functions-over-complexity-20', complexFunctions(dir, product), 0),
    figure('nested-conditionals', nested, 0),
    figure('upward-imports', findings(codeBase, ensureDirections), 0),
    figure('names-exported-twice', namesExportedTwice(texts), 0),
    figure('citations-of-missing-files', findings(codeBase, ensureCitationsExist), 0),
  ];
}

function figure(name: string, value: number, limit: number): Figure {
  return { name, value, limit };
}

function isProduct(path: string): boolean {
  const folder = path.slice(0, path.indexOf('/'));
  return (
    productFolders.includes(folder) &&
    path.endsWith('.ts') &&
    !path.endsWith('.generated.ts') &&
    !dataFiles.has(path)
  );
}

/** The share of long lines, and of long lines that one string or URL makes long, in percent. */
function lineFigures(texts: readonly string[]): Figure[] {
  const lines = texts.flatMap(linesOf);
  const long = lines.filter(line => line.length > longestLine);
  const percent = (count: number) => (100 * count) / Math.max(lines.length, 1);
  return [
    figure('lines-over-100', percent(long.length), 0.5),
    figure('lines-over-100-by-one-string', percent(long.filter(isOnlyText).length), 0.5),
  ];
}

/** Tokens per line, of the lines that are neither blank nor only a comment. */
function tokensPerLine(texts: readonly string[]): number {
  let tokens = 0;
  let lines = 0;
  for (const text of texts) {
    const counted = codeLinesOf(parse(text));
    tokens += counted.tokens;
    lines += counted.lines;
  }
  return tokens / Math.max(lines, 1);
}

/** How many of all files of code are too long, tests and scripts included. */
function longFiles(codeBase: CodeBase): number {
  const code = codeBase.paths.filter(
    path => /\.(ts|mjs)$/.test(path) && !path.endsWith('.generated.ts') && !dataFiles.has(path),
  );
  return code.filter(path => linesOf(codeBase.read(path) ?? '').length > longestFile).length;
}

/** How many things a check of the contract reports. */
function findings(codeBase: CodeBase, ensure: Ensure): number {
  let count = 0;
  void ensure(codeBase, () => count++);
  return count;
}

/** How many names two files or more declare and export, default exports aside. */
function namesExportedTwice(texts: ReadonlyMap<string, string>): number {
  const files = new Map<string, number>();
  for (const text of texts.values()) {
    for (const name of exportedNames(parse(text))) files.set(name, (files.get(name) ?? 0) + 1);
  }
  return [...files.values()].filter(count => count > 1).length;
}
