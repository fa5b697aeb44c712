import { compareNames } from '../../chain/app/plan-names.ts';
import { insertElement } from '../../edit/list-element.ts';
import { exprAt } from '../../go/eval/value.ts';
import { callArguments, calleeName, childByField, quote } from '../../go/syntax/syntax.ts';
import { Refusal } from '../../refusal.ts';
import { namesOfLoop } from '../../wiring/registration/embedded-names.ts';
import type { ListLiteral } from '../../wiring/registration/lists.ts';
import { listParts } from '../../wiring/registration/lists.ts';
import { noteInfo } from '../package/name-constant.ts';
import type { Job } from '../upgrade/job.ts';
import { loadStores } from '../upgrade/load-stores.ts';
import { nameOf } from '../upgrade/neighbour.ts';
import type { Way } from './way.ts';

/**
 * R9: names that share one handler, in a text file that the app embeds or in a Go slice. The new
 * one goes where their order wants it.
 */
export const byName: Way = { codes: ['R9'], insert: upgradeByName };

function upgradeByName(job: Job): undefined {
  const own = job.wiring.registrations.filter(r => r.code === 'R9');
  const { site } = own[0]!;
  const clause = site.loop?.children.find(c => c.type === 'range_clause');
  const source = clause && exprAt(site.call, childByField(clause, 'right')!);
  const [name] = callArguments(site.call.node).map(node => exprAt(site.call, node));
  const embedded = site.loop && name && namesOfLoop(job.repo, exprAt(site.call, site.loop), name);
  const lists = source ? listParts(job.repo, source, site).filter(part => !part.unread) : [];
  const variables = embedded?.variables ?? lists.map(part => part.name);
  const index = lastBefore(job, own.map(nameOf), isAlphabetical(job, site.dir, variables));
  const before = index === undefined ? undefined : own[index]!;
  if (embedded) {
    const text = job.repo.texts.get(embedded.path)!;
    job.plain.set(embedded.path, withName(text, before && nameOf(before), job.name));
  } else if (lists.length > 0) {
    const beside = (before ?? own[0]!).place.node;
    const holds = (part: ListLiteral) => part.elements.some(({ node }) => node === beside);
    const list = lists.find(holds) ?? lists.at(-1)!;
    insertElement(job.changes, list.body, beside, quote(job.name), before === undefined);
  } else {
    const { facts, node } = site.call;
    throw new Refusal(
      `${calleeName(node, facts.text)} takes its names from something that cannot be extended; ` +
        'add this one by hand',
      { file: facts.path },
    );
  }
  loadStores(job, { constant: undefined, after: site });
  job.notes.push(
    `All upgrades share one handler here: what only ${job.name} does goes behind a comparison ` +
      'of its name.',
  );
  noteInfo(job);
  if (job.test) job.notes.push('No test is written: the handler is shared by all upgrades.');
}

/** Compares two names: negative, 0 or positive; not a number where they have no order. */
type Order = (a: string, b: string) => number;

const byVersion: Order = (a, b) => compareNames(a, b) ?? NaN;

const byText: Order = (a, b) => {
  if (a === b) return 0;
  return a < b ? -1 : 1;
};

/**
 * The index of the name below which a new one goes: the last smaller one where they are in order,
 * by version or by alphabet; else the last. Undefined: above all.
 */
function lastBefore(
  { name, notes }: Job,
  names: readonly string[],
  alphabetical: boolean,
): number | undefined {
  const orders = (alphabetical ? [byText] : [byVersion, byText]).filter(order =>
    names.every((other, i) => i === 0 || order(names[i - 1]!, other) < 0),
  );
  const places = orders.map(order => names.findLastIndex(other => order(other, name) < 0));
  const index = places[0] ?? names.length - 1;
  if (places.some(place => place !== index))
    notes.push(
      `The names are in order by version and by alphabet alike: ${name} was put where its ` +
        'version belongs. Move it if something wants them by alphabet.',
    );
  return index < 0 ? undefined : index;
}

/**
 * Whether the names have to be in alphabetical order: something sorts them or checks it, or a
 * comment above them says so.
 */
function isAlphabetical({ repo }: Job, dir: string, variables: readonly string[]): boolean {
  const files = repo.filesOf(dir);
  return variables.some(name =>
    files.some(({ text }) => isSorted(text, name) || saysAlphabetical(text, name)),
  );
}

/** `sort.Strings(names)`, `slices.IsSorted(names)` and their like, in any function or variable. */
function isSorted(text: string, name: string): boolean {
  const call = '\\b(sort\\.(Strings|StringsAreSorted)|slices\\.(Sort|IsSorted))\\(';
  const conversion = 'sort\\.StringSlice\\(';
  return [`${call}(${conversion})?${name}\\b`, `\\b${conversion}${name}\\)`].some(pattern =>
    new RegExp(pattern).test(text),
  );
}

function saysAlphabetical(text: string, name: string): boolean {
  const declared = new RegExp(`((^[ \\t]*//[^\\n]*\\n)+)[ \\t]*(var[ \\t]+)?${name}\\b`, 'm');
  const comment = declared.exec(text)?.[1] ?? '';
  return /alphabet|lexic/i.test(comment);
}

/**
 * A text of names with another one behind one of them, or above all: on a line of its own, or on the
 * line that several share.
 */
function withName(text: string, before: string | undefined, name: string): string {
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const lines = text.split(/\r?\n/);
  const index = before === undefined ? -1 : lines.findIndex(line => line.trim() === before);
  const shared =
    before === undefined || index >= 0
      ? -1
      : lines.findIndex(line => line.split(/\s+/).includes(before));
  if (shared >= 0)
    lines[shared] = lines[shared]!.replace(/\S+/g, word =>
      word === before ? `${word} ${name}` : word,
    );
  else lines.splice(index + 1, 0, name);
  return lines.join(newline);
}
