import type { App, StoreName, Upgrade } from '../chain/chain.ts';
import { storeId } from '../chain/compare.ts';
import type { StoreChoice, StoreChoices } from '../edit/store-code.ts';
import { storeCode } from '../edit/store-code.ts';
import { dirname } from '../files.ts';
import { EditBatch } from '../go/edit/edit-batch.ts';
import type { ImportSpec } from '../go/edit/imports.ts';
import { qualifierOf } from '../go/edit/imports.ts';
import { aliasInUse, freeImport } from '../go/edit/imports-in-use.ts';
import {
  appendElement,
  fieldValue,
  insertField,
  literalBody,
  nodeAt,
  removeElement,
} from '../go/edit/repairs.ts';
import type { StructValue } from '../go/eval/value.ts';
import { exprAt, textOf } from '../go/eval/value.ts';
import type { Repo } from '../go/repo/repo.ts';
import type { FileFacts } from '../go/source/facts.ts';
import type { Location } from '../go/source/location.ts';
import type { SyntaxNode } from '../go/syntax/syntax.ts';
import { childByField, findAll } from '../go/syntax/syntax.ts';
import { importsOfGeneration } from '../sdk/generations.ts';
import { newLoaderFix } from './loader-fix.ts';
import type { AppContext, SuggestedFix } from './rule.ts';
import { labelOf } from './wording.ts';

/**
 * Adds a store to an upgrade's StoreUpgrades, or gives it some; nothing where the upgrade has no
 * place for them. It is not preferred where the value of the store's constant is not known: then
 * the network may have the store under another name.
 */
export function addStoreFix(
  subject: AppContext,
  upgrade: Upgrade,
  store: StoreName,
  isSure: boolean,
): SuggestedFix[] {
  const added = choiceOf(store);
  if (!added) return [];
  const stores = { added: [added], deleted: [], renamed: [] };
  const title = `Add the store "${added.name}" to`;
  return entryFix(subject, upgrade, 'Added', stores, title, isSure && store.name !== null);
}

/**
 * Adds a pair to an upgrade's renamed stores: what is in the one store goes on in the other. That
 * may be meant, or a store that begins anew.
 */
export function renameStoreFix(
  subject: AppContext,
  upgrade: Upgrade,
  from: string,
  store: StoreName,
): SuggestedFix[] {
  const to = choiceOf(store);
  if (!to) return [];
  const stores = { added: [], deleted: [], renamed: [{ from: { name: from }, to }] };
  const title = `Rename the store "${from}" to "${to.name}" in`;
  return entryFix(subject, upgrade, 'Renamed', stores, title, false);
}

function choiceOf(store: StoreName): StoreChoice | undefined {
  const name = storeId(store);
  return name === undefined ? undefined : { name, ...(store.const ? { const: store.const } : {}) };
}

type StoresField = 'Added' | 'Renamed';

function entryFix(
  subject: AppContext,
  upgrade: Upgrade,
  field: StoresField,
  stores: StoreChoices,
  does: string,
  preferred: boolean,
): SuggestedFix[] {
  const { repo } = subject;
  const title = `${does} the upgrade "${labelOf(upgrade)}"`;
  const place = placeFor(subject, upgrade, field);
  if (!place && !upgrade.stores) return newLoaderFix(subject, upgrade, stores, title, preferred);
  const edit = place && entryEdit(subject, place, field, stores);
  // Tried first: not every field can be put where it belongs.
  if (!edit?.(new EditBatch(repo))) return [];
  return [
    {
      title,
      preferred,
      edit(changes) {
        edit(changes);
      },
    },
  ];
}

/**
 * Writes an entry into its place, as a function that gives false where that cannot be done.
 * Undefined where it needs a type whose package is not known.
 */
function entryEdit(
  { repo, app }: AppContext,
  { facts, list, body, wrap, types }: StoresPlace,
  field: StoresField,
  stores: StoreChoices,
): ((changes: EditBatch) => boolean) | undefined {
  const code = storeCode(repo, app, stores, facts, true);
  const pair = code.text.renamed[0];
  const entry = pair ? `{OldKey: ${pair.from}, NewKey: ${pair.to}}` : code.text.added[0]!;
  const needsTypes = !list && (wrap !== undefined || field === 'Renamed');
  if (needsTypes && !types) return undefined;
  const qualifier = types ? qualifierOf(repo, dirname(facts.path), types) : '';
  const slice = field === 'Added' ? '[]string' : `[]${qualifier}.StoreRename`;
  const value = `${slice}{${entry}}`;
  return changes => {
    for (const spec of code.imports.values()) changes.import(facts.path, spec);
    if (needsTypes) changes.import(facts.path, types!);
    if (list) {
      appendElement(changes, facts, list, entry);
      return true;
    }
    if (wrap === undefined) return insertField(changes, facts, body, field, value, 'first');
    const struct = `${qualifier}.StoreUpgrades{${field}: ${value}}`;
    return insertField(changes, facts, body, wrap, struct, 'last');
  };
}

