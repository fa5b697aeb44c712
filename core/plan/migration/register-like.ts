import type { Migration } from '../../chain/chain.ts';
import { isUnchecked } from '../../chain/modules/unchecked.ts';
import type { Replacement } from '../../edit/migration-registration.ts';
import { codeWith, registrationCall, respeltStep } from '../../edit/migration-registration.ts';
import type { VersionStep } from '../../edit/version-step.ts';
import { dedentRest, indentAt, indentRest, lineEnd } from '../../go/edit/edit.ts';
import { freeImport } from '../../go/edit/imports-in-use.ts';
import { statementAround } from '../../go/edit/repairs.ts';
import type { GoNode } from '../../go/eval/go-node.ts';
import { goNode } from '../../go/eval/go-node.ts';
import type { Expr } from '../../go/eval/value.ts';
import type { FileFacts } from '../../go/source/facts.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import { callArguments, childByField, namedChildren } from '../../go/syntax/syntax.ts';
import { Refusal } from '../../refusal.ts';
import { calledOperand, declaredNames, nodeText } from '../go-tree.ts';
import { handlerLike } from './handler-like.ts';
import type { MigrationJob } from './job.ts';
import { registrationStatement } from './registration.ts';

/**
 * Registers one more migration below the newest of a module, as that one is registered: the same
 * statement, the same check of its result.
 */
export function registerLike(job: MigrationJob, newest: Migration): void {
  const { step } = job;
  const found = callAt(job, newest);
  const { facts, node: call } = found;
  const { text, path } = facts;
  const [from, handler] = callArguments(call).slice(1);
  const old: VersionStep = { from: newest.from, to: newest.from + 1 };
  if (from?.type !== 'int_literal' || !handler)
    throw new Refusal(
      `migrations of ${job.module.name} are registered in a loop or a helper; ` +
        'add this one by hand',
      { file: path, line: newest.location.line },
    );
  const next = handlerLike(job, facts, handler, old);
  const statement = statementAround(call);
  if (isUnchecked(facts, call)) {
    const plain = dedentRest(next, indentAt(text, handler.start));
    writeBelow(job, facts, statement, checkedRegistration(job, { facts, node: call }, plain));
    job.notes.push(
      `The error of the registration before it is not checked (${path}:${newest.location.line}); ` +
        'that of the new one is.',
    );
    return;
  }
  const check = checkBehind(facts, statement);
  const statements = check ? [statement, check] : [statement];
  const { end: codeEnd } = statements.at(-1)!;
  const nodes = statements.map(node => goNode({ facts, node }));
  const code = codeWith(text, statement.start, codeEnd, [
    ...respeltStep(found, nodes, old, step),
    { node: handler, text: next },
    ...redeclaration(facts, statement),
  ]);
  const indent = indentAt(text, statement.start);
  writeBelow(job, facts, statement, dedentRest(code, indent), codeEnd);
}

/** Writes code below a statement, apart from it where that is apart from what is above. */
function writeBelow(
  { changes }: MigrationJob,
  { text, path }: FileFacts,
  statement: SyntaxNode,
  code: string,
  codeEnd = statement.end,
): void {
  const indent = indentAt(text, statement.start);
  const end = lineEnd(text, codeEnd);
  const isApart =
    /\n[ \t]*\n[ \t]*$/.test(text.slice(0, statement.start)) &&
    statement.parent!.children.indexOf(statement) > 1;
  changes.edit(path, end, end, `${isApart ? '\n' : ''}${indent}${indentRest(code, indent)}\n`);
}

/** A registration whose error ends the function, or the program where that gives none. */
function checkedRegistration(
  { repo, changes, step }: MigrationJob,
  { facts, node }: Expr,
  handler: string,
): string {
  changes.import(facts.path, freeImport(repo, facts, { path: 'fmt', alias: undefined }));
  const returnsError = nodeText(facts, childByField(callableAround(node), 'result')) === 'error';
  const parts = {
    configurator: nodeText(facts, calledOperand(node)),
    name: nodeText(facts, callArguments(node)[0]),
    handler,
    fail: returnsError ? 'return ' : 'panic',
  } as const;
  return registrationStatement(parts, step).trimEnd();
}

/** The function, method or closure whose statement a node is part of. */
function callableAround({ parent }: SyntaxNode): SyntaxNode | undefined {
  const isCallable = /^(function_declaration|method_declaration|func_literal)$/;
  return !parent || isCallable.test(parent.type) ? parent : callableAround(parent);
}

function callAt({ repo, module }: MigrationJob, newest: Migration): GoNode {
  const call = registrationCall(repo, newest);
  if (call) return call;
  const { file, line } = newest.location;
  throw new Refusal(
    `the migrations of ${module.name} are not registered where they can be followed; ` +
      'add this one by hand',
    { file, line },
  );
}

/** The `if err != nil` that follows an assignment of the result. */
function checkBehind(facts: FileFacts, statement: SyntaxNode): SyntaxNode | undefined {
  if (!/^(assignment_statement|short_var_declaration)$/.test(statement.type)) return undefined;
  const siblings = namedChildren(statement.parent);
  const next = siblings[siblings.indexOf(statement) + 1];
  if (next?.type !== 'if_statement' || childByField(next, 'initializer')) return undefined;
  const condition = nodeText(facts, childByField(next, 'condition'));
  return /^err\w* != nil/.test(condition) ? next : undefined;
}

/** What makes `err := …` an assignment: the variable is declared above. */
function redeclaration({ text }: FileFacts, statement: SyntaxNode): Replacement[] {
  const [name, ...more] = declaredNames(statement);
  const right = childByField(statement, 'right');
  if (!name || more.length > 0 || !right) return [];
  const between = { start: name.end, end: right.start };
  return [{ node: between, text: text.slice(between.start, between.end).replace(':=', '=') }];
}
