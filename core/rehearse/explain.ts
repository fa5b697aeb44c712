import type { Upgrade } from '../chain/chain.ts';
import { escapeRegExp } from '../escape-reg-exp.ts';
import type { Diagnostic } from '../lint/diagnostic.ts';
import { fullMessage } from '../lint/diagnostic.ts';
import type { Cause, Moment } from './causes.ts';
import { causes, repairs, silentRules } from './causes.ts';
import type { Failure } from './result.ts';

/**
 * Leads a node's words to the rule that describes them, and by what lint found in the source to the
 * line and the repair. Where the words say what it is and lint finds no place, the place is the
 * upgrade's own. Where they say nothing known, or what anything may say, only an error of lint is
 * taken for the cause.
 */
export function explain(
  step: Moment,
  words: string,
  problems: readonly Diagnostic[],
  upgrade: Upgrade | undefined,
): Failure {
  const said = words.replaceAll('\\"', '"');
  const cause = causes.find(
    ({ at, words: pattern }) => (at === undefined || at.includes(step)) && pattern.test(said),
  );
  if (!cause) return unexplained(step, words, problems);
  const groups = groupsOf(cause, said);
  const names = upgrade?.name ? [...groups, upgrade.name] : groups;
  const fix = cause.fix.replace(/\$(\d)/g, (_, group: string) => groups[Number(group) - 1] ?? '');
  const found = likeliest(problems, cause.rules, names);
  if (found) return fromProblem(step, words, found, fix);
  if (cause.isVague) {
    const late = unexplained(step, words, problems);
    return { ...late, fix: late.fix ?? fix };
  }
  return {
    step,
    words,
    rule: cause.general ?? null,
    file: upgrade?.location.file ?? null,
    line: upgrade?.location.line ?? null,
    fix,
  };
}

/** Words that nothing explains: an error of lint whose mistake shows late, if there is one. */
function unexplained(step: Moment, words: string, problems: readonly Diagnostic[]): Failure {
  const errors = problems.filter(({ severity }) => severity === 'error');
  const found = likeliest(errors, silentRules, []);
  return found
    ? fromProblem(step, words, found)
    : { step, words, rule: null, file: null, line: null, fix: null };
}

/** What the words name: stores, modules, plans. */
function groupsOf(cause: Cause, said: string): string[] {
  return cause.words.exec(said)?.slice(1).filter(Boolean) ?? [];
}

const gravity = { error: 0, warning: 1, info: 2 };

/**
 * The problem of the likeliest rule, of those that mention what the words name, or the plan, before
 * the others.
 */
function likeliest(
  problems: readonly Diagnostic[],
  rules: readonly string[],
  names: readonly string[],
): Diagnostic | undefined {
  return problems
    .filter(({ rule }) => rules.includes(rule))
    .sort(
      (a, b) =>
        gravity[a.severity] - gravity[b.severity] ||
        Number(mentions(b, names)) - Number(mentions(a, names)) ||
        rules.indexOf(a.rule) - rules.indexOf(b.rule),
    )[0];
}

function mentions(problem: Diagnostic, names: readonly string[]): boolean {
  const text = fullMessage(problem);
  return names.some(name => {
    return new RegExp(`(?<![\\w-])${escapeRegExp(name)}(?![\\w-])`).test(text);
  });
}

function fromProblem(
  step: Moment,
  words: string,
  { rule, location, fixes }: Diagnostic,
  fix: string | null = null,
): Failure {
  return {
    step,
    words,
    rule,
    file: location.file,
    line: location.line,
    fix: fixes[0]?.title ?? repairs[rule] ?? fix,
  };
}
