import type { Document, YAMLMap, YAMLSeq } from 'yaml';
import { isAlias, isMap, isPair, isScalar, isSeq, parseDocument, visit } from 'yaml';
import { either } from '../../../chain/depinject/app-config-yaml.ts';
import type { TextEdit } from '../../../go/edit/edit.ts';
import { applyEdits, lineEnd, lineStart } from '../../../go/edit/edit.ts';
import { Refusal } from '../../../refusal.ts';
import { namingLists } from '../configured-names.ts';
import type { Removal } from '../removal.ts';
import { moduleRoot } from '../removal.ts';

/** A configuration in YAML while a module is taken out of it. */
interface Yaml {
  readonly file: string;
  readonly text: string;
  readonly document: Document;
  readonly edits: TextEdit[];
}

/**
 * Takes the module out of an app configuration in YAML: its entry, its name in orders, its account.
 * Gives whether it had an account. Throws `Refusal` where what is left is not certain.
 */
export function removeFromYaml(removal: Removal, file: string): boolean {
  const { module, repo, plain } = removal;
  const text = repo.texts.get(file)!;
  const document = parseDocument(text);
  const modules: unknown = document.get('modules');
  if (document.errors.length > 0 || !isSeq(modules))
    throw new Refusal(`${file} has no list of modules that can be read`, { file });
  const yaml: Yaml = { file, text, document, edits: [] };
  refuseAliases(yaml);
  let hadAccount = false;
  for (const item of modules.items) {
    const settings: unknown = isMap(item) ? item.get('config', true) : undefined;
    if (!isMap(settings) || nameOf(item) === module.name) continue;
    for (const [field, key] of Object.entries(namingLists)) {
      const isTaken = takeFromList(yaml, settings, field, one => named(one, key) === module.name);
      hadAccount ||= isTaken && key === 'account';
    }
  }
  takeFromList(yaml, document.contents as YAMLMap, 'modules', one => nameOf(one) === module.name);
  refuseNamed(yaml, module.name, moduleRoot(module.package));
  const after = applyEdits(text, yaml.edits);
  // The text is edited, and the document by itself: both have to say the same.
  if (JSON.stringify(parseDocument(after).toJS()) !== JSON.stringify(document.toJS()))
    throw new Refusal(`${module.name} cannot be taken out of ${file} with certainty`, { file });
  plain.set(file, after);
  return hadAccount;
}

/** What an alias stands for would change with the place it is written at. */
function refuseAliases({ file, text, document }: Yaml): void {
  visit(document, {
    Node(_, node) {
      if (!isAlias(node)) return;
      const line = lineAt(text, node.range?.[0] ?? 0);
      throw new Refusal(`${file}:${line}: *${node.source} stands for what is written elsewhere`, {
        file,
        line,
      });
    },
  });
}

function nameOf(item: unknown): unknown {
  return isMap(item) ? item.get('name') : undefined;
}

function named(item: unknown, key: string): unknown {
  if (key === '') return isScalar(item) ? item.value : undefined;
  if (!isMap(item)) return undefined;
  const value = either(item, key);
  return isScalar(value) ? value.value : undefined;
}

/** Takes the element that is meant out of a list, of the text and of the document. */
function takeFromList(
  yaml: Yaml,
  map: YAMLMap,
  field: string,
  isMeant: (item: unknown) => boolean,
): boolean {
  const list = either(map, field);
  if (!isSeq(list)) return false;
  const [found, ...others] = list.items.filter(isMeant);
  if (found === undefined) return false;
  if (others.length > 0)
    throw new Refusal(`${field} in ${yaml.file} names it ${others.length + 1} times`, {
      file: yaml.file,
    });
  yaml.edits.push(...editsWithout(yaml, map, list, list.items.indexOf(found)));
  list.items.splice(list.items.indexOf(found), 1);
  return true;
}

function editsWithout(yaml: Yaml, map: YAMLMap, list: YAMLSeq, at: number): TextEdit[] {
  const { text } = yaml;
  if (list.flow) return editsWithoutInFlow(text, list, at);
  const [start, end] = rangeOf(text, list.items[at]);
  const from = lineStart(text, start);
  if (!/^\s*-\s+$/.test(text.slice(from, start)))
    throw new Refusal(`${yaml.file}:${lineAt(text, start)}: this element cannot be taken out`, {
      file: yaml.file,
    });
  if (list.items.length === 1) return [emptied(yaml, map, list, end)];
  const to = lineEnd(text, end);
  const isOpen = to === text.length && !text.endsWith('\n');
  return [{ start: isOpen ? from - 1 : from, end: to, text: '' }];
}

/**
 * Between brackets an element goes with its line and the comment behind it where it has a line of its
 * own; comments of others stay.
 */
function editsWithoutInFlow(text: string, list: YAMLSeq, at: number): TextEdit[] {
  const [start, end] = rangeOf(text, list.items[at]);
  const [from, to] = [lineStart(text, start), lineEnd(text, end)];
  const isFirst = text.slice(from, start).trim() === '';
  const isAlone = isFirst && /^\s*,?\s*(#.*)?$/.test(text.slice(end, to).trimEnd());
  const comma = /^\s*,[ \t]*/.exec(text.slice(end))?.[0] ?? '';
  const own = isAlone
    ? { start: from, end: to, text: '' }
    : { start, end: end + comma.length, text: '' };
  const before = list.items[at - 1];
  if (before === undefined || list.items[at + 1] !== undefined || comma !== '') return [own];
  const behind = rangeOf(text, before)[1];
  const between = text.slice(behind, start);
  if (!isAlone && !between.includes('#')) return [{ start: behind, end, text: '' }];
  // The one before is the last now; its comment stands behind its comma.
  const [last = ''] = /^\s*,/.exec(between) ?? [];
  return [{ start: behind, end: behind + last.length, text: '' }, own];
}

/** A block list without elements would be no list: it is written as an empty one. */
function emptied({ text }: Yaml, map: YAMLMap, list: YAMLSeq, end: number): TextEdit {
  const pair = map.items.find(one => isPair(one) && one.value === list)!;
  return { start: text.indexOf(':', rangeOf(text, pair.key)[1]) + 1, end, text: ' []' };
}

/** Where a node begins, and where it ends but for blanks. */
function rangeOf(text: string, node: unknown): readonly [start: number, end: number] {
  const { range } = node as { range: readonly [number, number] };
  const [start, end] = range;
  return [start, start + text.slice(start, end).trimEnd().length];
}

/** Refuses a configuration that names the module, or one of its packages, in a further place. */
function refuseNamed({ file, text, document }: Yaml, name: string, root: string): void {
  visit(document, {
    Scalar(_, { value, range }) {
      const isNamed = value === name || (typeof value === 'string' && value.startsWith(`${root}/`));
      if (!isNamed) return;
      const line = lineAt(text, range?.[0] ?? 0);
      throw new Refusal(
        `${file}:${line}: the configuration names ${String(value)} here too; take that out first`,
        { file, line },
      );
    },
  });
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}
