import { kvStores, sameStore, storeId } from '../../../core/chain/compare.ts';
import { indentAt, lineEnd, lineStart } from '../../../core/go/edit/edit.ts';
import { EditBatch } from '../../../core/go/edit/edit-batch.ts';
import {
  appendElement,
  fieldValue,
  literalBody,
  nodeAt,
  removeElement,
  statementAround,
} from '../../../core/go/edit/repairs.ts';
import type { FileFacts } from '../../../core/go/source/facts.ts';
import type { SyntaxNode } from '../../../core/go/syntax/syntax.ts';
import {
  callArguments,
  callsOf,
  childByField,
  findAll,
  namedChildren,
  quote,
} from '../../../core/go/syntax/syntax.ts';
import { appNames } from '../../../core/wiring/app-names.ts';
import { replaced, sourceOf } from './nodes.ts';
import type { Case, Operator } from './operator.ts';

/** The list of added stores, with its first store that the app mounts. */
interface Added {
  readonly facts: FileFacts;
  readonly list: SyntaxNode;
  readonly entry: SyntaxNode;
}

/** Mistakes in an upgrade's stores and how they are loaded. */
export const storeOperators: readonly Operator[] = [
  {
    name: 'drop an added store',
    rules: ['store-not-added'],
    breaks(given) {
      const added = addedOf(given);
      if (!added) return undefined;
      const changes = new EditBatch(given.repo);
      removeElement(changes, added.facts, added.entry);
      return changes;
    },
  },
  {
    name: 'empty the added stores',
    rules: ['store-not-added', 'store-loader-name-mismatch'],
    breaks(given) {
      const added = addedOf(given);
      if (!added) return undefined;
      const inside = { start: added.list.start + 1, end: added.list.end - 1 };
      return replaced(given.repo, added.facts.path, inside, '');
    },
  },
  {
    name: 'misspell an added store',
    rules: ['added-not-a-store-key', 'store-not-added'],
    breaks(given) {
      const added = addedOf(given);
      return added && replaced(given.repo, added.facts.path, added.entry, '"no-such-store-here"');
    },
  },
  {
    name: 'add a store that is there',
    rules: ['stale-added'],
    breaks(given) {
      const added = addedOf(given);
      if (!added) return undefined;
      const changes = new EditBatch(given.repo);
      appendElement(changes, added.facts, added.list, quote('upgrade'));
      return changes;
    },
  },
  {
    name: 'delete a store that stays',
    rules: ['deleted-store-still-mounted'],
    breaks(given) {
      const stores = storesOf(given);
      if (stores?.body.parent?.parent?.type.includes('call')) return undefined;
      return withField(given, 'Deleted', '[]string{"upgrade"}');
    },
  },
  {
    name: 'delete a store that was never there',
    rules: ['deleted-not-a-store'],
    breaks(given) {
      const isKnown = kvStores(given.app).every(store => storeId(store) !== undefined);
      return isKnown ? withField(given, 'Deleted', '[]string{"no-such-store-here"}') : undefined;
    },
  },
  {
    name: 'an empty rename',
    rules: ['empty-rename'],
    breaks: given => withField(given, 'Renamed', '[]storetypes.StoreRename{{NewKey: "upgrade"}}'),
  },
  {
    name: 'nil stores',
    rules: ['store-upgrades-nil', 'store-not-added', 'store-loader-name-mismatch'],
    breaks(given) {
      const { repo, newest } = given;
      const loader = loaderCallOf(given);
      const stores = loader && callArguments(loader)[1];
      return stores && replaced(repo, newest.loader!.file, stores, 'nil');
    },
  },
  {
    name: 'set the loader after loading',
    rules: ['store-loader-after-load'],
    breaks: loaderAfterLoad,
  },
  {
    name: 'set another loader afterwards',
    rules: ['store-loader-overwritten'],
    breaks: loaderReplaced,
  },
  {
    name: 'set the loader of a list for every plan',
    rules: ['store-loader-unconditional'],
    breaks: loaderForAll,
  },
];

/** The body of the upgrade's stores; undefined where nothing loads them. */
function storesOf({ repo, newest }: Case): { facts: FileFacts; body: SyntaxNode } | undefined {
  const facts = newest.stores && repo.facts(newest.stores.location.file);
  const literal = facts && nodeAt(facts, newest.stores!.location);
  const body = literal && literalBody(literal);
  return body && newest.loader ? { facts, body } : undefined;
}

/** The list of added stores. Only stores that the baseline lacks count: others prove nothing. */
function addedOf(given: Case): Added | undefined {
  const stores = given.newest.stores?.added.length ? storesOf(given) : undefined;
  const value = stores && fieldValue(stores.facts, stores.body, 'Added');
  const list = value && literalBody(value);
  const entry = list && mountedEntry(given, list);
  return entry && { facts: stores!.facts, list, entry };
}

