import { ensureCitationsExist } from '../contract/citations.ts';
import type { CodeBase, Ensure } from '../contract/code-base.ts';
import { openCodeBase } from '../contract/code-base.ts';
import { ensureDirections } from '../contract/imports.ts';
import { complexFunctions } from './complexity.ts';
import { codeLinesOf, isOnlyText, linesOf } from './lines.ts';
import { exportedNames, nestedConditionals } from './syntax.ts';
import { parse } from './tokens.ts';
import type { Result } from './tool.ts';

/** One measured number and its limit. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly limit: number;
  /** What was counted, one a line, where no other part of the check names it. */
  readonly counted?: readonly string[];
}

/** The folders that are shipped. */
const productFolders = ['core', 'host', 'rehearse', 'operate', 'cli', 'extension', 'generators'];

/** Tables in TypeScript, which older checkouts have in place of JSON. */
const dataFiles = new Set(['core/sdk/modules.ts']);

const longestLine = 100;
const longestFile = 400;

/** A figure as a line of text. */
export function lineOfFigure(measured: Figure): string {
  const { name, value, limit } = measured;
  const shown = Number.isInteger(value) ? String(value) : value.toFixed(2);
  return `figure ${name} ${shown} limit <=${limit}${isOver(measured) ? ' OVER' : ''}`;
}

/** Whether every figure is within its limit; those that are not, and what was counted. */
export function withinLimits(figures: readonly Figure[]): Result {
  const over = figures.filter(isOver);
  const lines = over.flatMap(one => [lineOfFigure(one), ...(one.counted ?? [])]);
  return { ok: over.length === 0, output: lines.join('\n') };
}

/** Whether a figure is over its limit. */
export function isOver({ value, limit }: Figure): boolean {
  return value > limit;
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
    counting('files-over-400-lines', longFiles(codeBase)),
    figure('functions-over-complexity-20', complexFunctions(dir, product), 0),
    figure('nested-conditionals', nested, 0),
    figure('upward-imports', findings(codeBase, ensureDirections), 0),
    counting('names-exported-twice', namesExportedTwice(texts)),
    figure('citations-of-missing-files', findings(codeBase, ensureCitationsExist), 0),
  ];
}

function figure(name: string, value: number, limit: number): Figure {
  return { name, value, limit };
}

/** A figure of things that must not be, and are named. */
function counting(name: string, counted: readonly string[]): Figure {
  return { name, value: counted.length, limit: 0, counted };
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

/** The files of code that are too long, tests and scripts included. */
function longFiles(codeBase: CodeBase): string[] {
  const code = codeBase.paths.filter(
    path => /\.(ts|mjs)$/.test(path) && !path.endsWith('.generated.ts') && !dataFiles.has(path),
  );
  return code.filter(path => linesOf(codeBase.read(path) ?? '').length > longestFile);
}

/** How many things a check of the contract reports. */
function findings(codeBase: CodeBase, ensure: Ensure): number {
  let count = 0;
  void ensure(codeBase, () => count++);
  return count;
}

/** The names that two files or more declare and export, default exports aside: `NAME: FILE, …`. */
function namesExportedTwice(texts: ReadonlyMap<string, string>): string[] {
  const files = new Map<string, string[]>();
  for (const [path, text] of texts) {
    for (const name of exportedNames(parse(text)))
      files.set(name, [...(files.get(name) ?? []), path]);
  }
  const twice = [...files].filter(([, paths]) => paths.length > 1);
  return twice.map(([name, paths]) => `${name}: ${paths.join(', ')}`);
}
