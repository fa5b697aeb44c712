import {
  compareNames,
  isPrerelease,
  numberingRestart,
  parseVersion,
} from '../../chain/app/plan-names.ts';

export { compareNames, isPrerelease, parseVersion } from '../../chain/app/plan-names.ts';

// How a plan's name is spelt elsewhere: `v0.6.0` is also a folder `v0_6_0`, an alias `v060`, part
// of `CreateV060UpgradeHandler`. A new upgrade is spelt as its neighbour was.

/** A spelling: how many of the numbers, what separates them, which v. */
interface Spelling {
  readonly count: number | 'trimmed' | 'all';
  readonly separator: string;
  readonly v: string;
  readonly suffix: boolean;
}

const spellings: Spelling[] = [];
for (const suffix of [true, false]) {
  for (const count of ['all', 'trimmed', 1, 2, 3] as const) {
    for (const separator of ['_', '.', '-', ''])
      for (const v of ['v', 'V', '']) spellings.push({ count, separator, v, suffix });
  }
}

function spell(name: string, spelling: Spelling): string | undefined {
  const version = parseVersion(name);
  if (!version) return undefined;
  const { separator, v, suffix } = spelling;
  const tail = suffix ? spelledSuffix(version.suffix, separator) : '';
  return v + countedParts(version.parts, spelling.count).join(separator) + tail;
}

/** The numbers of a version, as many as a spelling has. */
function countedParts(parts: readonly string[], count: Spelling['count']): readonly string[] {
  if (count === 'all') return parts;
  if (count === 'trimmed') {
    const last = parts.findLastIndex(part => Number(part) !== 0);
    return parts.slice(0, Math.max(last, 0) + 1);
  }
  return Array.from({ length: count }, (_, i) => parts[i] ?? '0');
}

function spelledSuffix(suffix: string, separator: string): string {
  const isPlain = separator === '.' || separator === '-';
  return isPlain ? suffix : suffix.replace(/[-.+]/g, separator);
}

/** The offset of a spelling in a text where it is no part of a longer one; -1 for none. */
function find(text: string, form: string): number {
  for (let at = text.indexOf(form); at >= 0; at = text.indexOf(form, at + 1)) {
    const before = text[at - 1] ?? '';
    const after = text.slice(at + form.length);
    if (/^\d/.test(form) && /[0-9.]/.test(before)) continue;
    if (/^\d|^[._-]\d/.test(after)) continue;
    return at;
  }
  return -1;
}

/** A neighbour: its plan name, and texts that spell it. */
export interface Named {
  readonly name: string;
  readonly text: string;
}

/**
 * The text with the neighbour's name replaced by the new one, in whatever spelling it has there;
 * undefined where no spelling of it is found. `others` are the same kind of text of further
 * upgrades: of several possible spellings the one that also fits them is taken.
 */
export function respell(
  neighbour: Named,
  name: string,
  others: readonly Named[] = [],
): string | undefined {
  const { text } = neighbour;
  if (neighbour.name !== '' && text.includes(neighbour.name) && !parseVersion(neighbour.name)) {
    return text.replaceAll(neighbour.name, text === neighbour.name ? name : identifierPart(name));
  }
  const best = bestSpelling(neighbour, name, others);
  if (!best) return undefined;
  const { at, form, to } = best;
  return stepped(text.slice(0, at), form) + to + text.slice(at + form.length);
}

/** A spelling of the neighbour's name in a text, and what replaces it. */
interface FoundSpelling {
  readonly at: number;
  readonly form: string;
  readonly to: string;
  readonly score: number;
}

/** The longest spelling that fits most of the others. */
function bestSpelling(
  neighbour: Named,
  name: string,
  others: readonly Named[],
): FoundSpelling | undefined {
  let best: FoundSpelling | undefined;
  for (const spelling of spellings) {
    const found = foundSpelling(neighbour, name, others, spelling);
    if (found && (!best || found.score > best.score)) best = found;
  }
  return best;
}

function foundSpelling(
  { name: old, text }: Named,
  name: string,
  others: readonly Named[],
  spelling: Spelling,
): FoundSpelling | undefined {
  const form = spell(old, spelling);
  if (form === undefined) return undefined;
  // A number alone is a name only where there is nothing else.
  if (spelling.v === '' && !/[A-Za-z_]/.test(text) && text !== form) return undefined;
  const at = find(text, form);
  if (at < 0) return undefined;
  const before = text.slice(0, at);
  const after = text.slice(at + form.length);
  const agreeing = others.filter(other => {
    const otherForm = spell(other.name, spelling);
    return otherForm !== undefined && other.text === before + otherForm + after;
  });
  return {
    at,
    form,
    to: spell(name, spelling) ?? codename(name, spelling),
    score: agreeing.length * 100 + form.length,
  };
}

/** `V2To` before `V3`: the step after it begins where this one ends, with `V3To`. */
function stepped(head: string, form: string): string {
  const step = /(v?\d[\d_]*)(_?to_?)$/i.exec(head);
  return step && /^v/i.test(step[1]!) === /^v/i.test(form)
    ? head.slice(0, step.index) + form + step[2]
    : head;
}

