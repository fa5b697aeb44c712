import { dirname } from '../../files.ts';
import type { TextEdit } from '../../go/edit/edit.ts';
import { indentAt, indentRest } from '../../go/edit/edit.ts';
import { withoutUnusedImports } from '../../go/edit/unused-imports.ts';
import { exprAt, localDefinition, resolve, textOf } from '../../go/eval/value.ts';
import type { FileFacts } from '../../go/source/facts.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import {
  callArguments,
  childByField,
  descend,
  enclosing,
  findAll,
  namedChildren,
  quote,
  withoutAddressOf,
  withoutParens,
} from '../../go/syntax/syntax.ts';
import { Refusal } from '../../refusal.ts';
import type { Registration } from '../../wiring/style.ts';
import { handlerShape } from '../handler/handler-shape.ts';
import { rewrittenHandler } from '../handler/own-handler.ts';
import { noteInfo, writeInfo } from '../package/name-constant.ts';
import { respellIdentifier, respellProse } from '../package/naming.ts';
import { nameParameters, replaceStoresLiteral } from '../package/rewrite.ts';
import type { Job } from '../upgrade/job.ts';
import { loadStores } from '../upgrade/load-stores.ts';
import { nameOf } from '../upgrade/neighbour.ts';
import { lossNote } from '../upgrade/newest-only.ts';
import type { AllowedChange, Way } from './way.ts';

/**
 * R3: the chain keeps a single handler in its app and rewrites it for every release. The name, the
 * closure's body and the stores are replaced; what only the old ones used (imports, locals) goes.
 */
export const inPlace: Way = { codes: ['R3'], single: true, insert: upgradeInPlace };

function upgradeInPlace(job: Job): AllowedChange {
  const { repo, wiring } = job;
  const old = wiring.registrations.find(r => r.code === 'R3')!;
  const shape = old.handler && handlerShape(repo, old.handler, nameOf(old));
  if (!shape || dirname(shape.facts.path) !== job.app.dir)
    throw new Refusal(
      `the handler of ${nameOf(old)} is not a function of the app that can be rewritten; use --convert`,
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
    `The handler of ${nameOf(old)} was rewritten in place, as this chain does at every release: git keeps the old one. What its body did is not repeated.`,
    ...lossNote(job, old),
  );
  if (locals.length) job.notes.push('Variables that only the old handler used were removed.');
  if (job.test) job.notes.push('No test is written: the handler is a closure inside the app.');
  return { replaces: nameOf(old) };
}

/**
 * The name, wherever it is written: the constant's value, or every literal that stands for it in
 * the app's wiring.
 */
function renameUpgrade(job: Job, old: Registration): void {
  const { repo } = job;
  const name = nameOf(old);
  const node = withoutParens(old.nameExpr.node);
  const { facts } = old.nameExpr;
  const target =
    node.type === 'identifier' || node.type === 'selector_expression'
      ? resolve(repo, exprAt(old.nameExpr, node))
      : undefined;
  if (target && 'expr' in target && target.expr.node.start !== node.start) {
    const { expr } = target;
    job.changes.edit(expr.facts.path, expr.node.start, expr.node.end, quote(job.name));
    const spec = [...expr.facts.consts, ...expr.facts.vars].find(
      s => s.value?.start === expr.node.start,
    );
    if (spec) renameIdentifiers(job, spec.name, dirname(expr.facts.path), name);
    writeInfo(job, job.changes, expr.facts, spec);
  } else if (node.type === 'interpreted_string_literal' || node.type === 'raw_string_literal')
    job.changes.edit(facts.path, node.start, node.end, quote(job.name));
  if (!target || !('expr' in target) || target.expr.node.start === node.start) noteInfo(job);
  // The same literal in the store loader's condition.
  for (const loading of job.wiring.loadings) {
    for (const guard of ancestors(loading.site.call.node)) {
      const condition =
        guard.type === 'if_statement' ? childByField(guard, 'condition') : undefined;
      for (const literal of condition ? findAll(condition, 'interpreted_string_literal') : []) {
        if (textOf(exprAt(loading.site.call, literal)) === quote(name))
          job.changes.edit(
            loading.site.call.facts.path,
            literal.start,
            literal.end,
            quote(job.name),
          );
      }
    }
  }
}

function ancestors(node: SyntaxNode): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  for (let n = node.parent; n; n = n.parent) found.push(n);
  return found;
}

/**
 * Identifiers that spell the old name (`UpgradeV8PlanName`, `registerV8UpgradeHandler`) are respelt
 * where only this package uses them.
 */