/**
 * The first added store that the app mounts: another one is a mistake already, or no store of the
 * upgrade's.
 */
function mountedEntry({ app, newest }: Case, list: SyntaxNode): SyntaxNode | undefined {
  const mounted = app.stores.filter(
    ({ kind, conditional, assumed }) => kind === 'kv' && !conditional && !assumed,
  );
  const entry = newest.stores!.added.find(added => mounted.some(store => sameStore(store, added)));
  if (!entry) return undefined;
  const { start, end } = entry.location;
  return namedChildren(list).find(element => element.start <= start && end <= element.end);
}

/** Writes a field into the upgrade's stores that they do not have; an empty literal is left out. */
function withField(given: Case, field: string, value: string): EditBatch | undefined {
  const stores = storesOf(given);
  if (!stores) return undefined;
  const { facts, body } = stores;
  if (fieldValue(facts, body, field) || namedChildren(body).length === 0) return undefined;
  const start = body.start + 1;
  return replaced(given.repo, facts.path, { start, end: start }, ` ${field}: ${value}, `);
}

/** The call of UpgradeStoreLoader that loads the upgrade's stores. */
function loaderCallOf({ repo, newest }: Case): SyntaxNode | undefined {
  const facts = newest.loader && repo.facts(newest.loader.file);
  const set = facts && nodeAt(facts, newest.loader!);
  return (
    set &&
    findAll(set, 'call_expression').find(call =>
      sourceOf(facts, childByField(call, 'function')!).endsWith('UpgradeStoreLoader'),
    )
  );
}

/** Moves the call that sets the loader behind the one that loads the app. */
function loaderAfterLoad({ repo, app, newest, wiringOf }: Case): EditBatch | undefined {
  const names = appNames({ repo, dir: app.dir, type: app.type });
  const loading = wiringOf(app).loadings.find(
    ({ site }) => newest.loader && site.call.node.start === newest.loader.start,
  );
  if (!names || !loading || names.builds.length > 1) return undefined;
  const { facts, func } = names.constructor;
  const call = callsOf(func.syntax, facts.text, loading.site.func.name)[0];
  const statement = call && statementAround(call);
  if (statement?.type !== 'expression_statement') return undefined;
  if (statement.parent !== names.load.parent || statement.start > names.load.start)
    return undefined;
  const changes = replaced(repo, facts.path, statement, '');
  const end = lineEnd(facts.text, names.load.end);
  const moved = `${indentAt(facts.text, names.load.start)}${sourceOf(facts, statement)}\n`;
  changes.edit(facts.path, end, end, moved);
  return changes;
}

/** One more loader, for no upgrade, right before the app is loaded. */
function loaderReplaced({ repo, app, newest, wiringOf }: Case): EditBatch | undefined {
  const names = appNames({ repo, dir: app.dir, type: app.type });
  if (!names || !newest.loader || names.builds.length > 1) return undefined;
  const { facts } = names.constructor;
  const { start } = names.load;
  const loading = wiringOf(app).loadings.find(
    ({ site }) => site.call.node.start === newest.loader!.start,
  );
  const { func } = names.constructor;
  const call = loading && callsOf(func.syntax, facts.text, loading.site.func.name)[0];
  const isBefore = call ? call.start < start : loading?.site.fn === func.syntax;
  if (!isBefore) return undefined;
  const receiver = /^\s*(\w+)\./.exec(
    sourceOf(facts, call ? statementAround(call) : newest.loader),
  );
  const at = lineStart(facts.text, start);
  const line = `${indentAt(facts.text, start)}${receiver?.[1] ?? 'app'}.SetStoreLoader(baseapp.DefaultStoreLoader)\n`;
  return replaced(repo, facts.path, { start: at, end: at }, line);
}

/** The condition of a loop over a list, which compares names, is taken out. */
function loaderForAll({ repo, app, newest, wiringOf }: Case): EditBatch | undefined {
  const loading = wiringOf(app).loadings.find(
    ({ site, code }) => code === 'S1' && site.call.node.start === newest.loader?.start,
  );
  const { condition, loop, call } = loading?.site ?? {};
  const then = childByField(condition, 'consequence');
  if (!loop || !condition || !then || !call || childByField(condition, 'alternative'))
    return undefined;
  const before = call.facts.text.slice(childByField(loop, 'body')!.start, condition.start);
  const inside = call.facts.text.slice(then.start, call.node.start);
  if (/[nN]ame/.test(before + inside)) return undefined;
  return replaced(repo, call.facts.path, { start: condition.start, end: then.start }, '');
}
