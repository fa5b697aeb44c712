import { dirname } from '../files.ts';
import { memoize } from '../go/repo/memoize.ts';
import type { Repo } from '../go/repo/repo.ts';
import { locationOf } from '../go/source/location.ts';
import type { Diagnostic } from './diagnostic.ts';
import { ruleNames } from './names.ts';

/** A comment that turns a rule off. */
interface Suppression {
  readonly file: string;
  readonly rule: string;
  readonly reason: string;
  /**
   * The lines it is about: its own, and for a comment of its own line the next that is code.
   * Undefined: the whole file.
   */
  readonly lines: ReadonlySet<number> | undefined;
  readonly start: number;
  readonly end: number;
}

const written =
  /(?:\/\/|#)chain-upgrade:ignore(-file)?(?=[ \t\r\n]|$)[ \t]*([^\s]*)[ \t]*([^\r\n]*)/g;

/**
 * Takes out what `//chain-upgrade:ignore RULE REASON` comments turn off, and reports those that
 * have no reason, name no rule, or suppress nothing.
 */
export function applySuppressions(
  repo: Repo,
  problems: readonly Diagnostic[],
  isOff: (rule: string) => boolean,
): Diagnostic[] {
  const suppressions = suppressionsIn(repo);
  if (suppressions.length === 0) return [...problems];
  const used = new Set<Suppression>();
  const left = problems.filter(problem => {
    const matching = suppressions.filter(suppression => suppresses(suppression, problem));
    for (const suppression of matching) used.add(suppression);
    return matching.length === 0;
  });
  const wrong = suppressions.flatMap(suppression => {
    const isUsed = used.has(suppression) || isOff(suppression.rule);
    const message = faultOf(suppression) ?? (isUsed ? undefined : unused(suppression));
    return message === undefined ? [] : [diagnosticOf(repo, suppression, message)];
  });
  return [...left, ...wrong];
}

/** The rules that comments of a text turn off, and where each is named. */
export function suppressedRules(text: string): { rule: string; start: number }[] {
  if (!text.includes('chain-upgrade:ignore')) return [];
  return [...text.matchAll(written)].flatMap(match => {
    const rule = match[2]!;
    return rule === ''
      ? []
      : [
          {
            rule,
            start:
              match.index + match[0].indexOf(rule, match[0].indexOf(':ignore') + ':ignore'.length),
          },
        ];
  });
}

/** The comments of a repository; after an edit only those of the edited folder are read again. */
function suppressionsIn(repo: Repo): readonly Suppression[] {
  const files = filesByFolder(repo);
  const found = repo.memoForFolders(files.folders, 'suppressions', dir => {
    const here = files.byFolder
      .get(dir)!
      .flatMap(file =>
        repo.memoByText(file, 'suppressions', text =>
          text.includes('chain-upgrade:ignore') ? inText(file, text) : none,
        ),
      );
    return here.length > 0 ? here : undefined;
  });
  return [...found.values()].flat();
}

/** All files, Go or not, by their folders. An edit leaves them as they were. */
function filesByFolder({ layout, texts }: Repo): {
  readonly folders: readonly string[];
  readonly byFolder: ReadonlyMap<string, readonly string[]>;
} {
  return memoize(layout, 'files by folder', () => {
    const byFolder = new Map<string, string[]>();
    for (const file of texts.keys()) {
      const dir = dirname(file);
      const here = byFolder.get(dir);
      if (here) here.push(file);
      else byFolder.set(dir, [file]);
    }
    return { folders: [...byFolder.keys()], byFolder };
  });
}

const none: readonly Suppression[] = [];

function suppresses(
  { file, rule, reason, lines }: Suppression,
  { rule: reported, location }: Diagnostic,
): boolean {
  return (
    reason !== '' &&
    file === location.file &&
    rule === reported &&
    (lines === undefined || lines.has(location.line))
  );
}

function faultOf({ rule, reason }: Suppression): string | undefined {
  if (rule === '')
    return 'suppression comment does not name a rule: write chain-upgrade:ignore RULE REASON';
  if (!ruleNames.includes(rule))
    return `there is no rule ${rule}; chain-upgrade lint --list shows them`;
  if (reason !== '') return undefined;
  return `suppression comment gives no reason: write chain-upgrade:ignore ${rule} REASON`;
}

function unused({ rule }: Suppression): string {
  return `unused suppression: ${rule} reports nothing here; remove this comment`;
}

function diagnosticOf(repo: Repo, suppression: Suppression, message: string): Diagnostic {
  const { file } = suppression;
  return {
    rule: 'suppression',
    severity: 'warning',
    location: locationOf({ path: file, text: repo.texts.get(file)! }, suppression),
    message,
    related: [],
    fixes: [],
  };
}

function inText(file: string, text: string): Suppression[] {
  const lines = text.split('\n');
  return [...text.matchAll(written)].map(match => {
    const start = match.index;
    const isForFile = match[1] !== undefined;
    return {
      file,
      rule: match[2]!,
      reason: match[3]!.trim(),
      lines: isForFile ? undefined : linesMeant(lines, text, start),
      start,
      end: start + match[0].trimEnd().length,
    };
  });
}

/** The lines that a comment is about. */
function linesMeant(lines: readonly string[], text: string, start: number): ReadonlySet<number> {
  const line = text.slice(0, start).split('\n').length;
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  if (text.slice(lineStart, start).trim() !== '') return new Set([line]);
  // A comment on a line of its own is about the next line that is code.
  let next = line;
  while (next < lines.length && /^\s*(\/\/|#|$)/.test(lines[next]!)) next++;
  return new Set([line, next + 1]);
}
