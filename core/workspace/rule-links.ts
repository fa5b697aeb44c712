import { configFile } from '../config-file.ts';
import type { Repo } from '../go/repo/repo.ts';
import { locationOf } from '../go/source/location.ts';
import { ruleNames } from '../lint/names.ts';
import { suppressedRules } from '../lint/suppression.ts';
import type { TextRange } from './text-range.ts';
import { textRange } from './text-range.ts';

/** A place that names a rule, which has a page. */
export interface RuleLink {
  readonly range: TextRange;
  readonly rule: string;
}

/** Where a file names rules: comments that turn one off, and the configuration. */
export function ruleLinks(repo: Repo, file: string): RuleLink[] {
  const text = repo.texts.get(file);
  if (text === undefined) return [];
  const named = file === configFile ? configuredRules(text) : suppressedRules(text);
  return named
    .filter(({ rule }) => ruleNames.includes(rule))
    .map(({ rule, start }) => ({
      rule,
      range: textRange(repo, locationOf({ path: file, text }, { start, end: start + rule.length })),
    }));
}

/** The keys of a configuration, which is JSON, that are names of rules. */
function configuredRules(text: string): { rule: string; start: number }[] {
  return [...text.matchAll(/"([a-z][a-z-]*)"(?=\s*:)/g)].map(match => ({
    rule: match[1]!,
    start: match.index + 1,
  }));
}
