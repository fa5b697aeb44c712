import { appFolders } from '../../../chain/app/app-code.ts';
import { storeName } from '../../../chain/app/upgrades.ts';
import type { ConfiguredOrder } from '../../../chain/depinject/app-config.ts';
import { composedModules } from '../../../chain/depinject/app-config-go.ts';
import { readAppConfigs } from '../../../chain/depinject/app-configs.ts';
import { insertElement } from '../../../edit/list-element.ts';
import { indentAt, indentRest } from '../../../go/edit/edit.ts';
import { goNode } from '../../../go/eval/go-node.ts';
import type { Expr } from '../../../go/eval/value.ts';
import { fieldOf, structOf } from '../../../go/eval/value.ts';
import type { SyntaxNode } from '../../../go/syntax/syntax.ts';
import { findAll, quote } from '../../../go/syntax/syntax.ts';
import { Refusal } from '../../../refusal.ts';
import type { MountJob } from '../job.ts';
import { importAll } from '../job.ts';
import { baseOf } from '../module.ts';
import { qualified } from '../scope.ts';
import { longestList } from './neighbour.ts';

/** Adds the module to an app configuration in Go: its entry, its name in orders, its account. */
export function addToComposed(job: MountJob, kinds: readonly string[]): void {
  const { repo, app } = job;
  for (const config of readAppConfigs(repo, appFolders(repo, app.dir)))
    for (const order of config.orders) if (kinds.includes(order.kind)) addName(job, order);
  if (job.module.config) addEntry(job, job.module.config.path);
  if (job.permissions) addAccount(job, job.permissions);
}

/** Adds the module's name to an order of the runtime module. */
function addName(job: MountJob, { kind, names }: ConfiguredOrder): void {
  const { repo, app, module, changes } = job;
  const isOwn = (one: (typeof names)[number]) => {
    const path = storeName(one.value).const?.replace(/\.\w+$/, '');
    return path !== undefined && repo.dirOf(path) !== undefined;
  };
  const asked = job.orders.get(kind);
  const neighbour =
    asked === undefined
      ? (names.filter(isOwn).at(-1) ?? names.at(-1))
      : askedPlace(names, asked, kind);
  const facts = neighbour && repo.facts(neighbour.location.file);
  if (!facts)
    throw new Refusal(`the order of ${kind} in the app configuration cannot be added to`, {
      file: app.dir,
    });
  const constant = qualified(repo, app, facts, module.name.path, module.name.name);
  importAll(job, facts, constant.imports);
  const open = facts.text.lastIndexOf('{', names[0]!.location.start);
  const list: Expr = { facts, node: nodeAt(open, neighbour.location.end) };
  const at = nodeAt(neighbour.location.start, neighbour.location.end);
  insertElement(changes, list, at, constant.text, asked === 'first');
}

function askedPlace(
  names: ConfiguredOrder['names'],
  asked: 'first' | 'last' | { readonly after: string },
  kind: string,
): ConfiguredOrder['names'][number] | undefined {
  if (asked === 'first') return names[0];
  if (asked === 'last') return names.at(-1);
  const found = names.find(({ value }) => storeName(value).name === asked.after);
  if (found) return found;
  throw new Refusal(`the configured order of ${kind} does not name ${asked.after}`);
}

/** A place as the node that stands there. */
function nodeAt(start: number, end: number): SyntaxNode {
  return { type: 'identifier', start, end, field: undefined, children: [], parent: undefined };
}

/** The module's own entry, below the last one and with its spelling. */
function addEntry(job: MountJob, path: string): void {
  const { repo, app, module, changes } = job;
  const found = longestList(
    composedModules(repo, appFolders(repo, app.dir)).map(({ expr }) => expr),
  );
  const last = found?.elements.at(-1);
  const struct = last && structOf(repo, last);
  const config = struct && fieldOf(struct, 'Config');
  const wrap = config && goNode(config).callee?.text;
  if (!found || !last || wrap === undefined)
    throw new Refusal('the modules of the app configuration are in no list that can be added to', {
      file: app.dir,
    });
  const { facts } = found.list;
  const name = qualified(repo, app, facts, module.name.path, module.name.name);
  const message = qualified(
    repo,
    app,
    facts,
    path,
    'Module',
    `${baseOf(module.module.path)}modulev1`,
  );
  importAll(job, facts, [...name.imports, ...message.imports]);
  const entry = `{\n\tName:   ${name.text},\n\tConfig: ${wrap}(&${message.text}{}),\n}`;
  insertElement(
    changes,
    found.list,
    last.node,
    indentRest(entry, indentAt(facts.text, last.node.start)),
    false,
  );
}

/** The module's account in the list that x/auth is configured with. */
function addAccount(job: MountJob, permissions: readonly string[]): void {
  const { repo, app, module, changes } = job;
  for (const facts of repo.filesOf(app.dir, /ModuleAccountPermission/)) {
    for (const { value } of facts.vars) {
      const accounts = findAll(value, 'keyed_element').filter(node =>
        /^Account:/.test(facts.text.slice(node.start, node.end)),
      );
      const last = accounts.at(-1)?.parent;
      if (!last?.parent) continue;
      const name = qualified(repo, app, facts, module.name.path, module.name.name);
      const values = permissions.map(permission => permissionCode(job, facts, permission));
      importAll(job, facts, [...name.imports, ...values.flatMap(({ imports }) => imports)]);
      const given =
        values.length > 0
          ? `, Permissions: []string{${values.map(({ text }) => text).join(', ')}}`
          : '';
      const list = { facts, node: last.parent };
      insertElement(changes, list, last, `{Account: ${name.text}${given}}`, false);
      return;
    }
  }
  throw new Refusal('the app configuration has no list of module accounts that can be added to', {
    file: app.dir,
  });
}

function permissionCode(
  { repo, app }: MountJob,
  facts: Expr['facts'],
  permission: string,
): ReturnType<typeof qualified> {
  const known: Readonly<Record<string, string>> = {
    minter: 'Minter',
    burner: 'Burner',
    staking: 'Staking',
  };
  const constant = known[permission];
  return constant === undefined
    ? { text: quote(permission), imports: [] }
    : qualified(repo, app, facts, 'github.com/cosmos/cosmos-sdk/x/auth/types', constant);
}
