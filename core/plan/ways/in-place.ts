import { dirname } from '../../files.ts';
import type { TextEdit } from '../../go/edit/edit.ts';
import { indentAt, indentRest, lineEnd, lineStart } from '../../go/edit/edit.ts';
import { withoutUnusedImports } from '../../go/edit/unused-imports.ts';
import type { Expr } from '../../go/eval/value.ts';
import { exprAt, localDefinition, textOf } from '../../go/eval/value.ts';
import type { FileFacts } from '../../go/source/facts.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import {
  callArguments,
  childByField,
  enclosing,
  findAll,
  withoutAddressOf,
  withoutParens,
} from '../../go/syntax/syntax.ts';
import { Refusal } from '../../refusal.ts';
import type { Registration } from '../../wiring/style.ts';
import { declaredNames, isWithin, nodeText } from '../go-tree.ts';
import { registeredHandler } from '../handler/handler-shape.ts';
import { rewrittenHandler } from '../handler/own-handler.ts';
import { nameParameters, replaceStoresLiteral } from '../package/rewrite.ts';
import type { Job } from '../upgrade/job.ts';
import { loadStores } from '../upgrade/load-stores.ts';
import { nameOf } from '../upgrade/neighbour.ts';
import { lossNote } from '../upgrade/newest-only.ts';
import { renameUpgrade } from './rename-upgrade.ts';
import type { AllowedChange, Way } from './way.ts';

/**
 * R3: the chain keeps a single handler in its app and rewrites it for every release. The name, the
 * closure's body and the stores are replaced; what only the old ones used (imports, locals) goes.
 */
export const inPlace: Way = { codes: ['R3'], single: true, insert: upgradeInPlace };

function upgradeInPlace(job: Job): AllowedChange {
  const { repo } = job;
  const old = job.wiring.registrations.find(r => r.code === 'R3')!;
  const shape = registeredHandler(repo, old);
  if (!shape || dirname(shape.facts.path) !== job.app.dir)
    throw new Refusal(
      `the handler of ${nameOf(old)} is not a function of the app that can be rewritten; ` +
        'use --convert',
    );
  renameUpgrade(job, old);
  const constant = constantAt(old);
  const handler = rewrittenHandler(job, old, shape, constant === undefined ? [] : [constant]);
  const { facts, closure } = shape;
  const indent = indentAt(facts.text, closure.body.end - 1);
  const body = `{\n${indent}\t${indentRest(handler.body, `${indent}\t`)}\n${indent}}`;
  job.changes.edit(facts.path, closure.body.start, closure.body.end, body);
  nameParameters(job.changes, facts, closure.node, handler.body);
  const locals = strandedLocals(facts, closure.body);
  for (const local of locals) job.changes.edit(facts.path, local.start, local.end, '');
  replaceStores(job, old);
  job.tidy.push((file, text) => withoutUnusedImports(repo, file, text));
  job.notes.push(
    `The handler of ${nameOf(old)} was rewritten in place, as this chain does at every release: ` +
      'git keeps the old one. What its body did is not repeated.',
    ...lossNote(job, old),
  );
  if (locals.length > 0) job.notes.push('Variables that only the old handler used were removed.');
  if (job.test) job.notes.push('No test is written: the handler is a closure inside the app.');
  return { replaces: nameOf(old) };
}

/**
 * Declarations of the enclosing function that only the replaced body used: Go would not compile
 * them. With the blank line they leave.
 */
function strandedLocals(facts: FileFacts, body: SyntaxNode): TextEdit[] {
  const { text } = facts;
  const outer = enclosing(
    body.parent!,
    'function_declaration',
    'method_declaration',
    'func_literal',
  );
  const block = childByField(outer, 'body');
  if (!block) return [];
  const declarations = block.children.filter(
    ({ type, start }) => type === 'short_var_declaration' && start <= body.start,
  );
  return declarations
    .filter(statement => isOnlyUsedIn(facts, body, statement, block))
    .map(statement => {
      const below = lineEnd(text, statement.end);
      const isBlank = /^[ \t]*\r?\n/.test(text.slice(below));
      const end = isBlank ? lineEnd(text, below) : below;
      return { start: lineStart(text, statement.start), end, text: '' };
    });
}

/** Whether a statement declares one variable, which nothing of the block but its body uses. */
function isOnlyUsedIn(
  facts: FileFacts,
  body: SyntaxNode,
  statement: SyntaxNode,
  block: SyntaxNode,
): boolean {
  const [name, ...more] = declaredNames(statement);
  if (!name || more.length > 0) return false;
  const uses = findAll(block, 'identifier')
    .filter(node => nodeText(facts, node) === nodeText(facts, name))
    .filter(node => !isWithin(node, statement));
  return uses.length > 0 && uses.every(node => isWithin(node, body));
}

/** Replaces the stores of the old upgrade by the new ones. */
export function replaceStores(job: Job, old: Registration): void {
  const name = nameOf(old);
  // A loader that only serves other names is theirs: the new stores get one of their own.
  const loading = job.wiring.loadings.find(
    ({ code, serves }) =>
      /^S[379]$/.test(code) &&
      serves.some(served => served.name.kind === 'known' && served.name.value === name),
  );
  if (!loading) {
    loadStores(job, { constant: constantAt(old), after: old.site });
    return;
  }
  const served = loading.serves.find(one => one.stores)?.stores;
  const literal = served?.literal ?? storesLiteral(loading.site.call);
  if (!literal)
    throw new Refusal(`the stores of ${name} are not written as a literal; change them by hand`);
  replaceStoresLiteral(job, job.changes, literal);
}

/** The StoreUpgrades literal that is handed to a loader, itself or by a local variable. */
function storesLiteral({ facts, node: call }: Expr): Expr | undefined {
  const [loader] = callArguments(call);
  const last = loader && callArguments(loader).at(-1);
  if (!last) return undefined;
  const target = withoutAddressOf(last);
  if (target.type === 'composite_literal') return { facts, node: target };
  const local = localDefinition(target, nodeText(facts, target), facts.text);
  return typeof local === 'object' ? { facts, node: withoutAddressOf(local) } : undefined;
}

function constantAt({ nameExpr }: Registration): string | undefined {
  const node = withoutParens(nameExpr.node);
  const isName = node.type === 'identifier' || node.type === 'selector_expression';
  return isName ? textOf(exprAt(nameExpr, node)) : undefined;
}
