import { readFileSync } from 'node:fs';
import { rules } from '../../core/lint/all.ts';
import type { Report } from '../../core/lint/report.ts';
import { reportOf } from '../../core/lint/report.ts';
import { lintFolder } from '../../host/commands/lint.ts';
import { doorOptions } from '../../host/commands/options.ts';
import { gitPrefix } from '../../host/git/git-prefix.ts';
import type { Command, Input } from '../command.ts';
import { formatOf } from '../command.ts';
import { exit } from '../exit.ts';
import { githubReport } from '../lint/github.ts';
import { sarifReport } from '../lint/sarif.ts';
import { summary, textReport } from '../lint/text.ts';
import type { Terminal } from '../terminal.ts';
import { version } from '../version.ts';
import { argumentFolder } from './inspect.ts';

const formats = ['text', 'json', 'sarif', 'github'] as const;

/** `chain-upgrade lint [DIR]`: reports what would halt the chain. Writes only with `--fix`. */
export const lintCommand: Command = {
  name: 'lint',
  summary: 'report what would halt the chain at its next upgrade',
  argument: { name: 'DIR', help: doorOptions.dir.help },
  options: [
    doorOptions.dir,
    doorOptions.app,
    doorOptions.base,
    {
      name: 'format',
      value: formats.join('|'),
      help: 'what standard output holds (default: text)',
    },
    { name: 'fix', help: 'repair what can be repaired, and report what is left' },
    { name: 'only-new', help: 'leave out what the last release has already' },
    { name: 'require-base', help: 'fail where there is no release to compare with' },
    {
      name: 'release',
      value: 'TAG',
      help: 'the tag being released: the newest handler must carry its name',
    },
    {
      name: 'max-warnings',
      value: 'N',
      help: 'fail on more warnings than that (default: no limit)',
    },
    { name: 'explain', value: 'RULE', help: "show a rule's page" },
    { name: 'list', help: 'list the rules' },
  ],
  async run(input, terminal) {
    const format = formatOf(input, formats);
    const most = maxWarnings(input);
    const explained = input.text('explain');
    if (explained !== undefined) return show(terminal, page(explained));
    if (input.flag('list'))
      return show(
        terminal,
        rules.map(rule => `${rule.name}  ${rule.severity}  ${rule.summary}\n`).join(''),
      );
    const result = await lintFolder({
      dir: argumentFolder(input),
      app: input.text('app'),
      base: input.text('base'),
      release: input.text('release'),
      requireBase: input.flag('require-base'),
      onlyNew: input.flag('only-new'),
      fix: input.flag('fix'),
      tell: terminal.tell,
    });
    const report = reportOf(result.root, result.base, result.repo, result.problems, result.notes);
    for (const note of report.notes) terminal.tell(`note: ${note}`);
    if (result.fixed > 0) terminal.tell(`repaired: ${result.fixed}`);
    terminal.out(await formatted(report, format, terminal));
    if (format === 'text') terminal.tell(summary(report));
    const count = (severity: string) => report.findings.filter(f => f.severity === severity).length;
    return count('error') > 0 || (most !== undefined && count('warning') > most)
      ? exit.findings
      : exit.done;
  },
};

async function formatted(
  report: Report,
  format: (typeof formats)[number],
  terminal: Terminal,
): Promise<string> {
  switch (format) {
    case 'text':
      return textReport(report, terminal.colourOut);
    case 'json':
      return JSON.stringify(report, null, 2) + '\n';
    case 'sarif':
      return sarifReport(report, version(), await gitPrefix(report.root));
    case 'github':
      return githubReport(report, await gitPrefix(report.root));
  }
}

function maxWarnings(input: Input): number | undefined {
  const text = input.text('max-warnings');
  if (text === undefined) return undefined;
  if (!/^\d+$/.test(text)) throw new Error(`--max-warnings ${JSON.stringify(text)} is no number`);
  return Number(text);
}

function page(rule: string): string {
  if (!rules.some(r => r.name === rule))
    throw new Error(`there is no rule ${rule}; chain-upgrade lint --list shows them`);
  return readFileSync(new URL(`../../../docs/rules/${rule}.md`, import.meta.url), 'utf8');
}

function show(terminal: Terminal, text: string): number {
  terminal.out(text);
  return exit.done;
}
