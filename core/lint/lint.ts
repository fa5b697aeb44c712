import type { Analysis } from '../chain/analysis.ts';
import type { Baseline } from '../chain/baseline.ts';
import { rules } from './all.ts';
import type { Config } from './config.ts';
import { isExcluded } from './config.ts';
import type { Diagnostic } from './diagnostic.ts';
import { fullMessage } from './diagnostic.ts';
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
    problems: comparedWith(base, analysis, { config, release }),
  }));
  return applySuppressions(
    analysis.repo,
    together(compared),
    rule => config.rules?.[rule] === 'off',
  ).sort(byPlace);
}

/**
 * What is found against one baseline. Where that may not be what the network runs, what is found in
 * comparison with it alone is no more than a warning.
 */
function comparedWith(
  base: Baseline | undefined,
  analysis: Analysis,
  { config = {}, release }: Pick<LintOptions, 'config' | 'release'>,
): Diagnostic[] {
  const found = check(ruleContext(analysis, base, release), config);
  const mayStepDown = (problem: Diagnostic) =>
    problem.severity === 'error' && config.rules?.[problem.rule] === undefined;
  if (base?.doubt === undefined || !found.some(mayStepDown)) return found;
  const alone = check(ruleContext(analysis, undefined, release), config);
  const errors = new Set(alone.filter(mayStepDown).map(placeOf));
  return found.map(problem =>
    mayStepDown(problem) && !errors.has(placeOf(problem))
      ? { ...problem, severity: 'warning' as const }
      : problem,
  );
}

function placeOf({ rule, location }: Diagnostic): string {
  return `${rule} ${location.file} ${location.start}`;
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

function settled(rule: string, severity: Severity, finding: Finding): Diagnostic {
  const { location, message, consequence, related = [], fixes = [], wantsUpgrade } = finding;
  const says = consequence === undefined ? { message } : { message, consequence };
  const wants = wantsUpgrade ? { wantsUpgrade } : {};
  return { rule, severity, location, ...says, related, fixes, ...wants };
}

/** What was found in comparison with one baseline, or without any. */
interface Compared {
  readonly base: Baseline | undefined;
  readonly problems: readonly Diagnostic[];
}

/** Findings of several baselines: what not all of them have names those that have it. */
function together(compared: readonly Compared[]): Diagnostic[] {
  const all = distinct(compared.flatMap(({ problems }) => problems));
  if (compared.length < 2) return all;
  return all.map(problem => {
    const key = keyOf(problem);
    const having = compared.filter(({ problems }) => problems.some(p => keyOf(p) === key));
    const refs = having.map(({ base }) => base!.ref);
    const said = fullMessage(problem);
    if (refs.length === compared.length || refs.some(ref => said.includes(ref))) return problem;
    return { ...problem, message: `${problem.message} (compared with ${refs.join(', ')})` };
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

function keyOf(problem: Diagnostic): string {
  return `${placeOf(problem)} ${fullMessage(problem)}`;
}

/** By file, place, rule: the order in which people read them, and the same on every machine. */
export function byPlace(a: Diagnostic, b: Diagnostic): number {
  return (
    byText(a.location.file, b.location.file) ||
    a.location.start - b.location.start ||
    byText(a.rule, b.rule)
  );
}

function byText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
