import type { Place, StoreName, Upgrade } from '../chain/chain.ts';
import { storeId } from '../chain/compare.ts';
import { storeCode } from '../chain/store-code.ts';
import { dirname } from '../files.ts';
import type { FileFacts } from '../go/facts.ts';
import { qualifierOf } from '../go/imports.ts';
import type { Wanted } from '../go/imports.ts';
import { aliasInUse, freeImport } from '../go/imports-in-use.ts';
import type { Repo } from '../go/repo.ts';
import type { Syn } from '../go/syntax.ts';
import { at, textOf } from '../go/value.ts';
import type { StructValue } from '../go/value.ts';
import { importsOfGeneration } from '../sdk/generations.ts';
import { Changes } from '../wiring/changes.ts';
import { appendElement, fieldValue, insertField, literalBody, nodeAt, removeElement } from '../wiring/repairs.ts';
import type { AppSubject, Fix } from './rule.ts';

/** Adds a store to an upgrade's StoreUpgrades, or gives it some; nothing where the upgrade has no place for them. */
export function addStoreFix(subject: AppSubject, upgrade: Upgrade, store: StoreName): Fix[] {
  const { repo, app } = subject, name = storeId(store), place = placeFor(subject, upgrade);
  if (name === undefined || !place) return [];
  const { facts, list, body, wrap } = place;
  const code = storeCode(repo, app, { added: [{ name, ...(store.const ? { const: store.const } : {}) }], deleted: [], renamed: [] }, facts, true), added = code.text.added[0]!;
  const edit = (changes: Changes): boolean => {
    for (const wanted of [...code.imports.values(), ...(wrap ? [wrap.wanted] : [])]) changes.import(facts.path, wanted);
    if (list) appendElement(changes, facts, list, added);
    else if (wrap) return insertField(changes, facts, body, wrap.field, `${wrap.type}{Added: []string{${added}}}`, 'last');
    else return insertField(changes, facts, body, 'Added', `[]string{${added}}`, 'first');
    return true;
  };
  if (!edit(new Changes(repo))) return [];
  return [{ title: `Add the store "${name}" to the upgrade "${upgrade.name ?? upgrade.package}"`, edit: changes => void edit(changes) }];
}

interface StoresPlace { readonly facts: FileFacts; readonly body: Syn; readonly list?: Syn; readonly wrap?: { readonly field: string; readonly type: string; readonly wanted: Wanted } }

function placeFor({ repo, app, wiring }: AppSubject, upgrade: Upgrade): StoresPlace | undefined {
  if (upgrade.stores) {
    const facts = repo.facts(upgrade.stores.place.file), literal = facts && nodeAt(facts, upgrade.stores.place), body = literal && literalBody(literal);
    const added = facts && body && fieldValue(facts, body, 'Added'), list = added && literalBody(added);
    return !facts || !body || (added && !list) ? undefined : { facts, body, ...(list ? { list } : {}) };
  }
  // The upgrade is a struct of the list, whose type has a field for stores.
  const registration = wiring.registrations[app.upgrades.indexOf(upgrade)], struct = registration?.struct, { generation } = app.sdk;
  if (!struct || !registration?.list || !generation) return undefined;
  const { facts } = struct.expr, field = storesFieldOf(repo, struct);
  if (field === undefined) return undefined;
  const path = importsOfGeneration(generation).storeTypes, wanted = freeImport(repo, facts, aliasInUse(repo, app.dir, path) ?? { path, alias: 'storetypes' });
  return { facts, body: struct.body, wrap: { field, type: `${qualifierOf(repo, dirname(facts.path), wanted)}.StoreUpgrades`, wanted } };
}

/** The name of the field that holds StoreUpgrades by value in a struct's type. */
function storesFieldOf(repo: Repo, { expr, type }: StructValue): string | undefined {
  const [name, qualifier] = (type ? textOf(at(expr, type)) : '').split('.').reverse(), here = dirname(expr.facts.path);
  const dir = qualifier === undefined ? here : repo.dirOf(repo.importFor(expr.facts, qualifier) ?? '', here);
  if (!name || dir === undefined) return undefined;
  for (const facts of repo.filesOf(dir, /StoreUpgrades/)) {
    const declared = facts.types.find(t => t.name === name);
    const found = declared && /^\s*(\w+)\s+\w+\.StoreUpgrades\b/m.exec(facts.text.slice(declared.syntax.start, declared.syntax.end));
    if (found) return found[1];
  }
  return undefined;
}

/** Takes an entry out of the list it stands in. */
export function removeEntryFix(repo: Repo, place: Place, title: string): Fix[] {
  const facts = repo.facts(place.file), node = facts && nodeAt(facts, place);
  // The wrapper of an entry has its range; what the list holds is the outermost.
  let element = node;
  while (element?.parent && element.parent.start === element.start && element.parent.end === element.end) element = element.parent;
  return facts && element?.parent?.type === 'literal_value' ? [{ title, edit: changes => removeElement(changes, facts, element) }] : [];
}

/** Writes another store in an entry's place. */
export function replaceEntryFix({ repo, app }: AppSubject, place: Place, store: StoreName): Fix[] {
  const facts = repo.facts(place.file), name = storeId(store);
  if (!facts || name === undefined) return [];
  return [{
    title: `Add "${name}" instead`,
    edit(changes) {
      const code = storeCode(repo, app, { added: [{ name, ...(store.const ? { const: store.const } : {}) }], deleted: [], renamed: [] }, facts, true);
      for (const wanted of code.imports.values()) changes.import(facts.path, wanted);
      changes.edit(place.file, place.start, place.end, code.text.added[0]!);
    },
  }];
}
