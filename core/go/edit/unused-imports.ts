import type { Repo } from '../repo/repo.ts';
import type { FileFacts } from '../source/facts.ts';
import { qualifiersUsed } from './go-file.ts';
import { dropUnused } from './imports.ts';

/** A file's new text without the imports that only replaced code used. */
export function withoutUnusedImports(repo: Repo, file: string, text: string): string {
  const before = repo.facts(file);
  if (!before) return text;
  const after = repo.with([[file, text]]).facts(file)!;
  const used = new Map([before, after].map(facts => [facts, qualifiersUsed(facts)]));
  return dropUnused(repo, before, after, (facts, name) => mentions(facts, used.get(facts)!, name));
}

/**
 * Whether a file's code, imports aside, has the name before a dot. Bodies that were not copied are
 * searched as text: too careful is right here.
 */
function mentions(facts: FileFacts, used: ReadonlySet<string>, name: string): boolean {
  if (used.has(name)) return true;
  return (
    facts.funcs.some(
      f => !f.syntax && new RegExp(`\\b${name}\\.`).test(facts.text.slice(f.start, f.end)),
    ) ||
    facts.vars.some(
      v => !v.value && new RegExp(`\\b${name}\\.`).test(facts.text.slice(v.start, v.end)),
    )
  );
}
