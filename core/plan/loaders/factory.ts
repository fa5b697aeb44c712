import { insertStatementAfter } from '../../edit/statement.ts';
import { basename, join } from '../../files.ts';
import { lineEnd, lineStart } from '../../go/edit/edit.ts';
import { EditBatch } from '../../go/edit/edit-batch.ts';
import type { Expr } from '../../go/eval/value.ts';
import { calledFunction } from '../../go/eval/value.ts';
import { enclosing, findAll } from '../../go/syntax/syntax.ts';
import { Refusal } from '../../refusal.ts';
import { storesMadeWith } from '../../wiring/loading/loading.ts';
import { storeLists } from '../../wiring/loading/read-store-upgrades.ts';
import type { Registration, Site } from '../../wiring/style.ts';
import { calledName, calledOperand, nodeText } from '../go-tree.ts';
import { copyPackage } from '../package/copied-package.ts';
import { declares } from '../package/package-parts.ts';
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
  const found = newestFactory(job, loading!.site);
  if (!found || !made) return false;
  const { registration, call } = found;
  const fn = calledFunction(job.repo, call)!;
  const given = storesMadeWith(job.repo, call);
  const stores = given && storeLists(job.repo, given);
  if (!stores) return false;
  const name = nodeText(call.facts, calledName(call.node));
  if (job.creates.some(c => c.file === join(made.target.dir, basename(fn.facts.path))))
    throw new Refusal(
      `${name} of ${nameOf(registration)} shares its file with other parts of the upgrade ` +
        'and cannot be followed; add the stores by hand',
      { file: fn.facts.path },
    );
  const copy = new EditBatch(job.repo);
  const noted = job.notes.length;
  replaceStoresLiteral(job, copy, stores.literal);
  // They are noted with the stores of the file that has the loader.
  job.notes.splice(noted);
  const copied = copyPackage(job, copy, registration, made.target, part => declares(part, name));
  const qualifier = nodeText(call.facts, calledOperand(call.node));
  insertLike(job, call, text =>
    text.replace(new RegExp(`\\b${qualifier}\\.(\\w+)`, 'g'), (_, ident: string) => {
      const renamed = ident === name ? copied.identifier(name) : ident;
      return `${made.qualifier}.${renamed}`;
    }),
  );
  return true;
}

/** Writes the case or `if` with a call once more below itself, changed. */
function insertLike(job: Job, call: Expr, change: (text: string) => string): void {
  const { facts } = call;
  const statement = enclosing(call.node, 'expression_case', 'if_statement')!;
  const written = nodeText(facts, statement);
  if (statement.type === 'if_statement') {
    insertStatementAfter(job.changes, facts.path, statement, change(written));
    return;
  }
  // A case ends where the next one begins.
  const end = lineEnd(facts.text, statement.start + written.trimEnd().length);
  const indent = facts.text.slice(lineStart(facts.text, statement.start), statement.start);
  job.changes.edit(facts.path, end, end, `${indent}${change(written).trimEnd()}\n`);
}

/** The newest upgrade whose loader a factory makes, and the call of that. */
function newestFactory(
  job: Job,
  site: Site,
): { registration: Registration; call: Expr } | undefined {
  for (const registration of newestFirst(job.wiring.registrations)) {
    const call = factoryCall(job, registration, site);
    if (call) return { registration, call };
  }
  return undefined;
}

/** The call, where loaders are chosen, of the function that makes an upgrade's loader. */
function factoryCall(
  { repo }: Job,
  { package: dir }: Registration,
  { fn, call: { facts } }: Site,
): Expr | undefined {
  const calls = findAll(fn, 'call_expression').map(node => ({ facts, node }));
  return calls.find(
    call =>
      calledOperand(call.node) !== undefined &&
      enclosing(call.node, 'expression_case', 'if_statement') &&
      calledFunction(repo, call)?.dir === dir &&
      storesMadeWith(repo, call) !== undefined,
  );
}
