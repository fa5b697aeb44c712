import type { Chain } from './chain/chain.ts';
import type { Repo } from './go/repo.ts';
import type { Config } from './config.ts';
import { isExcluded } from './config.ts';
import type { Problem } from './problem.ts';
import { rules } from './rules/all.ts';
import type { BaseSubject, Finding, Severity } from './rules/rule.ts';
import { subjectOf } from './rules/subject.ts';
import { applySuppressions } from './suppression.ts';

export interface LintOptions {
  readonly base?: BaseSubject | undefined;
  readonly config?: Config | undefined;
  /** The tag that is being released. */
  readonly release?: string | undefined;
}

/** Applies every rule that is not turned off to a repository. Sorted by file and place. Pure. */
export function lint(repo: Repo, chain: Chain, { base, config = {}, release }: LintOptions = {}): Problem[] {
  const subject = subjectOf(repo, chain, base, release);
  const found: Problem[] = [];
  for (const rule of rules) {
    const severity = config.rules?.[rule.name];
    if (severity === 'off') continue;
    for (const finding of rule.check(subject)) {
      if (isExcluded(config, finding.place.file) || repo.facts(finding.place.file)?.generated) continue;
      found.push(settled(rule.name, severity ?? finding.severity ?? rule.severity, finding));
    }
  }
  return applySuppressions(repo, distinct(found), rule => config.rules?.[rule] === 'off').sort(byPlace);
}

function settled(rule: string, severity: Severity, { place, message, related = [], fixes = [] }: Finding): Problem {
  return { rule, severity, place, message, related, fixes };
}

/** Two apps of one repository may lead to the same place. */
function distinct(problems: readonly Problem[]): Problem[] {
  const seen = new Set<string>();
  return problems.filter(({ rule, place, message }) => {
    const key = `${rule} ${place.file} ${place.start} ${message}`;
    return !seen.has(key) && seen.add(key);
  });
}

/** By file, place, rule: the order in which people read them, and the same on every machine. */
export function byPlace(a: Problem, b: Problem): number {
  if (a.place.file !== b.place.file) return a.place.file < b.place.file ? -1 : 1;
  return a.place.start - b.place.start || (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0);
}
