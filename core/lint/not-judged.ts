import type { Analysis } from '../chain/analysis.ts';
import type { Location } from '../go/source/location.ts';
import { rules } from './all.ts';
import { brokenFiles } from './broken-files.ts';
import { isExcluded } from './config.ts';
import type { LintOptions } from './lint.ts';
import { ruleContext } from './subject.ts';

/** Rules that were silent, and the place that they do not understand; no rules where any may be. */
export interface NotJudged {
  readonly rules: readonly string[];
  readonly location: Location;
  readonly why: string;
}

/**
 * What a lint could not judge: the places where reading stopped, each once with all rules that ask
 * for what stands there. Pure.
 */
export function notJudged(
  analysis: Analysis,
  { bases = [], config = {}, release }: LintOptions = {},
): NotJudged[] {
  const found = new Map<string, NotJudged>();
  for (const base of bases.length > 0 ? bases : [undefined]) {
    const { apps } = ruleContext(analysis, base, release);
    for (const rule of rules) {
      if (!rule.notJudged || config.rules?.[rule.name] === 'off') continue;
      for (const { location, why } of apps.flatMap(app => rule.notJudged!(app))) {
        if (isExcluded(config, location.file)) continue;
        const key = `${location.file} ${location.start} ${why}`;
        const known = found.get(key)?.rules ?? [];
        found.set(key, { rules: [...new Set([...known, rule.name])], location, why });
      }
    }
  }
  const broken = brokenFiles(analysis)
    .filter(({ location }) => !isExcluded(config, location.file))
    .map(one => ({ ...one, rules: [] }));
  return [...broken, ...found.values()];
}

/** The same in words: `stores are not compared: … (silent: RULE, RULE)`. */
export function silenceText({ rules: silent, why }: Pick<NotJudged, 'rules' | 'why'>): string {
  return silent.length === 0 ? why : `${why} (silent: ${silent.join(', ')})`;
}

/** The same with its place before it, as one line: `app/app.go:88: …`. */
export function notJudgedText(silent: NotJudged): string {
  const { file, line } = silent.location;
  return `${file}:${line}: ${silenceText(silent)}`;
}
