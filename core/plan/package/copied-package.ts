import { basename, join } from '../../files.ts';
import { commentAbove, commentStart } from '../../go/edit/comment-above.ts';
import type { TextEdit } from '../../go/edit/edit.ts';
import { applyEdits } from '../../go/edit/edit.ts';
import type { EditBatch } from '../../go/edit/edit-batch.ts';
import { withoutUnusedImports } from '../../go/edit/unused-imports.ts';
import type { FileFacts } from '../../go/source/facts.ts';
import { quote } from '../../go/syntax/syntax.ts';
import { Refusal } from '../../refusal.ts';
import type { Registration } from '../../wiring/style.ts';
import { refuseExisting } from '../refuse-existing.ts';
import type { Job } from '../upgrade/job.ts';
import { nameOf } from '../upgrade/neighbour.ts';
import { generalComment } from './doc-comment.ts';
import { respell, respellIdentifier, respellProse, speaksOfOther } from './naming.ts';
import type { PackageName } from './package-name.ts';
import type { Part } from './package-parts.ts';
import { behindBlank, partsOfFile, reachedFrom } from './package-parts.ts';

/** A neighbour's package, copied: what its identifiers are called in the copy. */
export interface CopiedPackage {
  identifier(old: string): string;
}

/**
 * Makes the new upgrade's package a copy of its neighbour's: same files, same layout. `changes` are
 * made to the copy alone; what then is needed from `isRoot` on is kept, and what only the
 * neighbour's own steps needed is left out.
 */
export function copyPackage(
  job: Job,
  changes: EditBatch,
  old: Registration,
  target: PackageName,
  isRoot: (part: Part) => boolean,
): CopiedPackage {
  const { repo, name } = job;
  const from = nameOf(old);
  refuseExisting(job.repo.texts.keys(), target.dir);
  const parts = repo.with(changes.texts()).filesOf(old.package).flatMap(partsOfFile);
  const kept = reachedFrom(parts, parts.filter(isRoot));
  const identifiers = respeltNames(kept, from, name);
  for (const facts of new Set([...kept].map(part => part.facts))) {
    refuseBuildTags(facts);
    const copy = withoutUnusedImports(repo, facts.path, copied(facts, kept, from, name, target));
    const file = basename(facts.path);
    const path = join(target.dir, respell({ name: from, text: file }, name) ?? file);
    // What was written already, such as the name's constant, is there.
    if (!job.creates.some(create => create.file === path))
      job.creates.push({ file: path, text: withNames(copy, identifiers) });
  }
  return { identifier: ident => identifiers.get(ident) ?? ident };
}

/** What the declarations are called in the copy, by what they are called now. */
function respeltNames(
  kept: ReadonlySet<Part>,
  from: string,
  name: string,
): ReadonlyMap<string, string> {
  const names = [...kept].flatMap(part => part.names);
  return new Map(
    names.map(ident => [ident, respellIdentifier({ name: from, text: ident }, name) ?? ident]),
  );
}

function withNames(text: string, identifiers: ReadonlyMap<string, string>): string {
  let spelt = text;
  for (const [before, after] of identifiers)
    if (before !== after) spelt = spelt.replace(new RegExp(`\\b${before}\\b`, 'g'), after);
  return spelt;
}

function refuseBuildTags({ path, buildTags }: FileFacts): void {
  if (buildTags === undefined) return;
  throw new Refusal(
    `${path} is only built with ${buildTags}, so it cannot be followed; add this upgrade by hand`,
    { file: path },
  );
}

/** A file without what is not kept, in the new package and about the new upgrade. */
function copied(
  facts: FileFacts,
  kept: ReadonlySet<Part>,
  from: string,
  name: string,
  target: PackageName,
): string {
  const { text } = facts;
  const keptStarts = new Set([...kept].filter(k => k.facts === facts).map(k => k.start));
  const edits = partsOfFile(facts).flatMap(part =>
    keptStarts.has(part.start)
      ? commentEdits(text, part.start, from, name)
      : [{ start: part.start, end: behindBlank(text, part.end), text: '' }],
  );
  // The name, and what comments say of it, occur in the code too.
  const lines = applyEdits(text, [clauseEdit(facts, from, name, target), ...edits])
    .replaceAll(quote(from), quote(name))
    .replace(/^[ \t]+\/\/.*\n/gm, line => {
      const respelt = respellProse(line, from, name);
      return speaksOfOther(respelt, name) ? '' : respelt;
    });
  return lines.replace(/\n\n\n+/g, '\n\n').replace(/\s*$/, '\n');
}

/** The package clause, and what is above it, in the new package's name. */
function clauseEdit(facts: FileFacts, from: string, name: string, target: PackageName): TextEdit {
  const head = facts.text.slice(0, facts.packageEnd - facts.package.length);
  const renamed = head.replace(new RegExp(`\\b${facts.package}\\b`, 'g'), target.name);
  const respelt = respellProse(renamed, from, name);
  return {
    start: 0,
    end: facts.packageEnd,
    text: withoutStrangeDoc(respelt, name) + target.name,
  };
}

/** What is above a package's name, without a package comment that speaks of another version. */
function withoutStrangeDoc(head: string, name: string): string {
  const clause = head.lastIndexOf('package');
  const doc = commentAbove(head, clause);
  const isLegal = /SPDX|copyright|licen[sc]e|go:build|\+build/i.test(doc);
  if (doc === '' || isLegal || !speaksOfOther(doc, name)) return head;
  return head.slice(0, commentStart(head, clause)) + head.slice(clause);
}

/** Makes the comment above a declaration, if any, that of the new upgrade. */
function commentEdits(text: string, start: number, from: string, name: string): TextEdit[] {
  const end = commentEnd(text, start);
  if (end === start) return [];
  const comment = commentFor(commentAbove(text, end), from, name);
  return [{ start, end, text: comment === '' ? '' : `${comment}\n` }];
}

/** A comment about the new upgrade; its directives for tools stay as they are. */
function commentFor(comment: string, from: string, name: string): string {
  const isDirective = (line: string) => /^\/\/\s?nolint|^\/\/\w+:/.test(line);
  const lines = comment.split('\n');
  const directives = lines.filter(isDirective);
  const prose = lines
    .filter(line => !isDirective(line))
    .join('\n')
    .replace(/(\n\/\/)+$/, '');
  const general = generalComment(prose, from, name);
  const separator = general !== '' && directives.length > 0 ? ['//'] : [];
  return [...(general === '' ? [] : [general]), ...separator, ...directives].join('\n');
}

function commentEnd(text: string, start: number): number {
  return start + /^(?:[ \t]*\/\/[^\n]*\n)*/.exec(text.slice(start))![0].length;
}
