import { dirname } from '../../files.ts';
import type { Repo } from '../repo/repo.ts';
import { guessPackageName } from '../repo/repo.ts';
import type { FileFacts, Import, ImportBlock } from '../source/facts.ts';
import { importsOf } from '../source/facts.ts';
import { importBlock } from '../source/import-block.ts';
import { commentStart } from './comment-above.ts';
import type { TextEdit } from './edit.ts';
import { applyEdits, lineEnd, lineStart } from './edit.ts';

/** An import to be there, and the name its users write. */
export interface ImportSpec {
  readonly path: string;
  readonly alias: string | undefined;
}

/** One line of an import block. */
export function importLine({ path, alias }: ImportSpec): string {
  return alias === undefined ? `"${path}"` : `${alias} "${path}"`;
}

/**
 * The edits that add imports to a file, each where a careful hand would put it: in the group it
 * shares most with, in gofmt's order. Imports that are there already (under the same name) are left
 * out. `own` is the module's own path.
 */
export function addImports(facts: FileFacts, wanted: readonly ImportSpec[], own = ''): TextEdit[] {
  const missing = missingIn(facts, wanted);
  if (missing.length === 0) return [];
  const block = facts.imports.filter(({ grouped }) => grouped).at(-1) ?? facts.imports.at(-1);
  if (!block) return [firstImport(facts, missing, own)];
  if (block.grouped) return addToBlock(facts, block, missing, own);
  const text = `import (\n${freshBlock([...block.imports, ...missing], own)}\n)`;
  return [{ start: block.start, end: block.end, text }];
}

/** The imports that a file does not have under their names, each once. */
function missingIn(facts: FileFacts, wanted: readonly ImportSpec[]): ImportSpec[] {
  const missing: ImportSpec[] = [];
  for (const spec of wanted) {
    const isSame = (one: ImportSpec) => one.path === spec.path && one.alias === spec.alias;
    if (!importsOf(facts).some(isSame) && !missing.some(isSame)) missing.push(spec);
  }
  return missing;
}

/** The import declaration of a file that has none. */
function firstImport(facts: FileFacts, missing: readonly ImportSpec[], own: string): TextEdit {
  const declaration =
    missing.length === 1
      ? `import ${importLine(missing[0]!)}`
      : `import (\n${freshBlock(missing, own)}\n)`;
  const at = lineBreakAfter(facts.text, facts.packageEnd);
  return { start: at, end: at, text: `\n\n${declaration}` };
}

function addToBlock(
  facts: FileFacts,
  block: ImportBlock,
  missing: readonly ImportSpec[],
  own: string,
): TextEdit[] {
  const groups = groupsOf(facts, block);
  const isMine = (group: readonly Import[]) => group.every(({ path }) => isOwn(path, own));
  const mine = groups.find(isMine);
  // Imports of others do not go among the repository's own where those stand apart.
  const candidates = (spec: ImportSpec) =>
    likeEffects(isOwn(spec.path, own) ? groups : groups.filter(group => !isMine(group)), spec);
  // The standard library and the rest do not mix either: what finds no group of its kind gets one.
  const hasGroup = (spec: ImportSpec) =>
    groups.length === 0 || candidates(spec).some(group => isOfKind(group, spec));
  const sorted = [...missing].sort(byPath);
  const apart = sorted.filter(spec => !hasGroup(spec));
  const edits: TextEdit[] = [];
  const standard = apart.filter(({ path }) => isStandard(path));
  if (standard.length > 0) edits.push(firstGroup(facts, block, standard));
  const others = apart.filter(({ path }) => !isStandard(path));
  if (others.length > 0) {
    const last = groups.at(-1)!;
    edits.push(mine ? groupBefore(facts, mine, others) : groupAfter(facts, last, others, own));
  }
  for (const spec of sorted) {
    if (hasGroup(spec)) edits.push(insertInto(facts, block, spec, candidates(spec)));
  }
  return edits;
}

/**
 * The groups of imports for their effects alone, where they stand apart, for one such import; the
 * others for one with a name.
 */
function likeEffects(groups: readonly Import[][], { alias }: ImportSpec): readonly Import[][] {
  const isForEffects = (group: readonly Import[]) => group.every(one => one.alias === '_');
  const fitting = groups.filter(group => isForEffects(group) === (alias === '_'));
  return fitting.length > 0 ? fitting : groups;
}

