import { dirname } from '../../files.ts';
import type { TextEdit } from '../../go/edit/edit.ts';
import { indentAt, indentRest, lineEnd, lineStart } from '../../go/edit/edit.ts';
import { withoutUnusedImports } from '../../go/edit/unused-imports.ts';
import type { FileFacts } from '../../go/source/facts.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import { childByField, enclosing, findAll } from '../../go/syntax/syntax.ts';
import { Refusal } from '../../refusal.ts';
import { statementOf } from '../../wiring/registration/statements.ts';
import type { Registration } from '../../wiring/style.ts';
import { declaredNames, functionAround, isWithin, nodeText } from '../go-tree.ts';
import type { HandlerShape } from '../handler/handler-shape.ts';
import { registeredHandler } from '../handler/handler-shape.ts';
import { rewrittenHandler } from '../handler/own-handler.ts';
import { renewComment } from '../package/renewed-comment.ts';
import { nameParameters } from '../package/rewrite.ts';
import type { Job } from '../upgrade/job.ts';
import { nameOf } from '../upgrade/neighbour.ts';
import { renameUpgrade } from './rename-upgrade.ts';
import { constantAt, replaceStores } from './replaced-stores.ts';
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
      `the handler of ${nameOf(old)} is not a function of the app that can be rewritten`,
      { file: old.place.facts.path },
    );
  renameUpgrade(job, old);
  const constant = constantAt(old);
  const handler = rewrittenHandler(job, old, shape, constant === undefined ? [] : [constant]);
  const { facts, closure } = shape;
  const indent = indentAt(facts.text, closure.body.end - 1);
  const body = `{\n${indent}\t${indentRest(handler.body, `${indent}\t`)}\n${indent}}`;
  job.changes.edit(facts.path, closure.body.start, closure.body.end, body);
  nameParameters(job.changes, facts, closure.node, handler.body);
  renewComments(job, old, shape);
  const locals = strandedLocals(facts, closure.body);
  for (const local of locals) job.changes.edit(facts.path, local.start, local.end, '');
  replaceStores(job, old);
  job.tidy.push((file, text) => withoutUnusedImports(repo, file, text));
  job.notes.push(
    `The handler of ${nameOf(old)} was rewritten in place, as this chain does at every release: ` +
      'git keeps the old one. What its body did is not repeated.',
  );
  if (locals.length > 0) job.notes.push('Variables that only the old handler used were removed.');
  if (job.test) job.notes.push('No test is written: the handler is a closure inside the app.');
  return { replaces: nameOf(old) };
}

/** The comments above the registration, and above the function that is the handler or makes it. */
function renewComments(job: Job, old: Registration, { facts, closure }: HandlerShape): void {
  const { call } = old.site;
  renewComment(job, call.facts, statementOf(old.site).start, nameOf(old));
  const func = functionAround({ facts, node: closure.node });
  if (func && func !== old.site.func) renewComment(job, facts, func.start, nameOf(old));
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
