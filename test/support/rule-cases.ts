import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Baseline } from '../../core/chain/baseline.ts';
import type { Diagnostic } from '../../core/lint/diagnostic.ts';
import { fullMessage } from '../../core/lint/diagnostic.ts';
import { ruleNames } from '../../core/lint/names.ts';
import type { NotJudged } from '../../core/lint/not-judged.ts';
import { projectRoot } from './root.ts';
import { layered, problemsIn, sampleChain, sampleNext, silencesIn } from './rule-pages.ts';
import { parseArchive } from './txtar.ts';

/**
 * A case of the rules: files laid over the chain of test/rules, and what is to be reported there.
 * How a case is written is said in test/core/lint/rules/cases/README.md.
 */
export interface RuleCase {
  /** The first line of the comment. */
  readonly title: string;
  /** What is known of the last release besides its files. */
  readonly known: Partial<Pick<Baseline, 'between' | 'doubt' | 'merged'>>;
  /** Files of the last release, which the next version has too. */
  readonly base: ReadonlyMap<string, string>;
  /** Files of the next version. */
  readonly now: ReadonlyMap<string, string>;
  readonly wanted: readonly Want[];
  /** Places that a rule has to say it does not judge. */
  readonly unread: readonly Want[];
}

/** A finding that a comment in the line asks for. */
export interface Want {
  readonly file: string;
  readonly line: number;
  readonly rule: string;
  /** A part of the message, or of the consequence. */
  readonly text: string;
  /** Where it matters: the severity. */
  readonly severity: string | undefined;
}

export const caseFolder = join(projectRoot, 'test/core/lint/rules/cases');

/** The names of the cases. */
export function caseNames(): string[] {
  return readdirSync(caseFolder)
    .filter(name => name.endsWith('.txtar'))
    .sort();
}

/** A case's text. */
export function readCase(name: string): string {
  return readFileSync(join(caseFolder, name), 'utf8');
}

/** Reads a case. Throws where a comment that begins with `want` cannot be read. */
export function parseCase(text: string): RuleCase {
  const { comment, files } = parseArchive(text);
  const base = new Map<string, string>();
  const now = new Map<string, string>();
  for (const file of files) {
    const released = /^base: (.+)$/.exec(file.name)?.[1];
    if (released === undefined) now.set(file.name, file.text);
    else base.set(released, file.text);
  }
  return {
    title: comment.split('\n')[0]!,
    known: knownOf(comment),
    base,
    now,
    wanted: [...now].flatMap(([file, content]) => wantsIn('want', file, content)),
    unread: [...now].flatMap(([file, content]) => wantsIn('unread', file, content)),
  };
}

/** The lines `between: TAG …`, `doubt: WHY` and `merged: no` of a comment. */
function knownOf(comment: string): RuleCase['known'] {
  const between = /^between:(.*)$/m.exec(comment)?.[1]?.trim();
  const doubt = /^doubt: (.+)$/m.exec(comment)?.[1];
  return {
    ...(between === undefined ? {} : { between: between.split(' ').filter(Boolean) }),
    ...(doubt === undefined ? {} : { doubt }),
    ...(/^merged: no$/m.test(comment) ? { merged: false } : {}),
  };
}

const want = /(?:(error|warning|info) )?([\w-]+) ("(?:[^"\\]|\\.)*")\s*/y;

function wantsIn(word: 'want' | 'unread', file: string, text: string): Want[] {
  const written = new RegExp(`(?://|#) ${word}\\b ?(.*)$`);
  return text.split('\n').flatMap((content, index) => {
    const comment = written.exec(content)?.[1];
    return comment === undefined ? [] : wantsOf(word, comment, file, index + 1);
  });
}

function wantsOf(word: string, comment: string, file: string, line: number): Want[] {
  const found: Want[] = [];
  want.lastIndex = 0;
  while (want.lastIndex < comment.length || found.length === 0) {
    const match = want.exec(comment);
    const rule = match?.[2];
    if (!match || rule === undefined || !ruleNames.includes(rule))
      throw new Error(`${file}:${line}: write // ${word} [severity] RULE "TEXT", not ${comment}`);
    found.push({ file, line, rule, text: JSON.parse(match[3]!) as string, severity: match[1] });
  }
  return found;
}

/** What a lint says of the next version of a case. */
export interface CaseResult {
  readonly problems: readonly Diagnostic[];
  readonly silences: readonly NotJudged[];
}

/** Lints the next version of a case. */
export async function resultOf({ known, base, now }: RuleCase): Promise<CaseResult> {
  const released = await layered([sampleChain, base]);
  const next = await layered([sampleChain, base, sampleNext, now]);
  return {
    problems: problemsIn(next, released, known),
    silences: silencesIn(next, released, known),
  };
}

/**
 * What was found otherwise than a case's comments say, one line each; empty where it holds. Every
 * finding has to be wanted, whatever its severity; of what is not judged only what is asked for is
 * looked at.
 */
export function faultsIn(
  { wanted, unread }: RuleCase,
  { problems, silences }: CaseResult,
): string[] {
  const missing = wanted.filter(one => !problems.some(problem => isWanted(problem, one)));
  const unsaid = unread.filter(one => !silences.some(silence => isSaid(silence, one)));
  const unwanted = problems.filter(problem => !wanted.some(one => isWanted(problem, one)));
  return [
    ...missing.map(({ file, line, rule, text }) => `missing: ${file}:${line} ${rule} "${text}"`),
    ...unsaid.map(({ file, line, rule, text }) => `not said: ${file}:${line} ${rule} "${text}"`),
    ...unwanted.map(
      problem =>
        `not wanted: ${problem.location.file}:${problem.location.line} ` +
        `${problem.severity} ${problem.rule} ${fullMessage(problem)}`,
    ),
  ];
}

function isSaid({ rules, location, why }: NotJudged, { file, line, rule, text }: Want): boolean {
  return (
    rules.includes(rule) && location.file === file && location.line === line && why.includes(text)
  );
}

function isWanted(problem: Diagnostic, one: Want): boolean {
  return (
    problem.rule === one.rule &&
    problem.location.file === one.file &&
    problem.location.line === one.line &&
    (one.severity === undefined || one.severity === problem.severity) &&
    fullMessage(problem).includes(one.text)
  );
}
