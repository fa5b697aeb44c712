import { compareNames, isPrerelease, parseVersion } from '../../chain/app/plan-names.ts';

export { compareNames, isPrerelease, parseVersion } from '../../chain/app/plan-names.ts';

// How a plan's name is spelt elsewhere: `v0.6.0` is also a folder `v0_6_0`, an alias `v060`, part
// of `CreateV060UpgradeHandler`. A new upgrade is spelt as its neighbour was.

/** A spelling: how many of the numbers, what stands between them, which v. */
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

function spell(name: string, { count, separator, v, suffix }: Spelling): string | undefined {
  const version = parseVersion(name);
  if (!version) return undefined;
  let parts = [...version.parts];
  if (count === 'trimmed') while (parts.length > 1 && Number(parts.at(-1)) === 0) parts.pop();
  else if (count !== 'all') {
    parts = parts.slice(0, count);
    while (parts.length < count) parts.push('0');
  }
  const tail =
    !suffix || version.suffix === ''
      ? ''
      : separator === '.' || separator === '-'
        ? version.suffix
        : version.suffix.replace(/[-.+]/g, separator);
  return v + parts.join(separator) + tail;
}

/** Where a spelling stands in a text without being part of a longer one. */
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
 * The text with the neighbour's name replaced by the new one, in whatever spelling it stands there;
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
  let best: { at: number; form: string; to: string; score: number } | undefined;
  for (const spelling of spellings) {
    const form = spell(neighbour.name, spelling);
    const to = spell(name, spelling) ?? codename(name, spelling);
    if (form === undefined || (spelling.v === '' && !/[A-Za-z_]/.test(text) && text !== form))
      continue;
    const at = find(text, form);
    if (at < 0) continue;
    const frame = [text.slice(0, at), text.slice(at + form.length)] as const;
    const agree = others.filter(o => {
      const other = spell(o.name, spelling);
      return other !== undefined && o.text === frame[0] + other + frame[1];
    }).length;
    const score = agree * 100 + form.length;
    if (!best || score > best.score) best = { at, form, to, score };
  }
  if (!best) return undefined;
  return (
    stepped(text.slice(0, best.at), best.form) + best.to + text.slice(best.at + best.form.length)
  );
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

/**
 * Every spelling of the old name in a comment or message replaced by the new one. Bare numbers
 * stay: they could mean anything.
 */
export function respellProse(text: string, from: string, to: string): string {
  if (from === '') return text;
  const forms = new Map<string, string>([[from, to]]);
  for (const spelling of spellings) {
    if (spelling.v === '' || spelling.count === 1 || spelling.count === 2 || spelling.count === 3)
      continue;
    const form = spell(from, spelling);
    const replacement = spell(to, spelling) ?? codename(to, spelling);
    if (form !== undefined && !forms.has(form)) forms.set(form, replacement);
  }
  let out = text;
  for (const [form, replacement] of [...forms].sort((a, b) => b[0].length - a[0].length)) {
    let done = '';
    for (let at = find(out, form); at >= 0; at = find(out, form)) {
      done += stepped(out.slice(0, at), form) + replacement;
      out = out.slice(at + form.length);
    }
    out = done + out;
  }
  return out;
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
 * The name that would come next in a chain's own sequence, or undefined where its names are no
 * sequence. The number that last changed goes up by one; what stood behind it becomes zero.
 */
export function nextName(names: readonly string[]): string | undefined {
  // `v053-to-v054` names a step of the SDK's, not the chain's own count.
  const versions = names
    .filter(n => parseVersion(n) && !isPrerelease(n) && !/-to-/i.test(n))
    .sort((a, b) => compareNames(a, b)!);
  const last = versions.at(-1);
  if (last === undefined || versions.length * 2 < names.filter(n => !isPrerelease(n)).length)
    return undefined;
  const { parts } = parseVersion(last)!;
  const before = versions.length > 1 ? parseVersion(versions.at(-2)!)!.parts : undefined;
  let step = before
    ? parts.findIndex((p, i) => p !== (before[i] ?? '0'))
    : parts.length > 1 && Number(parts[0]) === 0
      ? 1
      : 0;
  if (step < 0) step = 0;
  const next = parts.map((p, i) =>
    i < step
      ? p
      : i === step
        ? String(Number(p) + 1).padStart(p.startsWith('0') && p.length > 1 ? p.length : 1, '0')
        : '0',
  );
  const shape = /^(v?)\d+(.*)$/i.exec(last)!;
  const separators = shape[2]!.match(/[._]/g) ?? [];
  return shape[1]! + next.map((p, i) => (i === 0 ? p : (separators[i - 1] ?? '.') + p)).join('');
}
