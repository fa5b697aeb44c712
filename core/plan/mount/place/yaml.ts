import type { YAMLMap, YAMLSeq } from 'yaml';
import { isMap, isScalar, isSeq, parseDocument } from 'yaml';
import { orderFields } from '../../../chain/depinject/app-config.ts';
import type { TextEdit } from '../../../go/edit/edit.ts';
import { applyEdits, indentAt, lineEnd, lineStart } from '../../../go/edit/edit.ts';
import { Refusal } from '../../../refusal.ts';
import type { MountJob } from '../job.ts';

/** A configuration in YAML while it is added to. */
interface Yaml {
  readonly file: string;
  readonly text: string;
  readonly modules: YAMLSeq;
  readonly edits: TextEdit[];
}

/**
 * Adds the module to an app configuration in YAML: its entry, where it has a configuration of its
 * own, its name in the orders of those kinds, and the permissions of its account.
 */
export function addToYaml(job: MountJob, file: string, kinds: readonly string[]): void {
  const text = job.repo.texts.get(file)!;
  const modules: unknown = parseDocument(text).get('modules');
  if (!isSeq(modules) || modules.flow)
    throw new Refusal(`${file} has no list of modules that can be added to`, { file });
  const yaml: Yaml = { file, text, modules, edits: [] };
  addNames(job, yaml, kinds);
  if (job.module.config) addEntry(job, yaml, job.module.config.message);
  if (job.permissions) addAccount(job, yaml, job.permissions);
  job.plain.set(file, applyEdits(text, yaml.edits));
}

/** The settings of the module with that type. */
function settingsOf({ modules }: Yaml, type: RegExp): YAMLMap | undefined {
  for (const item of modules.items) {
    const settings: unknown = isMap(item) ? item.get('config', true) : undefined;
    if (isMap(settings) && type.test(String(settings.get('@type')))) return settings;
  }
  return undefined;
}

function addNames(job: MountJob, yaml: Yaml, kinds: readonly string[]): void {
  const settings = settingsOf(yaml, /^cosmos\.app\.runtime\./);
  for (const [field, kind] of Object.entries(orderFields)) {
    const camel = field.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
    const list: unknown = settings?.get(field, true) ?? settings?.get(camel, true);
    if (isSeq(list) && kinds.includes(kind)) addName(job, yaml, kind, list);
  }
}

/** Adds the module's name to an order. */
function addName(job: MountJob, yaml: Yaml, kind: string, list: YAMLSeq): void {
  const names = list.items.map(item => (isScalar(item) ? String(item.value) : ''));
  const at = placeIn(job, kind, names, yaml.file);
  const name = job.module.name.value;
  const [start, end] = rangeOf(list.items[Math.max(at, 0)]) ?? rangeOf(list)!;
  if (names.length === 0) yaml.edits.push({ start, end, text: `[${name}]` });
  else if (list.flow)
    yaml.edits.push(
      at < 0 ? { start, end: start, text: `${name}, ` } : { start: end, end, text: `, ${name}` },
    );
  else addLine(yaml, at < 0 ? undefined : end, start, name);
}

/** A line of a block list, below the one that ends at `end`, else above the one at `start`. */
function addLine(
  { text, edits }: Yaml,
  end: number | undefined,
  start: number,
  name: string,
): void {
  const lead = text.slice(lineStart(text, start), start);
  const at = end === undefined ? lineStart(text, start) : lineEnd(text, end);
  const isOpen = at === text.length && !text.endsWith('\n');
  edits.push({ start: at, end: at, text: isOpen ? `\n${lead}${name}` : `${lead}${name}\n` });
}

/** The number of the name behind which the module goes; -1 for the first place. */
function placeIn(
  { repo, app, orders }: MountJob,
  kind: string,
  names: readonly string[],
  file: string,
): number {
  const asked = orders.get(kind);
  if (asked === 'first') return -1;
  if (asked === 'last') return names.length - 1;
  if (asked) {
    const at = names.indexOf(asked.after);
    if (at >= 0) return at;
    throw new Refusal(`the order of ${kind} in ${file} does not name ${asked.after}`, { file });
  }
  const own = new Set(
    app.mounted
      .filter(one => one.package !== null && repo.dirOf(one.package) !== undefined)
      .map(({ name }) => name),
  );
  const last = names.findLastIndex(name => own.has(name));
  return last < 0 ? names.length - 1 : last;
}

function rangeOf(node: unknown): readonly [start: number, end: number] | undefined {
  const { range } = (node ?? {}) as { range?: readonly number[] | null };
  return range ? [range[0]!, range[1]!] : undefined;
}

/** The module's own entry, below the last one. */
function addEntry({ module }: MountJob, yaml: Yaml, message: string): void {
  const lead = leadOf(yaml, yaml.modules);
  const inner = `${' '.repeat(lead.length)}`;
  appendTo(yaml, yaml.modules, [
    `${lead}name: ${module.name.value}`,
    `${inner}config:`,
    `${inner}  "@type": ${message}`,
  ]);
}

/** The module's account, below the last one. */
function addAccount({ module }: MountJob, yaml: Yaml, permissions: readonly string[]): void {
  const settings = settingsOf(yaml, /^cosmos\.auth\.module\./);
  const list: unknown =
    settings?.get('module_account_permissions', true) ??
    settings?.get('moduleAccountPermissions', true);
  if (!isSeq(list) || list.flow || list.items.length === 0)
    throw new Refusal(`${yaml.file} has no list of module accounts that can be added to`, {
      file: yaml.file,
    });
  const lead = leadOf(yaml, list);
  const inner = ' '.repeat(lead.length);
  appendTo(yaml, list, [
    `${lead}account: ${module.name.value}`,
    ...(permissions.length > 0 ? [`${inner}permissions: [${permissions.join(', ')}]`] : []),
  ]);
}

/** What stands before an item of a block list: its indent and the dash. */
function leadOf({ text }: Yaml, list: YAMLSeq): string {
  const [start] = rangeOf(list.items[0])!;
  return `${indentAt(text, start)}- `;
}

/** Adds lines below the last item of a block list. */
function appendTo({ text, edits }: Yaml, list: YAMLSeq, lines: readonly string[]): void {
  const [start, end] = rangeOf(list.items.at(-1))!;
  const last = start + text.slice(start, end).trimEnd().length;
  const at = lineEnd(text, last);
  const written = lines.join('\n');
  const isOpen = at === text.length && !text.endsWith('\n');
  edits.push({ start: at, end: at, text: isOpen ? `\n${written}` : `${written}\n` });
}
