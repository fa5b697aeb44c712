import { handlersOf, versionMapOf } from '../../core/chain/app/handler-code.ts';
import type { App, Chain } from '../../core/chain/chain.ts';
import { sameStore } from '../../core/chain/compare.ts';
import { indentAt, lineEnd, lineStart } from '../../core/go/edit/edit.ts';
import { EditBatch } from '../../core/go/edit/edit-batch.ts';
import {
  appendElement,
  fieldValue,
  literalBody,
  nodeAt,
  removeElement,
  statementAround,
} from '../../core/go/edit/repairs.ts';
import type { Repo } from '../../core/go/repo/repo.ts';
import type { SyntaxNode } from '../../core/go/syntax/syntax.ts';
import {
  callArguments,
  callsOf,
  childByField,
  descend,
  findAll,
  namedChildren,
  quote,
} from '../../core/go/syntax/syntax.ts';
import { appNames } from '../../core/wiring/app-names.ts';
import { recognise } from '../../core/wiring/recognise.ts';

/**
 * What an operator works on: a chain with its newest upgrade, and the same chain without it and its
 * stores.
 */
export interface Case {
  readonly repo: Repo;
  readonly chain: Chain;
  readonly app: App;
  readonly newest: App['upgrades'][number];
  readonly base: Repo;
}

/**
 * One way of breaking an upgrade, and the rules that have to report it. Gives undefined where it
 * does not apply.
 */
export interface Operator {
  readonly name: string;
  readonly rules: readonly string[];
  readonly breaks: (given: Case) => EditBatch | undefined;
}

