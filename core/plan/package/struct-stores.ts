import { storeCode } from '../../edit/store-code.ts';
import { storeUpgradesLiteral } from '../../edit/write-store-upgrades.ts';
import { dirname } from '../../files.ts';
import { indentRest } from '../../go/edit/edit.ts';
import type { ImportSpec } from '../../go/edit/imports.ts';
import { qualifierOf } from '../../go/edit/imports.ts';
import { freeImport } from '../../go/edit/imports-in-use.ts';
import type { Expr } from '../../go/eval/value.ts';
import { fieldsOf, structOf, textOf } from '../../go/eval/value.ts';
import { withoutAddressOf } from '../../go/syntax/syntax.ts';
import { Refusal } from '../../refusal.ts';
import { isStoreUpgrades } from '../../wiring/loading/read-store-upgrades.ts';
import type { Registration, UpgradeList } from '../../wiring/style.ts';
import { literalType } from '../go-tree.ts';
import { callLoader, uncalledListLoading } from '../loaders/uncalled.ts';
import type { Job } from '../upgrade/job.ts';
import { changesStores } from '../upgrade/job.ts';
import { createListLoader, storesField } from '../upgrade/list-loader.ts';
import { elementSnippet, lineOf } from './element-snippet.ts';
import { importCalled } from './import-like.ts';
import type { StructStores } from './package-request.ts';

/**
 * The StoreUpgrades value of the new upgrade's struct; adds the struct's field and the store loader
 * where the chain has none yet. Undefined where no store changes.
 */
export function structStores(
  job: Job,
  neighbour: Registration,
  found: UpgradeList,
): StructStores | undefined {
  if (!changesStores(job)) return undefined;
  const { repo, app } = job;
  const { facts } = neighbour.struct!.expr;
  const { name: field } = storesField(repo, found, neighbour);
  const type = loadedType(job, neighbour, found);
  const own = fieldsOf(neighbour.struct!).find(f => isStoreUpgrades(repo, f.value))?.value;
  const oneALine = own !== undefined && /\[\]string\{\s*\n/.test(textOf(own));
  const code = storeCode(repo, app, job.stores, facts, false);
  job.notes.push(...code.notes);
  const imports = new Map(code.imports);
  const literal = (written: string) =>
    indentRest(storeUpgradesLiteral(written, code.text, oneALine), '\t');
  const written = own && writtenType(job, own);
  const [qualifier] = written?.replace(/^&/, '').split('.') ?? [];
  if (written && qualifier && importCalled(repo, facts, qualifier))
    return { field, text: literal(written), imports };
  const spec = freeImport(repo, facts, type);
  const name = qualifierOf(repo, dirname(facts.path), spec);
  imports.set(name, spec);
  return { field, text: literal(`${name}.StoreUpgrades`), imports };
}

/** The package of StoreUpgrades in the struct's field, once its stores are loaded. */
function loadedType(job: Job, neighbour: Registration, found: UpgradeList): ImportSpec {
  const { loadings } = job.wiring;
  const field = storesField(job.repo, found, neighbour);
  const isLoaded = loadings.some(l => l.code === 'S1');
  const elsewhere = loadings.find(l => l.code !== 'S1');
  if (!isLoaded && elsewhere)
    throw new Refusal(
      `stores are loaded in a way (${elsewhere.code}) that cannot be extended yet; ` +
        'add them by hand',
      { ...elementSnippet(job, neighbour), ...lineOf(elsewhere.site.call) },
    );
  const type = field.ensure(job);
  if (!isLoaded) loadList(job, found, field.name);
  return type;
}

/** Has a list's stores loaded: by the app's own function that nothing calls yet, or by a new one. */
function loadList(job: Job, found: UpgradeList, field: string): void {
  const { site, list } = found;
  const own = uncalledListLoading(job, site, list);
  if (own) callLoader(job, site, own);
  else createListLoader(job, found, field);
}

/** The type of a neighbour's stores with its `&`, where they are a literal. */
function writtenType({ repo }: Job, stores: Expr): string | undefined {
  const literal = withoutAddressOf(stores.node);
  if (literal.type !== 'composite_literal' || !structOf(repo, stores)?.type) return undefined;
  const pointer = stores.node.type === 'unary_expression' ? '&' : '';
  return pointer + literalType(stores.facts, literal);
}
