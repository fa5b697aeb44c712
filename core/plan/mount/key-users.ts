import { storeName } from '../../chain/app/upgrades.ts';
import { calledFunction } from '../../go/eval/call.ts';
import type { GoNode } from '../../go/eval/go-node.ts';
import { goNode } from '../../go/eval/go-node.ts';
import { rootsOf } from '../../go/eval/roots.ts';
import type { Expr } from '../../go/eval/value.ts';
import { stringValue } from '../../go/eval/value.ts';
import { findAll, parameterNames } from '../../go/syntax/syntax.ts';
import { Refusal } from '../../refusal.ts';
import type { Removal } from './removal.ts';
import { isGone, isOfModule, sourceLine } from './removal.ts';
import { foldersThatUse } from './using-folders.ts';

const askedByName = [
  ...['GetKey', 'GetTransientKey', 'GetMemKey', 'GetMemoryStoreKey', 'GetSubspace'],
  'UnsafeFindStoreKey',
];

/**
 * Refuses code that still asks the app for the key of a store that goes, by a method, by an index, or
 * by a function that does so; and code that looks the module up in a manager.
 */
export function refuseKeyUsers(removal: Removal): void {
  const { repo, module, gone } = removal;
  const speaking = new RegExp(`Key\\b|Subspace\\(|\\.Modules\\[|"${module.name}"`);
  for (const facts of foldersThatUse(removal).flatMap(dir => repo.filesOf(dir, speaking)))
    for (const root of rootsOf(repo, facts))
      for (const node of findAll(root, 'call_expression', 'index_expression')) {
        if (isGone(gone, facts.path, node.start)) continue;
        const use = goNode({ facts, node });
        const isUser =
          use.type === 'call_expression' ? asksFor(removal, use) : looksUp(removal, use);
        if (!isUser) continue;
        const { file, line } = sourceLine(use);
        throw new Refusal(`${file}:${line}: ${use.text} is still used; take that out first`, {
          file,
          line,
        });
      }
}

/** `app.GetKey("berth")`, and `service(berthtypes.StoreKey)` where `service` indexes the keys. */
function asksFor(removal: Removal, call: GoNode): boolean {
  const [first] = call.arguments;
  if (first && askedByName.includes(call.callee?.name ?? '')) return isNamed(removal, first);
  const given = call.arguments.findIndex(one => isStoreKey(removal, one));
  if (given < 0) return false;
  const called = calledFunction(removal.repo, call);
  if (!called) return false;
  const name = parameterNames(called.node, called.facts.text)[given];
  return findAll(called.node, 'index_expression')
    .map(node => goNode({ facts: called.facts, node }))
    .some(index => isOfKeys(index) && index.field('index')?.text === name);
}

/** `app.keys["berth"]`, `keys[berthtypes.StoreKey]`, `app.ModuleManager.Modules["berth"]`. */
function looksUp(removal: Removal, index: GoNode): boolean {
  const key = index.field('index');
  if (!key) return false;
  const isKnown = isOfKeys(index) || /\.Modules$/.test(index.operand?.text ?? '');
  return isKnown ? isNamed(removal, key) : isStoreKey(removal, key);
}

/** Whether what is indexed is called as maps of store keys are. */
function isOfKeys({ operand }: GoNode): boolean {
  return /keys(\(\))?$/i.test(operand?.text ?? '');
}

function isNamed({ repo, module }: Removal, expr: Expr): boolean {
  const { name, const: constant } = storeName(stringValue(repo, expr));
  return isOfModule(module, constant) || name === module.name;
}

/** Whether an expression is the constant of one of the module's stores. */
function isStoreKey({ repo, module }: Removal, expr: Expr): boolean {
  if (!/Key$/.test(goNode(expr).text)) return false;
  const { const: constant } = storeName(stringValue(repo, expr));
  return isOfModule(module, constant);
}