/** The mistakes that are made, one at a time, in chains that have none. */
export const operators: readonly Operator[] = [
  {
    name: 'drop the registration',
    rules: ['upgrade-not-registered'],
    breaks({ repo, app, newest }) {
      const facts = repo.facts(newest.location.file)!;
      const node = nodeAt(facts, newest.location);
      if (
        !node ||
        !recognise({ repo: repo, dir: app.dir, type: app.type }).registrations[
          app.upgrades.indexOf(newest)
        ]?.list ||
        newest.package === app.dir ||
        app.upgrades.some(u => u !== newest && u.package === newest.package)
      )
        return undefined;
      const changes = new EditBatch(repo);
      removeElement(changes, facts, outer(node));
      return changes;
    },
  },
  {
    name: 'register it twice',
    rules: ['duplicate-upgrade'],
    breaks({ repo, app, newest }) {
      const facts = repo.facts(newest.location.file)!;
      const node = nodeAt(facts, newest.location);
      const body = node && outer(node).parent;
      if (
        !node ||
        body?.type !== 'literal_value' ||
        !recognise({ repo: repo, dir: app.dir, type: app.type }).registrations[
          app.upgrades.indexOf(newest)
        ]?.list ||
        node.type === 'keyed_element'
      )
        return undefined;
      const changes = new EditBatch(repo);
      appendElement(changes, facts, body, facts.text.slice(node.start, node.end));
      return changes;
    },
  },
  {
    name: 'drop an added store',
    rules: ['store-not-added'],
    breaks: given =>
      inAdded(given, (changes, facts, list) =>
        done(removeElement(changes, facts, mountedEntry(given, list)!)),
      ),
  },
  {
    name: 'empty the added stores',
    rules: ['store-not-added', 'store-loader-name-mismatch'],
    breaks: given =>
      inAdded(
        given,
        (changes, facts, list) =>
          namedChildren(list).length > 0 &&
          done(changes.edit(facts.path, list.start + 1, list.end - 1, '')),
      ),
  },
  {
    name: 'misspell an added store',
    rules: ['added-not-a-store-key', 'store-not-added'],
    breaks: given =>
      inAdded(given, (changes, facts, list) =>
        done(
          changes.edit(
            facts.path,
            mountedEntry(given, list)!.start,
            mountedEntry(given, list)!.end,
            '"no-such-store-here"',
          ),
        ),
      ),
  },
  {
    name: 'add a store that is there',
    rules: ['stale-added'],
    breaks: given =>
      inAdded(given, (changes, facts, list) =>
        done(appendElement(changes, facts, list, quote('upgrade'))),
      ),
  },
  {
    name: 'delete a store that stays',
    rules: ['deleted-store-still-mounted'],
    breaks: given =>
      inStores(
        given,
        (changes, facts, body) =>
          !fieldValue(facts, body, 'Deleted') &&
          !body.parent?.parent?.type.includes('call') &&
          namedChildren(body).length > 0 &&
          done(
            changes.edit(
              facts.path,
              body.start + 1,
              body.start + 1,
              ' Deleted: []string{"upgrade"}, ',
            ),
          ),
      ),
  },
  {
    name: 'an empty rename',
    rules: ['empty-rename'],
    breaks: given =>
      inStores(
        given,
        (changes, facts, body) =>
          !fieldValue(facts, body, 'Renamed') &&
          namedChildren(body).length > 0 &&
          done(
            changes.edit(
              facts.path,
              body.start + 1,
              body.start + 1,
              ' Renamed: []storetypes.StoreRename{{NewKey: "upgrade"}}, ',
            ),
          ),
      ),
  },
  {
    name: 'nil stores',
    rules: ['store-upgrades-nil', 'store-not-added', 'store-loader-name-mismatch'],
    breaks: given =>
      inLoader(
        given,
        (changes, facts, call) =>
          !!callArguments(call)[1] &&
          done(
            changes.edit(
              facts.path,
              callArguments(call)[1]!.start,
              callArguments(call)[1]!.end,
              'nil',
            ),
          ),
      ),
  },
  {
    name: 'set the loader after loading',
    rules: ['store-loader-after-load'],
    breaks: given => moved(given, 'after'),
  },
  {
    name: "discard the migrations' map",
    rules: ['run-migrations-result'],
    breaks: given =>
      inReturn(
        given,
        (changes, facts, call, map) =>
          !!map &&
          done(
            changes.edit(
              facts.path,
              ...lineOf(facts.text, call),
              `${indentAt(facts.text, call.start)}_, err := ${facts.text.slice(call.start, call.end)}\n${indentAt(facts.text, call.start)}return ${map}, err\n`,
            ),
          ),
      ),
  },
  {
    name: "drop the migrations' error",
    rules: ['run-migrations-result'],
    breaks: given =>
      inReturn(given, (changes, facts, call) =>
        done(
          changes.edit(
            facts.path,
            ...lineOf(facts.text, call),
            `${indentAt(facts.text, call.start)}migrated, _ := ${facts.text.slice(call.start, call.end)}\n${indentAt(facts.text, call.start)}return migrated, nil\n`,
          ),
        ),
      ),
  },
  {
    name: 'give back an empty map',
    rules: ['run-migrations-result'],
    breaks: given =>
      inReturn(given, (changes, facts, call) =>
        done(
          changes.edit(
            facts.path,
            ...lineOf(facts.text, call),
            `${indentAt(facts.text, call.start)}migrated, err := ${facts.text.slice(call.start, call.end)}\n${indentAt(facts.text, call.start)}if err != nil {\n\t\treturn migrated, err\n\t}\n${indentAt(facts.text, call.start)}return nil, nil\n`,
          ),
        ),
      ),
  },
  {
    name: 'set all versions',
    rules: ['version-map-override'],
    breaks: given =>
      atStart(given, (_, map) =>
        map ? `for name := range mm.Modules {\n\t${map}[name] = 1\n}` : undefined,
      ),
  },
  {
    name: 'key the version map by a store key',
    rules: ['version-map-override'],
    breaks: given =>
      atStart(given, (_, map) => (map ? `${map}[authtypes.StoreKey] = 4` : undefined)),
  },
  {
    name: 'ask the clock',
    rules: ['nondeterministic-handler'],
    breaks: given => atStart(given, () => 'setDeadline(time.Now())'),
  },
  {
    name: 'start a goroutine',
    rules: ['nondeterministic-handler'],
    breaks: given => atStart(given, () => 'go func() { notify() }()'),
  },
  {
    name: 'throw an error away',
    rules: ['swallowed-error'],
    breaks: given => atStart(given, () => '_ = app.BankKeeper.SetParams(ctx, params)'),
  },
  {
    name: 'lower a ConsensusVersion below its migration',
    rules: ['migration-never-runs'],
    breaks({ repo, chain }) {
      const module = chain.modules.find(
        m =>
          m.consensusVersion !== null &&
          m.consensusVersion > 1 &&
          m.migrations.at(-1)?.from === m.consensusVersion - 1 &&
          m.versionPlace,
      );
      return module && literalVersion(repo, module.versionPlace!, module.consensusVersion! - 1);
    },
  },
  {
    name: 'raise a ConsensusVersion without a migration',
    rules: ['migration-gap'],
    breaks({ repo, chain, base }) {
      const module = chain.modules.find(
        m =>
          m.consensusVersion !== null &&
          m.consensusVersion > 0 &&
          m.managed !== false &&
          m.versionPlace &&
          m.migrations.every(g => g.from < m.consensusVersion!),
      );
      void base;
      return module && literalVersion(repo, module.versionPlace!, module.consensusVersion! + 1);
    },
  },
  {
    name: 'register a migration for the wrong version',
    rules: ['migration-never-runs', 'migration-gap'],
    breaks({ repo, chain }) {
      for (const module of chain.modules) {
        const last = module.migrations.at(-1);
        const facts = last && repo.facts(last.location.file);
        const call = facts && nodeAt(facts, last.location);
        const from = call && callArguments(call)[1];
        if (
          !facts ||
          !from ||
          module.consensusVersion === null ||
          last.from !== module.consensusVersion - 1 ||
          from.type !== 'int_literal'
        )
          continue;
        const changes = new EditBatch(repo);
        changes.edit(facts.path, from.start, from.end, String(last.from + 1));
        return changes;
      }
      return undefined;
    },
  },
  {
    name: "drop a migration's check",
    rules: ['migration-unchecked'],
    breaks({ repo, chain }) {
      for (const { migrations } of chain.modules) {
        for (const { location } of migrations) {
          const facts = repo.facts(location.file)!;
          const call = nodeAt(facts, location);
          const statement = call && statementAround(call);
          if (!call || statement?.type !== 'if_statement') continue;
          const changes = new EditBatch(repo);
          changes.edit(
            facts.path,
            statement.start,
            statement.end,
            `_ = ${facts.text.slice(call.start, call.end)}`,
          );
          return changes;
        }
      }
      return undefined;
    },
  },
  {
    name: 'a name cosmovisor changes',
    rules: ['cosmovisor-unsafe-name'],
    breaks: given => renamed(given, name => `${name} Final`),
  },
  {
    name: "a name that is not the folder's",
    rules: ['upgrade-name-inconsistent', 'duplicate-upgrade'],
    breaks: given =>
      renamed(given, name =>
        /^v\d+(\.\d+)*$/.test(name) &&
        new RegExp(`(^|/)v?${name.replace(/^v/, '').replace(/[._]/g, '[._]')}([._]0)*$`).test(
          given.newest.package,
        )
          ? name.replace(/\d+$/, n => String(Number(n) + 7))
          : undefined,
      ),
  },
  {
    name: 'do not store the module versions',
    rules: ['version-map-not-stored'],
    breaks({ repo, app }) {
      if (!app.initChainer?.setsVersionMap) return undefined;
      const facts = repo.facts(app.initChainer.location.file)!;
      const call = facts.funcs
        .flatMap(f => callsOf(f.syntax, facts.text, 'SetModuleVersionMap'))
        .find(
          c => c.start >= app.initChainer!.location.start && c.end <= app.initChainer!.location.end,
        );
      if (
        !call ||
        facts.text.includes('SetInitVersionMap') ||
        repo.filesOf(app.dir).some(f => /^\s*\*?runtime\.App\b/m.test(f.text))
      )
        return undefined;
      const changes = new EditBatch(repo);
      const statement = statementAround(call);
      changes.edit(facts.path, statement.start, statement.end, '');
      return changes;
    },
  },
];

