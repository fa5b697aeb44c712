import { dirname } from '../../files.ts';
import type { Expr } from '../../go/eval/value.ts';
import { exprAt, resolve, textOf } from '../../go/eval/value.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import { childByField, findAll, quote, withoutParens } from '../../go/syntax/syntax.ts';
import type { Registration } from '../../wiring/style.ts';
import { hasWord } from '../go-tree.ts';
import { noteInfo, writeInfo } from '../package/name-constant.ts';
import { respellIdentifier, respellProse } from '../package/naming.ts';
import { renewComment } from '../package/renewed-comment.ts';
import type { Job } from '../upgrade/job.ts';
import { nameOf } from '../upgrade/neighbour.ts';

/**
 * Writes the new name wherever the old one is written: as the constant's value, or as every literal
 * that stands for it in the app's wiring.
 */
export function renameUpgrade(job: Job, old: Registration): void {
  const node = withoutParens(old.nameExpr.node);
  const value = valueElsewhere(job.repo, exprAt(old.nameExpr, node));
  if (value) {
    renameConstant(job, old, value);
  } else {
    if (/_string_literal$/.test(node.type))
      job.changes.edit(old.nameExpr.facts.path, node.start, node.end, quote(job.name));
    noteInfo(job);
  }
  renameInConditions(job, nameOf(old));
}

/** The string behind an identifier; undefined where the expression is no name of one. */
function valueElsewhere(repo: Repo, expr: Expr): Expr | undefined {
  const { node } = expr;
  if (node.type !== 'identifier' && node.type !== 'selector_expression') return undefined;
  const target = resolve(repo, expr);
  return 'expr' in target && target.expr.node.start !== node.start ? target.expr : undefined;
}

function renameConstant(job: Job, old: Registration, { facts, node }: Expr): void {
  job.changes.edit(facts.path, node.start, node.end, quote(job.name));
  const spec = [...facts.consts, ...facts.vars].find(s => s.value?.start === node.start);
  if (spec) {
    renewComment(
      job,
      facts,
      spec.declaration.grouped ? spec.start : spec.declaration.start,
      nameOf(old),
    );
    renameIdentifiers(job, spec.name, dirname(facts.path), nameOf(old));
  }
  writeInfo(job, job.changes, facts, spec);
}

/** The same literal in the conditions of store loaders. */
function renameInConditions(job: Job, name: string): void {
  for (const { site } of job.wiring.loadings) {
    for (const literal of conditionLiterals(site.call.node)) {
      if (textOf(exprAt(site.call, literal)) === quote(name))
        job.changes.edit(site.call.facts.path, literal.start, literal.end, quote(job.name));
    }
  }
}

/** The strings in the conditions of the `if`s around a node. */
function conditionLiterals(node: SyntaxNode): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  for (let outer = node.parent; outer; outer = outer.parent) {
    if (outer.type === 'if_statement')
      found.push(...findAll(childByField(outer, 'condition'), 'interpreted_string_literal'));
  }
  return found;
}

/**
 * Identifiers that spell the old name (`UpgradeV8PlanName`, `registerV8UpgradeHandler`) are respelt
 * where only this package uses them.
 */
function renameIdentifiers(job: Job, constant: string, dir: string, old: string): void {
  const register = job.wiring.registrations.find(r => nameOf(r) === old)!.site.func.name;
  for (const ident of new Set([constant, register])) {
    const renamed = respellIdentifier({ name: old, text: ident }, job.name);
    if (renamed !== undefined && renamed !== ident && canRename(job.repo, dir, ident, renamed))
      renameIdentifier(job, dir, ident, renamed);
  }
  job.tidy.push((_, text) =>
    text.replace(/^\/\/ .*$/gm, line =>
      line.includes(`"${old}"`) ? respellProse(line, old, job.name) : line,
    ),
  );
}

/** Whether neither other packages nor tests use an identifier, and its new name is free. */
function canRename(repo: Repo, dir: string, ident: string, renamed: string): boolean {
  const selected = new RegExp(`\\.${ident}\\b`);
  return [...repo.texts]
    .filter(([file]) => file.endsWith('.go'))
    .every(([file, text]) => {
      if (dirname(file) !== dir) return !selected.test(text);
      const isTest = file.endsWith('_test.go');
      return !hasWord(text, renamed) && !(isTest && hasWord(text, ident));
    });
}

function renameIdentifier(job: Job, dir: string, ident: string, renamed: string): void {
  job.tidy.push((file, text) =>
    dirname(file) === dir ? text.replace(new RegExp(`\\b${ident}\\b`, 'g'), renamed) : text,
  );
  for (const { path, text } of job.repo.filesOf(dir))
    if (hasWord(text, ident)) job.changes.touch(path);
}