/** Whether some import of a group is of the standard library as the wanted one is, or neither is. */
function isOfKind(group: readonly Import[], { path }: ImportSpec): boolean {
  return group.some(one => isStandard(one.path) === isStandard(path));
}

/** Whether an import path is the module's own, or one of its packages'. */
function isOwn(path: string, own: string): boolean {
  return own !== '' && (path === own || path.startsWith(`${own}/`));
}

function byPath(one: ImportSpec, other: ImportSpec): number {
  return one.path < other.path ? -1 : 1;
}

function linesOf(wanted: readonly ImportSpec[]): string {
  return wanted.map(w => `\t${importLine(w)}`).join('\n');
}

function firstGroup(facts: FileFacts, block: ImportBlock, wanted: readonly ImportSpec[]): TextEdit {
  const open = facts.text.indexOf('(', block.start) + 1;
  return { start: open, end: open, text: `\n${linesOf(wanted)}\n` };
}

function groupBefore(
  facts: FileFacts,
  group: readonly Import[],
  wanted: readonly ImportSpec[],
): TextEdit {
  // A comment above the group is the group's.
  const at = commentStart(facts.text, lineStart(facts.text, group[0]!.start));
  return { start: at, end: at, text: `${linesOf(wanted)}\n\n` };
}

function groupAfter(
  facts: FileFacts,
  group: readonly Import[],
  wanted: readonly ImportSpec[],
  own: string,
): TextEdit {
  const at = lineBreakAfter(facts.text, group.at(-1)!.end);
  return { start: at, end: at, text: `\n\n${freshBlock(wanted, own)}` };
}

/** The end of the line at an offset, before its line break. */
function lineBreakAfter(text: string, offset: number): number {
  const end = lineEnd(text, offset);
  return text[end - 1] === '\n' ? end - (text[end - 2] === '\r' ? 2 : 1) : end;
}

/** Imports of a file that had none: the standard library, others, the repository's own. */
function freshBlock(wanted: readonly ImportSpec[], own: string): string {
  const groupOf = ({ path }: ImportSpec) => {
    if (isOwn(path, own)) return 2;
    return isStandard(path) ? 0 : 1;
  };
  return [0, 1, 2]
    .map(group => wanted.filter(spec => groupOf(spec) === group))
    .filter(group => group.length > 0)
    .map(group => linesOf([...group].sort(byPath)))
    .join('\n\n');
}

/** Whether an import path is one of the standard library's: its first element has no dot. */
export function isStandard(path: string): boolean {
  return !path.split('/')[0]!.includes('.');
}

/** Runs of imports on successive lines; gofmt sorts within each. */
function groupsOf(facts: FileFacts, block: ImportBlock): Import[][] {
  const groups: Import[][] = [];
  let last: Import | undefined;
  for (const one of block.imports) {
    const between = last ? facts.text.slice(last.end, one.start) : '';
    if (!last || (between.match(/\n/g)?.length ?? 0) > 1) groups.push([]);
    groups.at(-1)!.push(one);
    last = one;
  }
  return groups;
}

function insertInto(
  facts: FileFacts,
  block: ImportBlock,
  wanted: ImportSpec,
  groups: readonly Import[][],
): TextEdit {
  const group = bestGroup(groups, wanted.path);
  if (!group) {
    const open = facts.text.indexOf('(', block.start) + 1;
    return { start: open, end: open, text: `\n\t${importLine(wanted)}` };
  }
  const next = group.find(i => i.path > wanted.path);
  if (next) {
    const at = lineStart(facts.text, next.start);
    return { start: at, end: at, text: `\t${importLine(wanted)}\n` };
  }
  const at = lineBreakAfter(facts.text, group.at(-1)!.end);
  return { start: at, end: at, text: `\n\t${importLine(wanted)}` };
}

function bestGroup(groups: readonly Import[][], path: string): Import[] | undefined {
  let best: Import[] | undefined;
  let score = 0;
  for (const group of groups) {
    const shared = Math.max(...group.map(i => sharedElements(i.path, path)));
    if (shared > 0 && shared >= score) [best, score] = [group, shared];
  }
  if (best) return best;
  return isStandard(path)
    ? groups.find(g => g.every(i => isStandard(i.path)))
    : (groups.filter(g => !g.every(i => isStandard(i.path))).at(-1) ?? groups.at(-1));
}