function done(_: unknown): true {
  return true;
}

type Facts = NonNullable<ReturnType<Repo['facts']>>;

function outer(node: SyntaxNode): SyntaxNode {
  let at = node;
  while (at.parent && at.parent.start === at.start && at.parent.end === at.end) at = at.parent;
  return at;
}

function lineOf(text: string, node: SyntaxNode): [number, number] {
  const statement = statementAround(node);
  return [lineStart(text, statement.start), lineEnd(text, statement.end)];
}

function inStores(
  { repo, newest }: Case,
  edit: (changes: EditBatch, facts: Facts, body: SyntaxNode) => unknown,
): EditBatch | undefined {
  const facts = newest.stores && repo.facts(newest.stores.location.file);
  const literal = facts && nodeAt(facts, newest.stores!.location);
  const body = literal && literalBody(literal);
  const changes = new EditBatch(repo);
  return facts && body && newest.loader && edit(changes, facts, body) ? changes : undefined;
}

/**
 * The first added store that the app mounts: another one is a mistake already, or no store of the
 * upgrade's.
 */
function mountedEntry({ app, newest }: Case, list: SyntaxNode): SyntaxNode | undefined {
  const entry = newest.stores!.added.find(s =>
    app.stores.some(m => m.kind === 'kv' && !m.conditional && !m.assumed && sameStore(m, s)),
  );
  return (
    entry &&
    namedChildren(list).find(e => e.start <= entry.location.start && entry.location.end <= e.end)
  );
}

function inAdded(
  given: Case,
  edit: (changes: EditBatch, facts: Facts, list: SyntaxNode) => unknown,
): EditBatch | undefined {
  // Only stores that the baseline lacks: others prove nothing.
  if (!given.newest.stores?.added.length) return undefined;
  return inStores(given, (changes, facts, body) => {
    const value = fieldValue(facts, body, 'Added');
    const list = value && literalBody(value);
    return list && mountedEntry(given, list) && edit(changes, facts, list);
  });
}

