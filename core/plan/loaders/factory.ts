import { insertStatementAfter } from '../../edit/statement.ts';
import { basename, join } from '../../files.ts';
import { lineEnd, lineStart } from '../../go/edit/edit.ts';
import { EditBatch } from '../../go/edit/edit-batch.ts';
import type { Expr } from '../../go/eval/value.ts';
import { calledFunction, exprAt, textOf } from '../../go/eval/value.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import { childByField, enclosing, findAll } from '../../go/syntax/syntax.ts';
import { Refusal } from '../../refusal.ts';
import { storesMadeWith } from '../../wiring/loading/loading.ts';
import { storeLists } from '../../wiring/loading/read-store-upgrades.ts';
import type { Registration } from '../../wiring/style.ts';
import { copyPackage } from '../package/copied-package.ts';
import { replaceStoresLiteral } from '../package/rewrite.ts';
import type { Job } from '../upgrade/job.ts';
import { nameOf, newestFirst } from '../upgrade/neighbour.ts';
import type { LoadPlace, StoreWay } from './store-way.ts';

/**
 * S7: a function of the upgrade's package makes the loader; a case of the switch on the plan's
 * name, or an `if`, takes it.
 */
export const byFactory: StoreWay = { codes: ['S7'], follows: 'first', insert: insertFactory };

function insertFactory(job: Job, { loading, made }: LoadPlace): boolean {
  const model = newestFirst(job.wiring.registrations)
    .map(r => ({ r, call: factoryCall(job, r, loading!.site.fn, loading!.site.call) }))
    .find(({ call }) => call);
  if (!model?.call || !made) return false;
  const { r: old, call } = model;
  const fn = calledFunction(job.repo, call)!;
  const given = storesMadeWith(job.repo, call);
  const stores = given && storeLists(job.repo, given);
  const callee = childByField(call.node, 'function')!;
  const name = textOf(exprAt(call, childByField(callee, 'field')!));
  const before = textOf(exprAt(call, childByField(callee, 'operand')!));
  if (!stores) return false;
  if (job.creates.some(c => c.file === join(made.target.dir, basename(fn.facts.path))))
    throw new Refusal(
      `${name} of ${nameOf(old)} shares its file with other parts of the upgrade and cannot be followed; add the stores by hand`,
      { file: fn.facts.path },
    );
  const copy = new EditBatch(job.repo);
  const noted = job.notes.length;
  replaceStoresLiteral(job, copy, stores.literal);
  // They are noted with the stores of the file that the loader stands in.
  job.notes.splice(noted);
  const copied = copyPackage(
    job,
    copy,
    old,
    made.target,
    part => part.receiver === undefined && part.names.includes(name),
  );
  const text = call.facts.text;
  const statement = enclosing(call.node, 'expression_case', 'if_statement')!;
  const written = text
    .slice(statement.start, statement.end)
    .replace(
      new RegExp(`\\b${before}\\.(\\w+)`, 'g'),
      (_, ident: string) => `${made.qualifier}.${ident === name ? copied.identifier(name) : ident}`,
    );
  if (statement.type === 'if_statement')
    insertStatementAfter(job.changes, call.facts.path, statement, written);
  else {
    const end = lineEnd(
      text,
      statement.start + text.slice(statement.start, statement.end).trimEnd().length,
    );
    job.changes.edit(
      call.facts.path,
      end,
      end,
      `${text.slice(lineStart(text, statement.start), statement.start) + written.trimEnd()}\n`,
    );
  }
  return true;
}

/** The call, where loaders are chosen, of the function that makes an upgrade's loader. */
function factoryCall(
  { repo }: Job,
  { package: dir }: Registration,
  fn: SyntaxNode,
  { facts }: Expr,
): Expr | undefined {
  const calls = findAll(fn, 'call_expression').map(node => ({ facts, node }));
  return calls.find(
    one =>
      childByField(one.node, 'function')?.type === 'selector_expression' &&
      enclosing(one.node, 'expression_case', 'if_statement') &&
      calledFunction(repo, one)?.dir === dir &&
      storesMadeWith(repo, one) !== undefined,
  );
}