/**
 * Where an entry goes: the list that is there, or the StoreUpgrades that lack it, or the struct
 * whose field `wrap` lacks StoreUpgrades.
 */
interface StoresPlace {
  readonly facts: FileFacts;
  readonly body: SyntaxNode;
  readonly list?: SyntaxNode;
  readonly wrap?: string;
  readonly types: ImportSpec | undefined;
}

function placeFor(
  subject: AppContext,
  upgrade: Upgrade,
  field: StoresField,
): StoresPlace | undefined {
  return upgrade.stores
    ? placeInStores(subject, upgrade.stores.location, field)
    : placeInStruct(subject, upgrade);
}

/** In the StoreUpgrades that an upgrade has. */
function placeInStores(
  { repo, app }: AppContext,
  location: Location,
  field: StoresField,
): StoresPlace | undefined {
  const facts = repo.facts(location.file);
  const literal = facts && nodeAt(facts, location);
  const body = literal && literalBody(literal);
  if (!facts || !body) return undefined;
  const value = fieldValue(facts, body, field);
  const list = value && literalBody(value);
  // A list that is a variable or made by a function.
  if (value && !list) return undefined;
  return { facts, body, types: storeTypes(repo, app, facts), ...(list ? { list } : {}) };
}

/** In a struct of the list of upgrades, whose type has a field for stores. */
function placeInStruct(
  { repo, app, wiring }: AppContext,
  upgrade: Upgrade,
): StoresPlace | undefined {
  const registration = wiring.registrations[app.upgrades.indexOf(upgrade)];
  const struct = registration?.struct;
  if (!struct || !registration.list) return undefined;
  const { facts } = struct.expr;
  const wrap = storesFieldOf(repo, struct);
  if (wrap === undefined) return undefined;
  return { facts, body: struct.body, wrap, types: storeTypes(repo, app, facts) };
}

/** The import of the package of StoreUpgrades; undefined where the SDK is not known. */
function storeTypes(repo: Repo, app: App, facts: FileFacts): ImportSpec | undefined {
  const { generation } = app.sdk;
  if (!generation) return undefined;
  const path = importsOfGeneration(generation).storeTypes;
  const spec = aliasInUse(repo, app.dir, path) ?? { path, alias: 'storetypes' };
  return freeImport(repo, facts, spec);
}

/** The name of the field that holds StoreUpgrades by value in a struct's type. */
function storesFieldOf(repo: Repo, { expr, type }: StructValue): string | undefined {
  const [name, qualifier] = (type ? textOf(exprAt(expr, type)) : '').split('.').reverse();
  const here = dirname(expr.facts.path);
  const dir =
    qualifier === undefined ? here : repo.dirOf(repo.importFor(expr.facts, qualifier) ?? '', here);
  if (!name || dir === undefined) return undefined;
  for (const facts of repo.filesOf(dir, /StoreUpgrades/)) {
    const declared = facts.types.find(spec => spec.name === name);
    const fields = findAll(declared?.syntax, 'field_declaration');
    const field = fields.find(node => isStoreUpgrades(facts, childByField(node, 'type')));
    const fieldName = childByField(field, 'name');
    if (fieldName) return written(facts, fieldName);
  }
  return undefined;
}

function isStoreUpgrades(facts: FileFacts, type: SyntaxNode | undefined): boolean {
  return type?.type === 'qualified_type' && written(facts, type).endsWith('.StoreUpgrades');
}

function written({ text }: FileFacts, node: SyntaxNode | undefined): string {
  return node ? text.slice(node.start, node.end) : '';
}

/** Takes an entry out of the list it is in. */
export function removeEntryFix(
  repo: Repo,
  place: Location,
  title: string,
  preferred = false,
): SuggestedFix[] {
  const facts = repo.facts(place.file);
  const node = facts && nodeAt(facts, place);
  const element = node && outermost(node);
  if (element?.parent?.type !== 'literal_value') return [];
  return [{ title, preferred, edit: changes => removeElement(changes, facts!, element) }];
}

/** The outermost node of a range: the wrapper of an entry has the entry's range. */
function outermost(node: SyntaxNode): SyntaxNode {
  const { parent } = node;
  return parent?.start === node.start && parent.end === node.end ? outermost(parent) : node;
}

/** Writes another store in an entry's place; not preferred where its name is not known. */
export function replaceEntryFix(
  { repo, app }: AppContext,
  { file, start, end }: Location,
  store: StoreName,
): SuggestedFix[] {
  const facts = repo.facts(file);
  const added = choiceOf(store);
  if (!facts || !added) return [];
  return [
    {
      title: `Add "${added.name}" instead`,
      preferred: store.name !== null,
      edit(changes) {
        const stores = { added: [added], deleted: [], renamed: [] };
        const code = storeCode(repo, app, stores, facts, true);
        for (const spec of code.imports.values()) changes.import(file, spec);
        changes.edit(file, start, end, code.text.added[0]!);
      },
    },
  ];
}
