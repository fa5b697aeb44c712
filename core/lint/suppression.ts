import type { Repo } from '../go/repo/repo.ts';
import { locationOf } from '../go/source/location.ts';
import type { Diagnostic } from './diagnostic.ts';
import { ruleNames } from './names.ts';

/** A comment that asks for silence. */
interface Suppression {
  readonly file: string;
  readonly rule: string;
  readonly reason: string;
  /**
   * The line it stands on; it speaks of this line and the next one that is no comment. Undefined:
   * of the whole file.
   */
  readonly lines: ReadonlySet<number> | undefined;
  readonly start: number;
  readonly end: number;
}

const written =
  /(?:\/\/|#)chain-upgrade:ignore(-file)?(?=[ \t\r\n]|$)[ \t]*([^\s]*)[ \t]*([^\r\n]*)/g;

/**
 * Takes out what `//chain-upgrade:ignore RULE REASON` comments ask to be silent about, and reports
 * those that have no reason, name no rule, or silence nothing.
 */
export function applySuppressions(
  repo: Repo,
  problems: readonly Diagnostic[],
  isOff: (rule: string) => boolean,
): Diagnostic[] {
  const suppressions = [...repo.texts.keys()].flatMap(file =>
    repo.memoByText(file, 'suppressions', text =>
      text.includes('chain-upgrade:ignore') ? inText(file, text) : none,
    ),
  );
  if (suppressions.length === 0) return [...problems];
  const used = new Set<Suppression>();
  const left = problems.filter(problem => {
    const silenced = suppressions.filter(
      s =>
        s.reason !== '' &&
        s.file === problem.location.file &&
        s.rule === problem.rule &&
        (s.lines?.has(problem.location.line) ?? true),
    );
    for (const s of silenced) used.add(s);
    return silenced.length === 0;
  });
  for (const s of suppressions) {
    const why =
      wrongWith(s) ??
      (used.has(s) || isOff(s.rule)
        ? undefined
        : `nothing here is reported by ${s.rule}; remove this comment`);
    if (why)
      left.push({
        rule: 'suppression',
        severity: 'warning',
        location: locationOf({ path: s.file, text: repo.texts.get(s.file)! }, s),
        message: why,
        related: [],
        fixes: [],
      });
  }
  return left;
}

const none: readonly Suppression[] = [];

function wrongWith({ rule, reason }: Suppression): string | undefined {
  if (rule === '') return 'this comment names no rule: write chain-upgrade:ignore RULE REASON';
  if (!ruleNames.includes(rule))
    return `there is no rule ${rule}; chain-upgrade lint --list shows them`;
  return reason === ''
    ? `this comment gives no reason: write chain-upgrade:ignore ${rule} REASON`
    : undefined;
}

function inText(file: string, text: string): Suppression[] {
  const found: Suppression[] = [];
  const lines = text.split('\n');
  for (const match of text.matchAll(written)) {
    const line = text.slice(0, match.index).split('\n').length;
    const own =
      lines[line - 1]!.slice(
        0,
        match.index - text.lastIndexOf('\n', match.index - 1) - 1,
      ).trim() === '';
    const spoken = new Set([line]);
    // A comment of its own line speaks of the next line that is code.
    if (own) {
      let next = line;
      while (next < lines.length && /^\s*(\/\/|#|$)/.test(lines[next]!)) next++;
      spoken.add(next + 1);
    }
    found.push({
      file,
      rule: match[2]!,
      reason: match[3]!.trim(),
      lines: match[1] ? undefined : spoken,
      start: match.index,
      end: match.index + match[0].trimEnd().length,
    });
  }
  return found;
}