/** Like `respell`, for a text that is a Go identifier and has to stay one. */
export function respellIdentifier(
  neighbour: Named,
  name: string,
  others: readonly Named[] = [],
): string | undefined {
  return respell(neighbour, name, others)?.replace(/[^A-Za-z0-9_]/g, '_');
}

function codename(name: string, spelling: Spelling): string {
  const word =
    spelling.separator === '.' || spelling.separator === '-' ? name : identifierPart(name);
  return spelling.v === 'V' ? word.slice(0, 1).toUpperCase() + word.slice(1) : word;
}

/** Versions in prose: with a v, or of several numbers; no percentages. */
const versionInProse =
  /(?<![\w./])(?:v\d+(?:[._]\d+)*|\d+(?:\.\d+)+(?! ?%))(?:-[a-z][\w.]*)?(?!\w)/gi;

/** Whether a comment or message speaks of a version that is no spelling of a name. */
export function speaksOfOther(text: string, name: string): boolean {
  const own = new Set(spellings.flatMap(spelling => spell(name, spelling) ?? []));
  const isOwn = (version: string) => version === name || own.has(version.replace(/[.-]$/, ''));
  // The version in an address is that of what is read there.
  const prose = text.replace(/https?:\/\/\S+/g, '');
  return (prose.match(versionInProse) ?? []).some(version => !isOwn(version));
}

/**
 * Every spelling of the old name in a comment or message replaced by the new one. Bare numbers
 * stay: they could mean anything.
 */
export function respellProse(text: string, from: string, to: string): string {
  if (from === '') return text;
  const forms = new Map<string, string>([[from, to]]);
  for (const spelling of spellings) {
    if (spelling.v === '' || typeof spelling.count === 'number') continue;
    const form = spell(from, spelling);
    if (form === undefined || forms.has(form)) continue;
    forms.set(form, spell(to, spelling) ?? codename(to, spelling));
  }
  const longestFirst = [...forms].sort(([a], [b]) => b.length - a.length);
  return longestFirst.reduce((out, [form, by]) => replaceForm(out, form, by), text);
}

function replaceForm(text: string, form: string, replacement: string): string {
  let done = '';
  let rest = text;
  for (let at = find(rest, form); at >= 0; at = find(rest, form)) {
    done += stepped(rest.slice(0, at), form) + replacement;
    rest = rest.slice(at + form.length);
  }
  return done + rest;
}

/** A text without its upgrade's name in any spelling, to compare what two upgrades say. */
export function withoutName(text: string, name: string): string {
  return respellProse(text, name, '');
}

/** A name as part of a Go identifier. */
export function identifierPart(name: string): string {
  return name.replace(/[^A-Za-z0-9]+/g, '_').replace(/^_+|_+$/g, '');
}

/** A Go package name for a plan name: `v0.7.0` → `v0_7_0`. */
export function packageIdentifier(name: string): string {
  const part = identifierPart(name).toLowerCase();
  return /^[0-9]/.test(part) ? `v${part}` : part || 'upgrade';
}

/**
 * The name that would come next in a chain's own sequence, or undefined where its names, in the order
 * of the code, are no sequence. The number that last changed goes up by one; the numbers behind it become zero.
 */
export function nextName(names: readonly string[]): string | undefined {
  const counted = names.filter(isCounted);
  const versions = counted.slice(numberingRestart(counted)).sort((a, b) => compareNames(a, b)!);
  const last = versions.at(-1);
  const releases = names.filter(name => !isPrerelease(name));
  if (last === undefined || counted.length * 2 < releases.length) return undefined;
  const { parts } = parseVersion(last)!;
  const step = stepOf(parts, versions.at(-2));
  const next = parts.map((part, i) => {
    if (i < step) return part;
    return i === step ? increased(part) : '0';
  });
  const [, v, numbers] = /^(v?)\d+(.*)$/i.exec(last)!;
  const separators = numbers!.match(/[._]/g) ?? [];
  const behindFirst = next.slice(1).map((part, i) => (separators[i] ?? '.') + part);
  return v! + next[0]! + behindFirst.join('');
}

/** Whether a name counts in a chain's sequence: `v053-to-v054` is a step of the SDK. */
function isCounted(name: string): boolean {
  return parseVersion(name) !== undefined && !isPrerelease(name) && !/-to-/i.test(name);
}

/** The index of the number that last changed. */
function stepOf(parts: readonly string[], before: string | undefined): number {
  if (before === undefined) return parts.length > 1 && Number(parts[0]) === 0 ? 1 : 0;
  const earlier = parseVersion(before)!.parts;
  const changed = parts.findIndex((part, i) => part !== (earlier[i] ?? '0'));
  return Math.max(changed, 0);
}

/** The next number, with as many digits where it is written with leading zeros. */
function increased(number: string): string {
  const width = number.startsWith('0') ? number.length : 1;
  return String(Number(number) + 1).padStart(width, '0');
}
