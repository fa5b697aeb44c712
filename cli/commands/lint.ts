import { rules } from '../../core/lint/all.ts';
import { notJudgedText } from '../../core/lint/not-judged.ts';
import type { Report } from '../../core/lint/report.ts';
import { reportOf } from '../../core/lint/report.ts';
import { answerItems } from '../../core/plan/question.ts';
import { plural } from '../../core/plural.ts';
import { Refusal } from '../../core/refusal.ts';
import type { LintResult } from '../../host/commands/lint.ts';
import { lintFolder } from '../../host/commands/lint.ts';
import { sharedOptions } from '../../host/commands/options.ts';
import { gitPrefix } from '../../host/git/git-prefix.ts';
import { packageInfo } from '../../host/package-info.ts';
import { readRulePage } from '../../host/rule-pages.ts';
import type { Command, Input } from '../command.ts';
import { formatOf } from '../command.ts';
import { exit } from '../exit.ts';
import { githubReport } from '../lint/github.ts';
import { sarifReport } from '../lint/sarif.ts';
import { summary, textReport } from '../lint/text.ts';
import { logTo, writeMessage } from '../messages.ts';
import { jsonText } from '../plan-json.ts';
import type { Terminal } from '../terminal.ts';
import { argumentFolder } from './inspect.ts';

const formats = ['text', 'json', 'sarif', 'github'] as const;
type Format = (typeof formats)[number];

/** `chain-upgrade lint [DIR]`: reports what would halt the chain. Writes only with `--fix`. */
export const lintCommand: Command = {
  name: 'lint',
  summary: 'report what would halt the chain at its next upgrade',
  argument: { name: 'DIR', help: sharedOptions.dir.help },
  options: [
    sharedOptions.dir,
    sharedOptions.app,
    sharedOptions.base,
    { name: 'format', value: formats.join('|'), help: 'output format (default: text)' },
    {
      name: 'fix',
      help:
        'apply the preferred fix of each finding and report what is left; what would bring ' +
        'another finding is taken back',
    },
    {
      name: 'only',
      value: 'RULE,…',
      help: 'with --fix: repair what these rules find, nothing else',
    },
    { name: 'only-new', help: 'leave out what the last release has already' },
    { name: 'require-base', help: 'exit with 2 if there is no release to compare with' },
    {
      name: 'release',
      value: 'TAG',
      help: 'the tag being released: the newest handler must carry its name',
    },
    {
      name: 'max-warnings',
      value: 'N',
      help: 'exit with 1 on more warnings than this (default: no limit)',
    },
    { name: 'explain', value: 'RULE', help: "show a rule's documentation" },
    { name: 'list', help: 'list the rules' },
  ],
  examples: ['lint', 'lint --only-new --format sarif', 'lint --explain store-not-added'],
  async run(input, terminal) {
    const format = formatOf(input, formats);
    const limit = maxWarnings(input);
    const explained = input.text('explain');
    if (explained !== undefined) return show(terminal, documentationOf(explained));
    if (input.flag('list')) return show(terminal, ruleList());

    const result = await lintFolder({
      dir: argumentFolder(input),
      app: input.text('app'),
      base: input.text('base'),
      release: input.text('release'),
      requireBase: input.flag('require-base'),
      onlyNew: input.flag('only-new'),
      fix: input.flag('fix'),
      fixOnly: rulesToFix(input),
      tell: logTo(terminal),
    });
    const report = reportFrom(result);
    sayBeside(result, terminal);
    terminal.out(await formatted(report, format, terminal));
    if (format === 'text') writeMessage(terminal, 'note', summary(report, input.flag('fix')));
    return exitCode(report, limit);
  },
};

/** The report; its notes include the warnings, which JSON has no other place for. */
function reportFrom(result: LintResult): Report {
  const { root, base, repo, problems, notes, warnings, notJudged } = result;
  return reportOf(root, base, repo, problems, [...notes, ...warnings], notJudged);
}

/** What is said beside the result, before it. */
function sayBeside(result: LintResult, terminal: Terminal): void {
  const { notes, warnings, notJudged, fixed } = result;
  for (const note of [...notes, ...notJudged.map(notJudgedText)])
    writeMessage(terminal, 'note', note);
  for (const warning of warnings) writeMessage(terminal, 'warning', warning);
  if (fixed > 0) writeMessage(terminal, 'note', `fixed ${plural(fixed, 'problem')}`);
}

function exitCode({ findings }: Report, limit: number | undefined): number {
  const count = (severity: string) =>
    findings.filter(finding => finding.severity === severity).length;
  const failed = count('error') > 0 || (limit !== undefined && count('warning') > limit);
  return failed ? exit.findings : exit.done;
}

async function formatted(report: Report, format: Format, terminal: Terminal): Promise<string> {
  switch (format) {
    case 'text':
      return textReport(report, terminal.colourOut);
    case 'json':
      return jsonText(report);
    case 'sarif':
      return sarifReport(report, packageInfo().version, await gitPrefix(report.root));
    case 'github':
      return githubReport(report, await gitPrefix(report.root));
  }
}

function maxWarnings(input: Input): number | undefined {
  const text = input.text('max-warnings');
  if (text === undefined) return undefined;
  if (/^\d+$/.test(text)) return Number(text);
  throw new Refusal(`invalid value ${JSON.stringify(text)} for --max-warnings: expected a number`);
}

/** The rules of --only; undefined for all. */
function rulesToFix(input: Input): readonly string[] | undefined {
  const names = answerItems(input.text('only'));
  if (names && !input.flag('fix')) throw new Refusal('--only goes with --fix');
  for (const name of names ?? []) refuseUnknown(name);
  return names;
}

function refuseUnknown(rule: string): void {
  if (!rules.some(({ name }) => name === rule))
    throw new Refusal(
      `unknown rule ${JSON.stringify(rule)}; run chain-upgrade lint --list to see all rules`,
    );
}

function ruleList(): string {
  return rules
    .map(({ name, severity, summary: what }) => `${name}  ${severity}  ${what}\n`)
    .join('');
}

function documentationOf(rule: string): string {
  refuseUnknown(rule);
  return readRulePage(rule);
}

function show(terminal: Terminal, text: string): number {
  terminal.out(text);
  return exit.done;
}