function sharedElements(a: string, b: string): number {
  if (isStandard(a) !== isStandard(b)) return 0;
  if (isStandard(a)) return 1;
  const [x, y] = [a.split('/'), b.split('/')];
  let n = 0;
  while (n < x.length && x[n] === y[n]) n++;
  // A package in the same folder is nearer than the folder's own.
  return x.length === y.length && n === x.length - 1 ? n + 0.5 : n;
}

/** The name under which a file would refer to an import. */
export function qualifierOf(repo: Repo, from: string, { path, alias }: ImportSpec): string {
  return alias ?? repo.packageName(path, from);
}

/** Names a file already uses for something: its imports, and what its package declares. */
export function takenNames(repo: Repo, facts: FileFacts): Set<string> {
  const dir = dirname(facts.path);
  const taken = new Set<string>();
  for (const i of importsOf(facts)) taken.add(i.alias ?? repo.packageName(i.path, dir));
  for (const file of repo.filesOf(dir)) {
    for (const spec of [...file.consts, ...file.vars, ...file.types]) taken.add(spec.name);
    for (const func of file.funcs) if (!func.receiver) taken.add(func.name);
  }
  return taken;
}

/**
 * Takes out the imports that a text no longer uses although it did before: those whose name stood
 * in the replaced pieces and stands nowhere else. Imports that were unused or dotted before are
 * none of our business.
 */
export function dropUnused(
  repo: Repo,
  before: FileFacts,
  after: FileFacts,
  uses: (facts: FileFacts, name: string) => boolean,
): string {
  return dropImports(after, one => {
    if (!hasName(one)) return false;
    const name = nameInUse(repo, dirname(before.path), one);
    return uses(before, name) && !uses(after, name);
  });
}

/** A file's text without the imports that go. */
export function dropImports(facts: FileFacts, goes: (one: Import) => boolean): string {
  const { text } = facts;
  const edits = facts.imports.flatMap(block =>
    block.imports.filter(goes).map(one => removal(text, block, one)),
  );
  return edits.length === 0 ? text : tidyImports(applyEdits(text, edits));
}

function hasName({ alias }: Import): boolean {
  return alias !== '_' && alias !== '.';
}

/** The name that a file's code has for an import; of packages that are not here, by Go's habit. */
function nameInUse(repo: Repo, dir: string, { alias, path }: Import): string {
  if (alias !== undefined) return alias;
  return repo.dirOf(path, dir) === undefined ? guessPackageName(path) : repo.packageName(path, dir);
}

/** Takes an import out, with the comment that stands above it alone. */
function removal(text: string, block: ImportBlock, one: Import): TextEdit {
  if (!block.grouped) return { start: block.start, end: lineEnd(text, block.end), text: '' };
  const end = lineEnd(text, one.end);
  const start = lineStart(text, one.start);
  const isLastOfGroup = /^[ \t]*(\r?\n|\))/.test(text.slice(end));
  return { start: isLastOfGroup ? commentStart(text, start) : start, end, text: '' };
}

/**
 * Blank lines that removed imports left behind at the ends of, or doubled inside, an import block.
 */
function tidyImports(text: string): string {
  return text.replace(importBlock, (declaration, body: string) => {
    const eol = body.includes('\r\n') ? '\r\n' : '\n';
    const lines = body.split(/\r?\n/);
    if (lines[0]?.trim() !== '' || lines.at(-1)?.trim() !== '') return declaration;
    const inner = commentsInColumn(lines.slice(1, -1))
      .join('\n')
      .replace(/\n\s*\n(\s*\n)+/g, '\n\n')
      .replace(/^(\s*\n)+/, '')
      .replace(/(\n\s*)+$/, '');
    return inner ? `import (${eol}${inner.replaceAll('\n', eol)}${eol})` : `import (${eol})`;
  });
}

const commented = /^(\s*(?:[\w.]+ )?"[^"]*")\s+(\/\/.*)$/;

/** Lines whose comments behind imports stand in one column, as gofmt has those of lines in a row. */
function commentsInColumn(lines: readonly string[]): string[] {
  const widthAt = (at: number) => commented.exec(lines[at] ?? '')?.[1]?.length;
  return lines.map((line, at) => {
    const [, code, comment] = commented.exec(line) ?? [];
    if (code === undefined || comment === undefined) return line;
    let widest = code.length;
    for (const step of [-1, 1])
      for (let i = at + step, width = widthAt(i); width !== undefined; i += step) {
        widest = Math.max(widest, width);
        width = widthAt(i + step);
      }
    return `${code.padEnd(widest)} ${comment}`;
  });
}
