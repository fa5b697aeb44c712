import type { Upgrade } from '../chain/chain.ts';
import type { Diagnostic } from '../lint/diagnostic.ts';
import type { Moment } from './causes.ts';
import { causes, repairs } from './causes.ts';
import type { Failure } from './result.ts';

// What stays silent by itself and makes something else fail later, with words of its own: a module
// on a layout it does not know.
const silent = [
  'run-migrations-result',
  'preblocker-wiring',
  'version-map-override',
  'version-map-not-stored',
  'swallowed-error',
  'handlers-before-configurator',
  'state-before-init-genesis',
  'keeper-wrong-store-key',
  'deleted-store-still-mounted',
  'nondeterministic-handler',
];

/**
 * Leads a node's words to the rule that describes them, and by what lint found in the source to the
 * line and the repair. Where the words say what it is and lint finds no place, the place is the
 * upgrade's own. Where they say nothing known, only an error of lint is taken for the cause.
 */
export function explain(
  step: Moment,
  words: string,
  problems: readonly Diagnostic[],
  upgrade: Upgrade | undefined,
): Failure {
  const bare = words.replaceAll('\\"', '"');
  const cause = causes.find(c => (c.at === undefined || c.at.includes(step)) && c.words.test(bare));
  if (!cause) {
    const found = pick(
      problems.filter(p => p.severity === 'error'),
      silent,
      [],
    );
    return found
      ? fromProblem(step, words, found)
      : { step, words, rule: null, file: null, line: null, fix: null };
  }
  const groups = cause.words.exec(bare)!.slice(1).filter(Boolean);
  const found = pick(problems, cause.rules, [...groups, ...(upgrade?.name ? [upgrade.name] : [])]);
  const fix = cause.fix.replace(/\$(\d)/g, (_, n: string) => groups[Number(n) - 1] ?? '');
  if (found) return fromProblem(step, words, found, fix);
  return {
    step,
    words,
    rule: cause.general ?? cause.rules[0] ?? null,
    file: upgrade?.location.file ?? null,
    line: upgrade?.location.line ?? null,
    fix,
  };
}

/**
 * The problem of the likeliest rule, of those that speak of what the words name, or of the plan,
 * before the others.
 */
function pick(
  problems: readonly Diagnostic[],
  rules: readonly string[],
  names: readonly string[],
): Diagnostic | undefined {
  const speaks = (problem: Diagnostic) =>
    names.some(name =>
      new RegExp(`(?<![\\w-])${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\w-])`).test(
        problem.message,
      ),
    );
  const rank = { error: 0, warning: 1, info: 2 };
  return problems
    .filter(problem => rules.includes(problem.rule))
    .sort(
      (a, b) =>
        rank[a.severity] - rank[b.severity] ||
        Number(speaks(b)) - Number(speaks(a)) ||
        rules.indexOf(a.rule) - rules.indexOf(b.rule),
    )[0];
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
