import { dirname } from '../../files.ts';
import type { TextEdit } from '../../go/edit/edit.ts';
import { indentAt, lineEnd, lineStart } from '../../go/edit/edit.ts';
import { importLine, qualifierOf } from '../../go/edit/imports.ts';
import type { FileFacts, Import, ImportBlock } from '../../go/source/facts.ts';
import { importsOf } from '../../go/source/facts.ts';
import type { Named } from '../package/naming.ts';
import { respellIdentifier } from '../package/naming.ts';
import { needsAlias } from '../package/package-name.ts';
import { nameOf } from '../upgrade/neighbour.ts';
import type { MovedFolder } from './folders.ts';
import { identifierByHabit } from './habits.ts';
import type { RenamedPlan } from './renamed-plan.ts';
import { wordAt } from './syntax-of-file.ts';
import type { Token, TokenFile } from './tokens.ts';

/** An import of a moved package: how it is written then, and the names that its users write. */
export interface MovedImport {
  readonly spec: Import;
  readonly line: string;
  readonly qualifier: string;
  readonly newQualifier: string;
}

/** A file's imports of moved packages, and of packages below them. */
export function movedImports(
  plan: RenamedPlan,
  file: TokenFile,
  folders: readonly MovedFolder[],
): MovedImport[] {
  const { facts } = file;
  const here = dirname(facts.path);
  return importsOf(facts).flatMap((spec): MovedImport[] => {
    const dir = plan.repo.dirOf(spec.path, here);
    const folder = folders.find(
      ({ from }) => dir !== undefined && (dir === from.dir || dir.startsWith(`${from.dir}/`)),
    );
    if (!folder) return [];
    const { from, to } = folder;
    const path = to.path + spec.path.slice(from.path.length);
    const qualifier = qualifierOf(plan.repo, here, spec);
    if (dir !== from.dir || spec.alias === '_' || spec.alias === '.') {
      const line = importLine({ path, alias: spec.alias });
      return [{ spec, line, qualifier, newQualifier: qualifier }];
    }
    const wanted = newAlias(plan, facts, spec, folder);
    const free = isFree(plan, file, qualifier, wanted ?? to.name);
    const alias = free ? wanted : qualifier;
    return [{ spec, line: importLine({ path, alias }), qualifier, newQualifier: alias ?? to.name }];
  });
}

/** The alias that New Upgrade would import the package under, as far as the file's habit tells. */
function newAlias(
  plan: RenamedPlan,
  facts: FileFacts,
  { alias }: Import,
  { from, to }: MovedFolder,
): string | undefined {
  const others = importsOfOthers(plan, facts);
  const [first] = others;
  const oldName = plan.from;
  if (alias === undefined) {
    const isBare = first ? first.alias === undefined : needsAlias(from) !== undefined;
    return needsAlias(to, isBare);
  }
  if (alias === from.name) {
    if (first && first.alias === undefined && needsAlias(from, true) === alias)
      return needsAlias(to, true);
    if (!first && needsAlias(from) === alias) return needsAlias(to);
  }
  const witnesses = others.flatMap(({ name, alias: text }): Named[] =>
    text === undefined ? [] : [{ name, text }],
  );
  return (
    identifierByHabit(alias, plan, witnesses) ??
    (alias === from.name ? to.name : undefined) ??
    respellIdentifier({ name: oldName, text: alias }, plan.to) ??
    alias
  );
}

/** How a file imports the packages of the other upgrades. */
function importsOfOthers(
  { repo, others, app }: RenamedPlan,
  facts: FileFacts,
): { readonly name: string; readonly alias: string | undefined }[] {
  const here = dirname(facts.path);
  return others
    .filter(one => one.package !== app.dir)
    .flatMap(one =>
      importsOf(facts)
        .filter(({ path, alias }) => alias !== '_' && repo.dirOf(path, here) === one.package)
        .map(({ alias }) => ({ name: nameOf(one), alias })),
    );
}

/**
 * Whether an import can get another name in a file: all its uses are read, and nothing else there
 * has that name.
 */
function isFree(
  { repo }: RenamedPlan,
  { facts, tokens }: TokenFile,
  qualifier: string,
  wanted: string,
): boolean {
  if (qualifier === wanted) return true;
  const isWord = ({ kind, text }: Token, name: string) => kind === 'word' && text === name;
  const uses = tokens.filter(
    (token, i) =>
      isWord(token, qualifier) && tokens[i + 1]?.text === '.' && tokens[i - 1]?.text !== '.',
  );
  const isTaken = tokens.some(
    (token, i) =>
      isWord(token, wanted) && tokens[i - 1]?.text !== '.' && tokens[i - 1]?.text !== 'package',
  );
  return !isTaken && uses.every(({ start }) => wordAt(repo, facts, start) !== 'unread');
}

/**
 * The edits that give imports their new lines; where the lines around them are in gofmt's order,
 * they are so afterwards.
 */
export function importEdits(facts: FileFacts, moved: readonly MovedImport[]): TextEdit[] {
  return facts.imports.flatMap(block =>
    runsOf(facts, block).flatMap(run => runEdits(facts, run, moved)),
  );
}

function runEdits(
  { text }: FileFacts,
  run: readonly Import[],
  moved: readonly MovedImport[],
): TextEdit[] {
  const own = moved.filter(({ spec }) => run.includes(spec));
  if (own.length === 0) return [];
  const plain = own.map(({ spec, line }) => ({ start: spec.start, end: spec.end, text: line }));
  const first = run[0]!;
  const start = lineStart(text, first.start);
  const end = lineEnd(text, run.at(-1)!.end);
  const lines = run.map(spec => {
    const line = own.find(one => one.spec === spec)?.line ?? text.slice(spec.start, spec.end);
    const rest = text.slice(spec.end, lineEnd(text, spec.end)).replace(/\r?\n$/, '');
    return { path: /"([^"]+)"/.exec(line)![1]!, text: `${line}${rest}` };
  });
  const isSorted = (paths: readonly string[]) =>
    paths.every((p, i) => i === 0 || paths[i - 1]! <= p);
  const each = text.slice(start, end).split('\n').length - 1 === run.length;
  const stays = isSorted(lines.map(({ path }) => path));
  if (stays || !each || !isSorted(run.map(({ path }) => path))) return plain;
  const indent = indentAt(text, first.start);
  const sorted = [...lines].sort((a, b) => (a.path < b.path ? -1 : 1));
  return [{ start, end, text: sorted.map(line => `${indent}${line.text}\n`).join('') }];
}

/** Runs of imports on successive lines. */
function runsOf({ text }: FileFacts, { grouped, imports }: ImportBlock): Import[][] {
  if (!grouped) return imports.map(one => [one]);
  const runs: Import[][] = [];
  let last: Import | undefined;
  for (const one of imports) {
    const between = last ? text.slice(last.end, one.start) : '';
    if (!last || (between.match(/\n/g)?.length ?? 0) > 1) runs.push([]);
    runs.at(-1)!.push(one);
    last = one;
  }
  return runs;
}
