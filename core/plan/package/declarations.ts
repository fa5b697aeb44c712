import { commentAbove } from '../../go/edit/comment-above.ts';
import { indentRest } from '../../go/edit/edit.ts';
import { keyedFields } from '../../go/edit/print.ts';
import type { Expr } from '../../go/eval/value.ts';
import { exprAt, fieldsOf, resolve, textOf } from '../../go/eval/value.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { FileFacts, ValueSpec } from '../../go/source/facts.ts';
import { childByField, quote, withoutAddressOf, withoutParens } from '../../go/syntax/syntax.ts';
import { isStoreUpgrades } from '../../wiring/loading/read-store-upgrades.ts';
import { isWithin } from '../go-tree.ts';
import type { HandlerPlan } from '../handler/handler.ts';
import { nameOf } from '../upgrade/neighbour.ts';
import { generalComment } from './doc-comment.ts';
import type { PackageRequest } from './package-request.ts';
// The declarations of a new upgrade's package, made from those of a neighbour's.

/** A constant or variable and the file that declares it. */
export interface SpecAt {
  readonly facts: FileFacts;
  readonly spec: ValueSpec;
}

/** The package's variable whose value a literal is. */
export function variableOf({ facts, node }: Expr): SpecAt | undefined {
  const spec = facts.vars.find(({ value }) => value && isWithin(node, value));
  return spec && { facts, spec };
}

/** The constant (or variable) behind a plan's name; undefined for a literal or a computed name. */
export function nameConstant(repo: Repo, expr: Expr): SpecAt | undefined {
  const node = withoutParens(expr.node);
  const ident = node.type === 'selector_expression' ? childByField(node, 'field')! : node;
  if (ident === node && node.type !== 'identifier') return undefined;
  const target = resolve(repo, exprAt(expr, node));
  if (!('expr' in target)) return undefined;
  const { facts, node: value } = target.expr;
  const name = textOf(exprAt(expr, ident));
  const spec = [...facts.consts, ...facts.vars].find(
    one => one.name === name && one.value?.start === value.start,
  );
  return spec && { facts, spec };
}

/** The name's declaration, and UpgradeInfo beside it where there is one to write. */
export function nameDeclaration(
  { facts, spec }: SpecAt,
  ident: string,
  request: PackageRequest,
  shared: boolean,
): string {
  const { name, neighbours, info } = request;
  const { declaration } = spec;
  const keyword = facts.consts.includes(spec) ? 'const' : 'var';
  const comment = generalComment(
    commentAbove(facts.text, declaration.grouped ? spec.start : declaration.start),
    nameOf(neighbours[0]!),
    name,
  ).replaceAll(spec.name, ident);
  const nameValue = `${ident} = ${quote(name)}`;
  const infoLines = info === undefined ? undefined : infoDeclaration(ident, info, shared);
  if (declaration.grouped) {
    const lines = comment ? [comment, nameValue] : [nameValue];
    if (infoLines) lines.push(...(comment ? [''] : []), infoLines.comment, infoLines.value);
    return `${keyword} (\n\t${indentRest(lines.join('\n'), '\t')}\n)`;
  }
  const declared = `${comment ? `${comment}\n` : ''}${keyword} ${nameValue}`;
  return infoLines ? `${declared}\n\n${infoLines.comment}\nconst ${infoLines.value}` : declared;
}

function infoDeclaration(
  nameIdent: string,
  info: string,
  shared: boolean,
): { comment: string; value: string } {
  // Several upgrades in one package need an identifier each.
  const ident = shared ? `${nameIdent.replace(/Name$/, '')}Info` : 'UpgradeInfo';
  return {
    comment: `// ${ident} tells cosmovisor where to download the binaries.`,
    value: `${ident} = \`${info}\``,
  };
}

/** What the new upgrade's struct is made of. */
export interface StructParts {
  /** The variable that holds it. */
  readonly ident: string;
  readonly nameIdent: string | undefined;
  readonly handlerIdent: string | undefined;
  readonly handler: HandlerPlan;
}

/** The variable that holds the upgrade's struct: the neighbour's with the new values. */
export function structDeclaration(
  request: PackageRequest,
  { facts, spec }: SpecAt,
  parts: StructParts,
): string {
  const { name, neighbours } = request;
  const neighbour = neighbours[0]!;
  const written = neighbour.struct!.type;
  const type = written ? textOf({ facts, node: written }) : 'upgrades.Upgrade';
  const isPointer = spec.value !== undefined && facts.text[spec.value.start] === '&';
  const comment = generalComment(
    commentAbove(facts.text, spec.declaration.start),
    nameOf(neighbour),
    name,
  ).replaceAll(spec.name, parts.ident);
  const fields = keyedFields(structFields(request, parts), '\t');
  return (
    (comment ? `${comment}\n` : '') +
    `var ${parts.ident} = ${isPointer ? '&' : ''}${type}{\n${fields}\n}`
  );
}

interface KeyedField {
  readonly key: string;
  readonly value: string;
}

/** The fields for name, handler and stores; others are the neighbour's own and left out. */
function structFields(request: PackageRequest, parts: StructParts): KeyedField[] {
  const { repo, name, stores } = request;
  const { struct, list } = request.neighbours[0]!;
  const fields: KeyedField[] = [];
  let hasStores = false;
  for (const { name: key, value } of fieldsOf(struct!)) {
    if (key === list!.nameField) {
      fields.push({ key, value: parts.nameIdent ?? request.nameText ?? quote(name) });
    } else if (key === list!.handlerField) {
      fields.push({ key, value: handlerValue(value, parts) });
    } else if (isStoreUpgrades(repo, value)) {
      hasStores = true;
      fields.push({ key, value: stores?.text ?? emptyStores(value) });
    }
  }
  if (!hasStores && stores) fields.push({ key: stores.field, value: stores.text });
  return fields;
}

function handlerValue(value: Expr, { handler, handlerIdent }: StructParts): string {
  if (value.node.type === 'func_literal') return indentRest(handler.text, '\t');
  return handlerIdent ?? textOf(value).replaceAll('\r\n', '\n');
}

/** `storetypes.StoreUpgrades{}` in the neighbour's words. */
function emptyStores(value: Expr): string {
  const literal = withoutAddressOf(value.node);
  const pointer = value.node.type === 'unary_expression' ? '&' : '';
  const type = textOf(exprAt(value, childByField(literal, 'type') ?? literal));
  return `${pointer}${/^[\w.]+$/.test(type) ? type : 'storetypes.StoreUpgrades'}{}`;
}
