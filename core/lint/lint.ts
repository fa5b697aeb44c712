import type { Analysis } from '../chain/analysis.ts';
import type { Baseline } from '../chain/baseline.ts';
import { rules } from './all.ts';
import type { Config } from './config.ts';
import { isExcluded } from './config.ts';
import type { Diagnostic } from './diagnostic.ts';
import type { Finding, RuleContext, Severity } from './rule.ts';
import { ruleContext } from './subject.ts';
import { applySuppressions } from './suppression.ts';

export interface LintOptions {
  /** What the networks run: the last release, or one for each lock. */
  readonly bases?: readonly Baseline[];
  readonly config?: Config | undefined;
  /** The tag that is being released. */
  readonly release?: string | undefined;
}

/** Applies every rule that is not turned off to a repository. Sorted by file and place. Pure. */
export function lint(
  analysis: Analysis,
  { bases = [], config = {}, release }: LintOptions = {},
): Diagnostic[] {
  const compared = (bases.length > 0 ? bases : [undefined]).map(base => ({
    base,
    problems: check(ruleContext(analysis, base, release), config),
  }));
  return applySuppressions(
    analysis.repo,
    together(compared),
    rule => config.rules?.[rule] === 'off',
  ).sort(byPlace);
}

function check(subject: RuleContext, config: Config): Diagnostic[] {
  const found: Diagnostic[] = [];
  const { repo } = subject;
  for (const rule of rules) {
    const severity = config.rules?.[rule.name];
    if (severity === 'off') continue;
    for (const finding of rule.check(subject)) {
      if (isExcluded(config, finding.location.file) || repo.facts(finding.location.file)?.generated)
        continue;
      found.push(settled(rule.name, severity ?? finding.severity ?? rule.severity, finding));
    }
  }
  return distinct(found);
}

function settled(
  rule: string,
  severity: Severity,
  { location, message, related = [], fixes = [] }: Finding,
): Diagnostic {
  return { rule, severity, location, message, related, fixes };
}

/** Findings of several baselines: what not all of them have names those that have it. */
function together(
  compared: readonly {
    readonly base: Baseline | undefined;
    readonly problems: readonly Diagnostic[];
  }[],
): Diagnostic[] {
  const all = distinct(compared.flatMap(({ problems }) => problems));
  if (compared.length < 2) return all;
  return all.map(problem => {
    const refs = compared
      .filter(({ problems }) => problems.some(p => keyOf(p) === keyOf(problem)))
      .map(({ base }) => base!.ref);
    return refs.length === compared.length || refs.some(ref => problem.message.includes(ref))
      ? problem
      : { ...problem, message: `${problem.message} (compared with ${refs.join(', ')})` };
  });
}

/** Two apps of one repository may lead to the same place. */
function distinct(problems: readonly Diagnostic[]): Diagnostic[] {
  const seen = new Set<string>();
  return problems.filter(problem => {
    const key = keyOf(problem);
    return !seen.has(key) && seen.add(key);
  });
}

function keyOf({ rule, location, message }: Diagnostic): string {
  return `${rule} ${location.file} ${location.start} ${message}`;
}

/** By file, place, rule: the order in which people read them, and the same on every machine. */
export function byPlace(a: Diagnostic, b: Diagnostic): number {
  if (a.location.file !== b.location.file) return a.location.file < b.location.file ? -1 : 1;
  return a.location.start - b.location.start || (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0);
}