function renameIdentifiers(job: Job, constant: string, dir: string, old: string): void {
  const { repo } = job;
  const register = job.wiring.registrations.find(r => nameOf(r) === old)!.site.func.name;
  for (const ident of new Set([constant, register])) {
    const renamed = respellIdentifier({ name: old, text: ident }, job.name);
    if (renamed === undefined || renamed === ident) continue;
    const elsewhere = [...repo.texts].some(
      ([file, text]) =>
        file.endsWith('.go') && dirname(file) !== dir && new RegExp(`\\.${ident}\\b`).test(text),
    );
    const tests = [...repo.texts].some(
      ([file, text]) =>
        file.endsWith('_test.go') &&
        dirname(file) === dir &&
        new RegExp(`\\b${ident}\\b`).test(text),
    );
    const taken = [...repo.texts].some(
      ([file, text]) =>
        file.endsWith('.go') && dirname(file) === dir && new RegExp(`\\b${renamed}\\b`).test(text),
    );
    if (elsewhere || tests || taken) continue;
    job.tidy.push((file, text) =>
      dirname(file) === dir ? text.replace(new RegExp(`\\b${ident}\\b`, 'g'), renamed) : text,
    );
    for (const facts of repo.filesOf(dir))
      if (new RegExp(`\\b${ident}\\b`).test(facts.text)) job.changes.touch(facts.path);
  }
  job.tidy.push((_, text) =>
    text.replace(/^\/\/ .*$/gm, line =>
      line.includes(`"${old}"`) ? respellProse(line, old, job.name) : line,
    ),
  );
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
  const block = outer && childByField(outer, 'body');
  if (!block) return [];
  const used = new Set(
    [...descend(body)].filter(n => n.type === 'identifier').map(n => text.slice(n.start, n.end)),
  );
  const edits: TextEdit[] = [];
  for (const statement of block.children) {
    if (statement.type !== 'short_var_declaration' || statement.start > body.start) continue;
    const names = namedChildren(childByField(statement, 'left')).map(n =>
      text.slice(n.start, n.end),
    );
    if (names.length !== 1 || !used.has(names[0]!)) continue;
    const others = [...descend(block)].some(
      n =>
        n.type === 'identifier' &&
        text.slice(n.start, n.end) === names[0] &&
        !(n.start >= body.start && n.end <= body.end) &&
        !(n.start >= statement.start && n.end <= statement.end),
    );
    if (others) continue;
    const from = text.lastIndexOf('\n', statement.start) + 1;
    let to = text.indexOf('\n', statement.end) + 1;
    if (/^[ \t]*\r?\n/.test(text.slice(to))) to = text.indexOf('\n', to) + 1;
    edits.push({ start: from, end: to, text: '' });
  }
  return edits;
}

/** The stores of the old upgrade give way to the new ones. */
export function replaceStores(job: Job, old: Registration): void {
  const { wiring } = job;
  const name = nameOf(old);
  // A loader that only serves other names is theirs: the new stores get one of their own.
  const loading = wiring.loadings.find(
    l =>
      /^S[379]$/.test(l.code) &&
      l.serves.some(s => s.name.kind === 'known' && s.name.value === name),
  );
  if (!loading) return loadStores(job, { constant: constantAt(old), after: old.site });
  const serving = loading.serves.find(s => s.stores);
  const literal =
    serving?.stores?.literal ?? storesLiteral(loading.site.call.facts, loading.site.call.node);
  if (!literal)
    throw new Refusal(
      `the stores of ${nameOf(old)} are not written as a literal; change them by hand`,
    );
  replaceStoresLiteral(job, job.changes, literal);
}

function storesLiteral(
  facts: FileFacts,
  call: SyntaxNode,
): { facts: FileFacts; node: SyntaxNode } | undefined {
  const loader = callArguments(call)[0];
  const last = loader && callArguments(loader).at(-1);
  const target = last && withoutAddressOf(last);
  if (target?.type === 'composite_literal') return { facts, node: target };
  const local =
    target && localDefinition(target, facts.text.slice(target.start, target.end), facts.text);
  return local && typeof local === 'object' ? { facts, node: withoutAddressOf(local) } : undefined;
}

function constantAt(old: Registration): string | undefined {
  const node = withoutParens(old.nameExpr.node);
  return node.type === 'identifier' || node.type === 'selector_expression'
    ? textOf(exprAt(old.nameExpr, node))
    : undefined;
}
