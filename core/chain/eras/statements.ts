import { dirname } from '../../files.ts';
import { goNode } from '../../go/eval/go-node.ts';
import { importedPackage } from '../../go/eval/imported.ts';
import { localDefinition } from '../../go/eval/scope.ts';
import type { Expr } from '../../go/eval/value.ts';
import { exprAt } from '../../go/eval/value.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { Location } from '../../go/source/location.ts';
import { locationOf } from '../../go/source/location.ts';
import { findAll } from '../../go/syntax/syntax.ts';
import type { EraConstant, Eras } from './eras.ts';
import { codeIn, filesNaming } from './switches.ts';

/** A `switch` statement whose cases are eras. */
export interface EraStatement {
  readonly eras: readonly EraConstant[];
  /** Whether every case was read as an era. */
  readonly isWhole: boolean;
  readonly hasDefault: boolean;
  readonly location: Location;
}

/** A place where code names an era to compare with it. */
export interface EraUse {
  readonly constant: EraConstant;
  readonly location: Location;
}

/** The `switch` statements of the repository that tell eras apart. */
export function eraStatements(repo: Repo, eras: Eras): EraStatement[] {
  return codeNamingEras(repo, eras, /\bswitch\b/).flatMap(code =>
    findAll(code.node, 'expression_switch_statement').flatMap(
      node => statementAt(repo, eras, exprAt(code, node)) ?? [],
    ),
  );
}

function statementAt(repo: Repo, eras: Eras, statement: Expr): EraStatement | undefined {
  const { facts, node } = statement;
  const cases = node.children.filter(({ type }) => type === 'expression_case');
  const values = cases.flatMap(
    one => goNode(exprAt(statement, one)).field('value')?.children ?? [],
  );
  const named = values.map(value => eraConstantAt(repo, eras, value));
  const found = named.filter(one => one !== undefined);
  if (found.length === 0) return undefined;
  return {
    eras: found,
    isWhole: found.length === named.length,
    hasDefault: node.children.some(({ type }) => type === 'default_case'),
    location: locationOf(facts, node),
  };
}

/** Where eras are compared with: cases of a `switch`, and operands of `==` and `!=`. */
export function eraUses(repo: Repo, eras: Eras): EraUse[] {
  return codeNamingEras(repo, eras, /==|!=|\bcase\b/).flatMap(code => {
    const compared = findAll(code.node, 'binary_expression')
      .map(node => goNode(exprAt(code, node)))
      .filter(({ operator }) => operator === '==' || operator === '!=')
      .flatMap(one => [one.field('left'), one.field('right')]);
    const cases = findAll(code.node, 'expression_case').flatMap(
      node => goNode(exprAt(code, node)).field('value')?.children ?? [],
    );
    return [...compared, ...cases].flatMap(operand => {
      const constant = operand && eraConstantAt(repo, eras, operand);
      return constant ? [{ constant, location: locationOf(operand.facts, operand.node) }] : [];
    });
  });
}

/** The code of files that name a constant of an era and hold a word. */
function codeNamingEras(repo: Repo, { dir, constants }: Eras, word: RegExp): Expr[] {
  if (constants.length === 0) return [];
  const named = new RegExp(`\\b(${constants.map(({ ident }) => ident).join('|')})\\b`);
  return filesNaming(repo, dir, named)
    .filter(({ text }) => word.test(text))
    .flatMap(facts => codeIn(repo, facts).map(node => ({ facts, node })));
}

/** The constant of an era that an expression names; undefined for all else. */
function eraConstantAt(repo: Repo, eras: Eras, expr: Expr): EraConstant | undefined {
  const { type, name, text, facts, node } = goNode(expr).withoutParens;
  const isOwn =
    type === 'identifier' &&
    dirname(facts.path) === eras.dir &&
    localDefinition(node, text, facts.text) === undefined;
  const isOther = type === 'selector_expression' && importedPackage(repo, expr)?.dir === eras.dir;
  return isOwn || isOther ? eras.constants.find(({ ident }) => ident === name) : undefined;
}
