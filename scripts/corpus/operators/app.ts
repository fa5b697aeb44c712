import { kvStores, sameStore, storeId } from '../../../core/chain/compare.ts';
import { EditBatch } from '../../../core/go/edit/edit-batch.ts';
import { nodeAt, removeElement, statementAround } from '../../../core/go/edit/repairs.ts';
import type { FileFacts } from '../../../core/go/source/facts.ts';
import type { SyntaxNode } from '../../../core/go/syntax/syntax.ts';
import { callsOf, childByField, namedChildren } from '../../../core/go/syntax/syntax.ts';
import { firstOf, outermost, replaced, sourceOf } from './nodes.ts';
import type { Case, Operator } from './operator.ts';

/** Mistakes in how the app is built. */
export const appOperators: readonly Operator[] = [
  {
    name: 'unmount a store that a keeper uses',
    rules: ['keeper-store-not-mounted'],
    breaks: unmounted,
  },
  {
    name: "give a keeper another module's key",
    rules: ['keeper-wrong-store-key'],
    breaks: otherKey,
  },
  {
    name: 'set no pre-blocker, or no begin-blocker',
    rules: ['preblocker-wiring'],
    breaks: withoutBlocker,
  },
  {
    name: 'give a module account one more permission',
    rules: ['module-account-permissions'],
    breaks: morePermissions,
  },
  {
    name: 'mount a store under the beginning of another name',
    rules: ['store-key-prefix'],
    breaks: shorterName,
  },
];

/** A key that a keeper is built on, as `keys[banktypes.StoreKey]` writes it. */
interface GivenKey {
  readonly facts: FileFacts;
  readonly start: number;
  readonly end: number;
  readonly qualifier: string;
  readonly text: string;
}

/** The keys of the keepers that are built on one key. */
function keeperKeys({ repo, app }: Case): GivenKey[] {
  return repo.filesOf(app.dir, /\.NewKeeper\(/).flatMap(facts =>
    facts.funcs
      .flatMap(func => callsOf(func.syntax, facts.text, 'NewKeeper'))
      .flatMap(call => {
        const text = sourceOf(facts, call);
        const [only, ...others] = [...text.matchAll(/\bkeys\[((\w+)\.\w+)\]/g)];
        if (!only || others.length > 0) return [];
        const start = call.start + only.index + 'keys['.length;
        return [
          { facts, start, end: start + only[1]!.length, qualifier: only[2]!, text: only[1]! },
        ];
      }),
  );
}

function unmounted(given: Case): EditBatch | undefined {
  const { repo, app, newest } = given;
  const stores = kvStores(app);
  if (stores.some(store => storeId(store) === undefined)) return undefined;
  const used = new Set(keeperKeys(given).map(({ text }) => text));
  return firstOf(stores, store => {
    const isNew = newest.stores?.added.some(added => sameStore(added, store)) ?? false;
    const facts = repo.facts(store.location.file);
    const key = facts && nodeAt(facts, store.location);
    if (isNew || !key || !used.has(sourceOf(facts, key))) return undefined;
    // Written twice, it stays mounted by the other.
    if (stores.filter(other => sameStore(other, store)).length > 1) return undefined;
    const changes = new EditBatch(repo);
    removeElement(changes, facts, outermost(key));
    return changes;
  });
}

/** Of paths without `x` nobody can say whether they are modules. */
function otherKey(given: Case): EditBatch | undefined {
  const isModule = ({ facts, qualifier }: GivenKey) =>
    given.repo.importFor(facts, qualifier)?.includes('/x/') ?? false;
  const keys = keeperKeys(given).filter(isModule);
  const [first] = keys;
  const other = keys.find(
    ({ qualifier, facts }) => qualifier !== first?.qualifier && facts === first?.facts,
  );
  return first && other && replaced(given.repo, first.facts.path, first, other.text);
}

function withoutBlocker({ repo, app }: Case): EditBatch | undefined {
  const { generation } = app.sdk;
  if (generation === null || app.upgrades.length === 0) return undefined;
  const isNew = !/^0\.(39|4\d)$/.test(generation);
  const [name, neighbour] = isNew
    ? ['SetPreBlocker', 'SetBeginBlocker']
    : ['SetBeginBlocker', 'SetEndBlocker'];
  const files = repo.filesOf(app.dir);
  // What is built on runtime sets both by itself.
  if (files.some(({ text }) => /^\s*\*?runtime\.App\b/m.test(text))) return undefined;
  if (!files.some(({ text }) => text.includes(`${neighbour}(`))) return undefined;
  const calls = files.flatMap(facts =>
    facts.funcs.flatMap(func =>
      callsOf(func.syntax, facts.text, name!).map(call => ({ facts, call })),
    ),
  );
  const [only, ...others] = calls;
  const statement = only && statementAround(only.call);
  if (others.length > 0 || statement?.type !== 'expression_statement') return undefined;
  return replaced(repo, only!.facts.path, statement, '');
}

/** The list of permissions of a module account that is there and has one. */
function permissionList({ repo, app }: Case): { facts: FileFacts; list: SyntaxNode } | undefined {
  for (const facts of repo.filesOf(app.dir, /map\[string\]\[\]string\{/)) {
    for (const { name, value } of facts.vars) {
      if (!/acc\w*perm/i.test(name) || value?.type !== 'composite_literal') continue;
      const elements = namedChildren(childByField(value, 'body'));
      const found = firstOf(elements, element => {
        const [, list] = namedChildren(element);
        return list && /^\{\w+\.Minter\}$/.test(sourceOf(facts, list)) ? list : undefined;
      });
      if (found) return { facts, list: found };
    }
  }
  return undefined;
}

function morePermissions(given: Case): EditBatch | undefined {
  const found = permissionList(given);
  if (!found) return undefined;
  const { facts, list } = found;
  const qualifier = /^\{(\w+)\./.exec(sourceOf(facts, list))![1]!;
  const at = { start: list.end - 1, end: list.end - 1 };
  return replaced(given.repo, facts.path, at, `, ${qualifier}.Burner`);
}

function shorterName({ repo, app }: Case): EditBatch | undefined {
  const stores = kvStores(app);
  return firstOf(stores, ({ name, location }) => {
    const facts = repo.facts(location.file);
    const key = facts && nodeAt(facts, location);
    const isArgument = key && outermost(key).parent?.type === 'argument_list';
    if (!key || !isArgument || name === null || name.length < 4) return undefined;
    const shorter = JSON.stringify(name.slice(0, -1));
    const end = outermost(key).end;
    return replaced(repo, facts!.path, { start: end, end }, `, ${shorter}`);
  });
}