function inLoader(
  { repo, app, newest }: Case,
  edit: (changes: EditBatch, facts: Facts, call: SyntaxNode) => boolean,
): EditBatch | undefined {
  if (!newest.loader) return undefined;
  const facts = repo.facts(newest.loader.file)!;
  const set = nodeAt(facts, newest.loader);
  const loader =
    set &&
    findAll(set, 'call_expression').find(c =>
      /UpgradeStoreLoader$/.test(
        facts.text.slice(childByField(c, 'function')!.start, childByField(c, 'function')!.end),
      ),
    );
  const changes = new EditBatch(repo);
  void app;
  return loader && edit(changes, facts, loader) ? changes : undefined;
}

function moved({ repo, app, newest }: Case, where: 'after'): EditBatch | undefined {
  void where;
  const names = appNames({ repo, dir: app.dir, type: app.type });
  const loading = recognise({ repo: repo, dir: app.dir, type: app.type }).loadings.find(
    l => newest.loader && l.site.call.node.start === newest.loader.start,
  );
  if (!names || !loading || names.builds.length > 1) return undefined;
  const { facts, func } = names.constructor;
  const call = callsOf(func.syntax, facts.text, loading.site.func.name)[0];
  const statement = call && statementAround(call);
  if (
    !statement ||
    statement.type !== 'expression_statement' ||
    statement.parent !== names.load.parent ||
    statement.start > names.load.start
  )
    return undefined;
  const changes = new EditBatch(repo);
  const text = facts.text.slice(statement.start, statement.end);
  changes.edit(facts.path, statement.start, statement.end, '');
  const end = lineEnd(facts.text, names.load.end);
  changes.edit(facts.path, end, end, `${indentAt(facts.text, names.load.start)}${text}\n`);
  return changes;
}

function handlerOf({ repo, app, newest }: Case) {
  return handlersOf(repo, app, recognise({ repo: repo, dir: app.dir, type: app.type })).find(
    h => h.upgrade === newest && h.parameters.length === 3,
  );
}

/** `return mm.RunMigrations(…)` as the handler's own statement. */
function inReturn(
  given: Case,
  edit: (changes: EditBatch, facts: Facts, call: SyntaxNode, map: string | undefined) => boolean,
): EditBatch | undefined {
  const handler = handlerOf(given);
  const changes = new EditBatch(given.repo);
  const call = handler && callsOf(handler.body, handler.facts.text, 'RunMigrations')[0];
  if (
    !handler ||
    !call ||
    statementAround(call).type !== 'return_statement' ||
    ![...descend(handler.body)].includes(statementAround(call))
  )
    return undefined;
  return edit(changes, handler.facts, call, versionMapOf(handler)) ? changes : undefined;
}

function atStart(
  given: Case,
  code: (
    handler: NonNullable<ReturnType<typeof handlerOf>>,
    map: string | undefined,
  ) => string | undefined,
): EditBatch | undefined {
  const handler = handlerOf(given);
  const written = handler && code(handler, versionMapOf(handler));
  if (
    !handler ||
    written === undefined ||
    !callsOf(handler.body, handler.facts.text, 'RunMigrations').length
  )
    return undefined;
  const changes = new EditBatch(given.repo);
  changes.edit(
    handler.facts.path,
    handler.body.start + 1,
    handler.body.start + 1,
    `\n${written}\n`,
  );
  return changes;
}

function literalVersion(
  repo: Repo,
  place: { file: string; start: number; end: number },
  version: number,
): EditBatch | undefined {
  const facts = repo.facts(place.file)!;
  if (!/^\d+$/.test(facts.text.slice(place.start, place.end))) return undefined;
  const changes = new EditBatch(repo);
  changes.edit(place.file, place.start, place.end, String(version));
  return changes;
}

function renamed(
  { repo, app, newest }: Case,
  to: (name: string) => string | undefined,
): EditBatch | undefined {
  const registration = recognise({ repo: repo, dir: app.dir, type: app.type }).registrations[
    app.upgrades.indexOf(newest)
  ];
  const now = newest.name === null ? undefined : to(newest.name);
  if (!registration || now === undefined) return undefined;
  // Where the name is written: a literal, or the constant's value.
  for (const facts of repo.filesOf(newest.package)) {
    for (const spec of [...facts.consts, ...facts.vars]) {
      if (
        spec.value &&
        facts.text.slice(spec.value.start, spec.value.end) === quote(newest.name!)
      ) {
        const changes = new EditBatch(repo);
        changes.edit(facts.path, spec.value.start, spec.value.end, quote(now));
        return changes;
      }
    }
  }
  return undefined;
}
