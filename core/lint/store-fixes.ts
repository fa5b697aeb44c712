import type { StoreName, Upgrade } from '../chain/chain.ts';
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
import { importsOfGeneration } from '../sdk/generations.ts';
import type { AppContext, SuggestedFix } from './rule.ts';

/**
 * Adds a store to an upgrade's StoreUpgrades, or gives it some; nothing where the upgrade has no
 * place for them.
 */
export function addStoreFix(
  subject: AppContext,
  upgrade: Upgrade,
  store: StoreName,
): SuggestedFix[] {
  const added = choiceOf(store);
  return added
    ? entryFix(
        subject,
        upgrade,
        'Added',
        { added: [added], deleted: [], renamed: [] },
        `Add the store "${added.name}" to`,
      )
    : [];
}

/** Adds a pair to an upgrade's renamed stores: what is in the one store goes on in the other. */
export function renameStoreFix(
  subject: AppContext,
  upgrade: Upgrade,
  from: string,
  store: StoreName,
): SuggestedFix[] {
  const to = choiceOf(store);
  return to
    ? entryFix(
        subject,
        upgrade,
        'Renamed',
        { added: [], deleted: [], renamed: [{ from: { name: from }, to }] },
        `Rename the store "${from}" to "${to.name}" in`,
      )
    : [];
}

function choiceOf(store: StoreName): StoreChoice | undefined {
  const name = storeId(store);
  return name === undefined ? undefined : { name, ...(store.const ? { const: store.const } : {}) };
}

function entryFix(
  subject: AppContext,
  upgrade: Upgrade,
  field: 'Added' | 'Renamed',
  stores: StoreChoices,
  does: string,
): SuggestedFix[] {
  const { repo, app } = subject;
  const place = placeFor(subject, upgrade, field);
  if (!place) return [];
  const { facts, list, body, wrap, types } = place;
  const code = storeCode(repo, app, stores, facts, true);
  const pair = code.text.renamed[0];
  const entry = pair ? `{OldKey: ${pair.from}, NewKey: ${pair.to}}` : code.text.added[0]!;
  const typesUsed = !list && (wrap !== undefined || field === 'Renamed');
  if (typesUsed && !types) return [];
  const qualifier = types && qualifierOf(repo, dirname(facts.path), types);
  const slice = field === 'Added' ? '[]string' : `[]${qualifier}.StoreRename`;
  const edit = (changes: EditBatch): boolean => {
    for (const wanted of [...code.imports.values(), ...(typesUsed ? [types!] : [])])
      changes.import(facts.path, wanted);
    if (list) appendElement(changes, facts, list, entry);
    else if (wrap !== undefined)
      return insertField(
        changes,
        facts,
        body,
        wrap,
        `${qualifier}.StoreUpgrades{${field}: ${slice}{${entry}}}`,
        'last',
      );
    else return insertField(changes, facts, body, field, `${slice}{${entry}}`, 'first');
    return true;
  };
  if (!edit(new EditBatch(repo))) return [];
  return [
    {
      title: `${does} the upgrade "${upgrade.name ?? upgrade.package}"`,
      edit: changes => void edit(changes),
    },
  ];
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
  { repo, app, wiring }: AppContext,
  upgrade: Upgrade,
  field: 'Added' | 'Renamed',
): StoresPlace | undefined {
  const { generation } = app.sdk;
  const path = generation && importsOfGeneration(generation).storeTypes;
  const typesIn = (facts: FileFacts) =>
    path
      ? freeImport(repo, facts, aliasInUse(repo, app.dir, path) ?? { path, alias: 'storetypes' })
      : undefined;
  if (upgrade.stores) {
    const facts = repo.facts(upgrade.stores.location.file);
    const literal = facts && nodeAt(facts, upgrade.stores.location);
    const body = literal && literalBody(literal);
    const value = facts && body && fieldValue(facts, body, field);
    const list = value && literalBody(value);
    return !facts || !body || (value && !list)
      ? undefined
      : { facts, body, types: typesIn(facts), ...(list ? { list } : {}) };
  }
  // The upgrade is a struct of the list, whose type has a field for stores.
  const registration = wiring.registrations[app.upgrades.indexOf(upgrade)];
  const struct = registration?.struct;
  if (!struct || !registration?.list) return undefined;
  const { facts } = struct.expr;
  const wrap = storesFieldOf(repo, struct);
  return wrap === undefined ? undefined : { facts, body: struct.body, wrap, types: typesIn(facts) };
}

/** The name of the field that holds StoreUpgrades by value in a struct's type. */
function storesFieldOf(repo: Repo, { expr, type }: StructValue): string | undefined {
  const [name, qualifier] = (type ? textOf(exprAt(expr, type)) : '').split('.').reverse();
  const here = dirname(expr.facts.path);
  const dir =
    qualifier === undefined ? here : repo.dirOf(repo.importFor(expr.facts, qualifier) ?? '', here);
  if (!name || dir === undefined) return undefined;
  for (const facts of repo.filesOf(dir, /StoreUpgrades/)) {
    const declared = facts.types.find(t => t.name === name);
    const found =
      declared &&
      /^\s*(\w+)\s+\w+\.StoreUpgrades\b/m.exec(
        facts.text.slice(declared.syntax.start, declared.syntax.end),
      );
    if (found) return found[1];
  }
  return undefined;
}

/** Takes an entry out of the list it stands in. */
export function removeEntryFix(repo: Repo, place: Location, title: string): SuggestedFix[] {
  const facts = repo.facts(place.file);
  const node = facts && nodeAt(facts, place);
  // The wrapper of an entry has its range; what the list holds is the outermost.
  let element = node;
  while (
    element?.parent &&
    element.parent.start === element.start &&
    element.parent.end === element.end
  )
    element = element.parent;
  return facts && element?.parent?.type === 'literal_value'
    ? [{ title, edit: changes => removeElement(changes, facts, element) }]
    : [];
}

/** Writes another store in an entry's place. */
export function replaceEntryFix(
  { repo, app }: AppContext,
  place: Location,
  store: StoreName,
): SuggestedFix[] {
  const facts = repo.facts(place.file);
  const name = storeId(store);
  if (!facts || name === undefined) return [];
  return [
    {
      title: `Add "${name}" instead`,
      edit(changes) {
        const code = storeCode(
          repo,
          app,
          {
            added: [{ name, ...(store.const ? { const: store.const } : {}) }],
            deleted: [],
            renamed: [],
          },
          facts,
          true,
        );
        for (const wanted of code.imports.values()) changes.import(facts.path, wanted);
        changes.edit(place.file, place.start, place.end, code.text.added[0]!);
      },
    },
  ];
}
