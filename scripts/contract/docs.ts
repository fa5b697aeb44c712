import { upgradeQuestions } from '../../core/plan/upgrade-questions.ts';
import { lineOf } from './house.ts';
import type { House, Problem } from './house.ts';

/** The lists in the docs that have a source: page, marker, and the text between `<!-- marker -->` and `<!-- /marker -->`. */
const lists: readonly { page: string; marker: string; text: (house: House) => string }[] = [
  { page: 'docs/cli.md', marker: 'options of new', text: optionList },
];

/** Every list in the docs says what its source says. */
export function ensureDocLists(house: House, problem: Problem): void {
  for (const { page, marker, text } of lists) {
    const [open, close] = [`<!-- ${marker} -->\n`, `<!-- /${marker} -->`];
    const now = house.read(page) ?? '';
    const [start, end] = [now.indexOf(open), now.indexOf(close)];
    if (start < 0 || end < start) problem(page, 1, `has no ${open.trim()} … ${close} around the list`);
    else if (now.indexOf(open, start + 1) >= 0) problem(page, lineOf(now, open), `has ${open.trim()} twice`);
    else house.derive(page, now.slice(0, start + open.length) + text(house) + now.slice(end), problem);
  }
}

/** The options of `new` are its questions. */
function optionList(): string {
  const rows = upgradeQuestions.filter(({ id }) => id !== 'name').map(({ id, value, repeatable, help }) =>
    `| \`--${id}${value ? ` ${value}` : ''}\` | ${help}${repeatable ? ' (repeatable)' : ''} |\n`);
  return `| option | what it says |\n|---|---|\n${rows.join('')}`;
}
