import { SyntaxKind } from 'ts-morph';
import { rules } from '../../core/lint/all.ts';
import type { OfferedTask } from '../../core/plan/task.ts';
import { newMigration, newUpgrade } from '../../core/tasks/tasks.ts';
import { cell } from '../corpus/section.ts';
import type { House, Problem } from './house.ts';
import { lineOf, pathOf } from './house.ts';

/**
 * The lists in the docs that have a source: page, marker, and the text between `<!-- marker -->`
 * and `<!-- /marker -->`.
 */
const lists: readonly { page: string; marker: string; text: (house: House) => string }[] = [
  { page: 'docs/cli.md', marker: 'options of new', text: () => optionList(newUpgrade) },
  { page: 'docs/cli.md', marker: 'options of migration', text: () => optionList(newMigration) },
  { page: 'docs/cli.md', marker: 'rules', text: ruleList },
  { page: 'docs/wiring-styles.md', marker: 'wiring files', text: wiringFiles },
];

/** Every list in the docs says what its source says. */
export function ensureDocLists(house: House, problem: Problem): void {
  for (const { page, marker, text } of lists) {
    const [open, close] = [`<!-- ${marker} -->\n`, `<!-- /${marker} -->`];
    const now = house.read(page) ?? '';
    const [start, end] = [now.indexOf(open), now.indexOf(close)];
    if (start < 0 || end < start)
      problem(page, 1, `has no ${open.trim()} … ${close} around the list`);
    else if (now.indexOf(open, start + 1) >= 0)
      problem(page, lineOf(now, open), `has ${open.trim()} twice`);
    else
      house.derive(page, now.slice(0, start + open.length) + text(house) + now.slice(end), problem);
  }
}

/** The page explains the codes that the code knows, and no others. */
export function ensureStylesAreExplained(house: House, problem: Problem): void {
  const page = 'docs/wiring-styles.md';
  const text = house.read(page) ?? '';
  const explained = new Set(
    [...text.matchAll(/^\| ([RS]\d+[a-z]?) \| \S/gm)].map(match => match[1]!),
  );
  const known = new Set([...stylesByFile(house).values()].flat());
  for (const code of known) if (!explained.has(code)) problem(page, 1, `does not explain ${code}`);
  for (const code of explained)
    if (!known.has(code))
      problem(
        page,
        lineOf(text, `| ${code} |`),
        `explains ${code}, which no file in core/wiring knows`,
      );
}

/** The options of a command that writes are its questions. */
function optionList({ questions, argument }: OfferedTask): string {
  const rows = questions
    .filter(({ id }) => id !== argument)
    .map(
      ({ id, value, repeatable, help }) =>
        `| \`--${id}${value ? ` ${cell(value)}` : ''}\` | ${cell(help)}${repeatable ? ' (repeatable)' : ''} |\n`,
    );
  return `| option | description |\n|---|---|\n${rows.join('')}`;
}

/** The rules with their pages. */
function ruleList(): string {
  return `| rule | severity | what it finds |\n|---|---|---|\n${rules.map(({ name, severity, summary }) => `| [\`${name}\`](rules/${name}.md) | ${severity} | ${summary} |\n`).join('')}`;
}

function wiringFiles(house: House): string {
  const rows = [...stylesByFile(house)].map(
    ([path, codes]) => `| [\`${path}\`](../${path}) | ${codes.join(', ')} |\n`,
  );
  return `| file | codes |\n|---|---|\n${rows.join('')}`;
}

/** The codes each file of `core/wiring` names. */
function stylesByFile(house: House): Map<string, string[]> {
  const files = house.project
    .getSourceFiles()
    .filter(file => pathOf(house, file).startsWith('core/wiring/'));
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
        return codes.length > 0 ? [[pathOf(house, file), codes] as const] : [];
      })
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}
