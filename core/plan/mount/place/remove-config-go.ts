import { appFolders } from '../../../chain/app/app-code.ts';
import { storeName } from '../../../chain/app/upgrades.ts';
import { composedModules, pascal, settingsOf } from '../../../chain/depinject/app-config-go.ts';
import type { Item } from '../../../go/eval/lists.ts';
import { listItems } from '../../../go/eval/lists.ts';
import type { Expr, StructValue } from '../../../go/eval/value.ts';
import { exprAt, fieldOf, stringValue, structOf } from '../../../go/eval/value.ts';
import { descend } from '../../../go/syntax/syntax.ts';
import { Refusal } from '../../../refusal.ts';
import { namingLists } from '../configured-names.ts';
import type { Removal } from '../removal.ts';
import { isGone, isOfModule, sourceLine, take } from '../removal.ts';
import { listAround } from './neighbour.ts';

/**
 * Takes the module out of an app configuration in Go: its entry, its name in orders, its account.
 * Gives whether it had an account. Throws `Refusal` where what is left is not certain.
 */
export function removeFromComposed(removal: Removal): boolean {
  const { repo, app, module } = removal;
  const done = new Set<unknown>();
  let hadAccount = false;
  const others: StructValue[] = [];
  for (const item of composedModules(repo, appFolders(repo, app.dir))) {
    const struct = item.why === undefined ? structOf(repo, item.expr) : undefined;
    const name = struct && fieldOf(struct, 'Name');
    if (!struct || !name) refuseUnread(item.expr, item.why ?? 'this entry cannot be read');
    if (storeName(stringValue(repo, name)).name === module.name) {
      takeOnce(removal, item.expr, done);
      continue;
    }
    const settings = settingsOf(repo, struct);
    if (!settings) refuseUnread(item.expr, 'the settings of this module cannot be read');
    hadAccount = takeNames(removal, settings, done) || hadAccount;
    others.push(settings);
  }
  for (const settings of others) refuseNamed(removal, settings);
  return hadAccount;
}

/** Takes the module out of the lists of another one's settings; gives whether it had an account. */
function takeNames(removal: Removal, settings: StructValue, done: Set<unknown>): boolean {
  const { repo } = removal;
  let hadAccount = false;
  for (const [field, key] of Object.entries(namingLists)) {
    const list = fieldOf(settings, pascal(field));
    for (const item of list ? listItems(repo, list) : []) {
      if (!isMeant(removal, item, key === '' ? '' : pascal(key))) continue;
      takeOnce(removal, item.expr, done);
      hadAccount ||= key === 'account';
    }
  }
  return hadAccount;
}

function isMeant({ repo, module }: Removal, { expr, why }: Item, key: string): boolean {
  const struct = why === undefined && key !== '' ? structOf(repo, expr) : undefined;
  const name = key === '' ? expr : struct && fieldOf(struct, key);
  if (why !== undefined || !name) refuseUnread(expr, why ?? `${key} cannot be read`);
  const value = stringValue(repo, name);
  if (value.kind === 'unknown') refuseUnread(expr, value.why);
  const { name: known, const: constant } = storeName(value);
  // An account may have another name than its module.
  return known === module.name || (key === 'Account' && isOfModule(module, constant));
}

/** Takes an element out; of a list that several orders share once. */
function takeOnce(removal: Removal, expr: Expr, done: Set<unknown>): void {
  if (done.has(expr.node)) return;
  done.add(expr.node);
  if (!listAround(expr)) refuseUnread(expr, 'this is no element of a list');
  take(removal, expr);
}

function refuseUnread(expr: Expr, why: string): never {
  const { file, line } = sourceLine(expr);
  throw new Refusal(
    `${file}:${line}: the app configuration is not understood here: ${why}; ` +
      'take the module out by hand',
    { file, line },
  );
}

/** Refuses settings that name the module in a further place, such as an authority. */
function refuseNamed({ repo, module, gone }: Removal, { expr, body }: StructValue): void {
  for (const node of descend(body)) {
    if (!/^(selector_expression|interpreted_string_literal|raw_string_literal)$/.test(node.type))
      continue;
    if (isGone(gone, expr.facts.path, node.start)) continue;
    const value = stringValue(repo, exprAt(expr, node));
    if (value.kind === 'unknown' || storeName(value).name !== module.name) continue;
    const { file, line } = sourceLine(exprAt(expr, node));
    throw new Refusal(
      `${file}:${line}: the configuration names ${module.name} here too; take that out first`,
      { file, line },
    );
  }
}
