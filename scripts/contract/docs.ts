import { SyntaxKind } from 'ts-morph';
import { rules } from '../../core/lint/all.ts';
import { homeChecks } from '../../core/operate/all-checks.ts';
import type { OfferedTask } from '../../core/plan/task.ts';
import {
  mountTask,
  newEra,
  newManifest,
  newMigration,
  newOperatorFiles,
  newProposal,
  newUpgrade,
} from '../../core/tasks/tasks.ts';
import { cell } from '../corpus/section.ts';
import type { CodeBase, Report } from './code-base.ts';
import { lineOf, pathOf } from './code-base.ts';

/**
 * The lists in the docs that have a source: page, marker, and the text between `<!-- marker -->`
 * and `<!-- /marker -->`.
 */
const lists: readonly { page: string; marker: string; text: (codeBase: CodeBase) => string }[] = [
  { page: 'docs/cli.md', marker: 'options of new', text: () => optionList(newUpgrade) },
  { page: 'docs/cli.md', marker: 'options of migration', text: () => optionList(newMigration) },
  { page: 'docs/cli.md', marker: 'options of mount', text: () => optionList(mountTask) },
  { page: 'docs/cli.md', marker: 'options of era', text: () => optionList(newEra) },
  { page: 'docs/cli.md', marker: 'options of manifest', text: () => optionList(newManifest) },
  { page: 'docs/cli.md', marker: 'options of operators', text: () => optionList(newOperatorFiles) },
  { page: 'docs/cli.md', marker: 'options of proposal', text: () => optionList(newProposal) },
  { page: 'docs/cli.md', marker: 'rules', text: ruleList },
  { page: 'docs/cli.md', marker: 'checks of verify', text: checkList },
  { page: 'docs/wiring-styles.md', marker: 'wiring files', text: wiringFiles },
];

/** Every list in the docs says what its source says. */
export function ensureDocLists(codeBase: CodeBase, report: Report): void {
  for (const { page, marker, text } of lists) {
    const open = `<!-- ${marker} -->\n`;
    const close = `<!-- /${marker} -->`;
    const now = codeBase.read(page) ?? '';
    const start = now.indexOf(open);
    const end = now.indexOf(close);
    if (start < 0 || end < start)
      report(page, 1, `has no ${open.trim()} … ${close} around the list`);
    else if (now.indexOf(open, start + 1) >= 0)
      report(page, lineOf(now, open), `has ${open.trim()} twice`);
    else {
      const before = now.slice(0, start + open.length);
      codeBase.derive(page, before + text(codeBase) + now.slice(end), report);
    }
  }
  ensureListsAreKnown(codeBase, report);
}

/** A list that nothing fills stays empty. */
function ensureListsAreKnown(codeBase: CodeBase, report: Report): void {
  const known = new Set(lists.map(({ marker }) => marker));
  for (const page of new Set(lists.map(list => list.page))) {
    const text = codeBase.read(page) ?? '';
    for (const [open, marker] of text.matchAll(/^<!-- ([^/].*) -->$/gm))
      if (!known.has(marker!))
        report(page, lineOf(text, open), `has a list that nothing fills: ${open}`);
  }
}

/** The page explains the codes that the code knows, and no others. */
export function ensureStylesAreExplained(codeBase: CodeBase, report: Report): void {
  const page = 'docs/wiring-styles.md';
  const text = codeBase.read(page) ?? '';
  const explained = new Set(
    [...text.matchAll(/^\| ([RS]\d+[a-z]?) \| \S/gm)].map(match => match[1]!),
  );
  const known = new Set([...stylesByFile(codeBase).values()].flat());
  for (const code of known) if (!explained.has(code)) report(page, 1, `does not explain ${code}`);
  for (const code of explained) {
    if (known.has(code)) continue;
    const line = lineOf(text, `| ${code} |`);
    report(page, line, `explains ${code}, which no file in core/wiring knows`);
  }
}

/** The options of a command that writes are its questions. */
function optionList({ questions, argument }: OfferedTask): string {
  const rows = questions
    .filter(({ id }) => id !== argument)
    .map(({ id, value, repeatable, help }) => {
      const option = value ? `--${id} ${cell(value)}` : `--${id}`;
      const text = repeatable ? `${cell(help)} (repeatable)` : cell(help);
      return `| \`${option}\` | ${text} |\n`;
    });
  return `| option | description |\n|---|---|\n${rows.join('')}`;
}

/** The rules with their pages. */
function ruleList(): string {
  const rows = rules.map(
    ({ name, severity, summary }) =>
      `| [\`${name}\`](rules/${name}.md) | ${severity} | ${summary} |\n`,
  );
  return `| rule | severity | what it finds |\n|---|---|---|\n${rows.join('')}`;
}

/** The checks of a home. */
function checkList(): string {
  const rows = homeChecks.map(
    ({ name, severity, summary }) => `| \`${name}\` | ${severity} | ${summary} |\n`,
  );
  return `| check | severity | what it demands |\n|---|---|---|\n${rows.join('')}`;
}

function wiringFiles(codeBase: CodeBase): string {
  const rows = [...stylesByFile(codeBase)].map(
    ([path, codes]) => `| [\`${path}\`](../${path}) | ${codes.join(', ')} |\n`,
  );
  return `| file | codes |\n|---|---|\n${rows.join('')}`;
}

/** The codes each file of `core/wiring` names. */
function stylesByFile(codeBase: CodeBase): Map<string, string[]> {
  const files = codeBase.project
    .getSourceFiles()
    .filter(file => pathOf(codeBase, file).startsWith('core/wiring/'));
  const byNumber = new Intl.Collator('en', { numeric: true }).compare;
  return new Map(
    files
      .flatMap(file => {
        const texts = file
          .getDescendantsOfKind(SyntaxKind.StringLiteral)
          .map(literal => literal.getLiteralValue());
        const codes = [...new Set(texts.filter(text => /^[RS]\d+[a-z]?$/.test(text)))].sort(
          byNumber,
        );
        return codes.length > 0 ? [[pathOf(codeBase, file), codes] as const] : [];
      })
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}
