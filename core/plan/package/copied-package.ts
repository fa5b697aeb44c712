import { basename, join } from '../../files.ts';
import type { TextEdit } from '../../go/edit/edit.ts';
import { applyEdits } from '../../go/edit/edit.ts';
import type { EditBatch } from '../../go/edit/edit-batch.ts';
import { withoutUnusedImports } from '../../go/edit/unused-imports.ts';
import type { FileFacts } from '../../go/source/facts.ts';
import { quote } from '../../go/syntax/syntax.ts';
import { Refusal } from '../../refusal.ts';
import type { Registration } from '../../wiring/style.ts';
import type { Job } from '../upgrade/job.ts';
import { refuseExisting } from '../upgrade/job.ts';
import { nameOf } from '../upgrade/neighbour.ts';
import { commentAbove, generalComment } from './doc-comment.ts';
import { respell, respellIdentifier, respellProse } from './naming.ts';
import type { Part } from './package-parts.ts';
import { behindBlank, partsOfFile, reachedFrom } from './package-parts.ts';
import type { PackageName } from './upgrade-package.ts';

/** A neighbour's package, copied: how it calls what the neighbour calls so. */
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
  refuseExisting(job, target.dir);
  const changed = repo.with(changes.texts());
  const parts = changed.filesOf(old.package).flatMap(partsOfFile);
  const kept = reachedFrom(parts, parts.filter(isRoot));
  const identifiers = new Map(
    [...kept]
      .flatMap(p => p.names)
      .map(n => [n, respellIdentifier({ name: from, text: n }, name) ?? n]),
  );
  for (const facts of new Set([...kept].map(p => p.facts))) {
    if (facts.buildTags !== undefined)
      throw new Refusal(
        `${facts.path} is only built with ${facts.buildTags}, so it cannot be followed; add this upgrade by hand`,
        { file: facts.path },
      );
    const text = withoutUnusedImports(repo, facts.path, copied(facts, kept, from, name, target));
    const file = basename(facts.path);
    const spelt = [...identifiers].reduce(
      (t, [a, b]) => (a === b ? t : t.replace(new RegExp(`\\b${a}\\b`, 'g'), b)),
      text,
    );
    const path = join(target.dir, respell({ name: from, text: file }, name) ?? file);
    // What was written already, such as the name's constant, is there.
    if (!job.creates.some(c => c.file === path)) job.creates.push({ file: path, text: spelt });
  }
  return { identifier: name => identifiers.get(name) ?? name };
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
  const clause = facts.packageEnd - facts.package.length;
  const edits: TextEdit[] = [];
  const head = text.slice(0, clause);
  edits.push({
    start: 0,
    end: facts.packageEnd,
    text:
      respellProse(
        head.replace(new RegExp(`\\b${facts.package}\\b`, 'g'), target.name),
        from,
        name,
      ) + target.name,
  });
  for (const part of partsOfFile(facts)) {
    const keep = [...kept].some(k => k.facts === facts && k.start === part.start);
    if (!keep) edits.push({ start: part.start, end: behindBlank(text, part.end), text: '' });
    else {
      const comment = text.slice(part.start, commentEnd(text, part.start));
      const said =
        comment && commentFor(commentAbove(text, part.start + comment.length), from, name);
      if (comment)
        edits.push({
          start: part.start,
          end: part.start + comment.length,
          text: said && `${said}\n`,
        });
    }
  }
  // The name, and what is said of it, also stand in the code.
  const lines = applyEdits(text, edits)
    .replaceAll(quote(from), quote(name))
    .replace(/^\s+\/\/.*$/gm, line => respellProse(line, from, name));
  return lines.replace(/\n\n\n+/g, '\n\n').replace(/\s*$/, '\n');
}

function commentFor(comment: string, from: string, name: string): string {
  const directive = (line: string) => /^\/\/\s?nolint|^\/\/\w+:/.test(line);
  const lines = comment.split('\n');
  const said = generalComment(
    lines
      .filter(l => !directive(l))
      .join('\n')
      .replace(/(\n\/\/)+$/, ''),
    from,
    name,
  );
  const directives = lines.filter(directive);
  return [...(said ? [said, ...(directives.length ? ['//'] : [])] : []), ...directives].join('\n');
}

function commentEnd(text: string, start: number): number {
  return start + /^(?:[ \t]*\/\/[^\n]*\n)*/.exec(text.slice(start))![0].length;
}
