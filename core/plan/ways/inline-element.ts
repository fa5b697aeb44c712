import { commentAbove } from '../../go/edit/comment-above.ts';
import { indentAt, indentRest, lineEnd } from '../../go/edit/edit.ts';
import { keyedFields } from '../../go/edit/print.ts';
import { exprAt, fieldsOf, textOf } from '../../go/eval/value.ts';
import type { FileFacts } from '../../go/source/facts.ts';
import { withoutAddressOf, withoutParens } from '../../go/syntax/syntax.ts';
import { Refusal } from '../../refusal.ts';
import type { Registration, UpgradeList } from '../../wiring/style.ts';
import { hasWord, literalType } from '../go-tree.ts';
import type { HandlerPlan } from '../handler/handler.ts';
import { renderHandler } from '../handler/handler.ts';
import type { HandlerShape } from '../handler/handler-shape.ts';
import { registeredHandler } from '../handler/handler-shape.ts';
import { isReusable, isShared } from '../handler/reusable.ts';
import { respellIdentifier } from '../package/naming.ts';
import { newName } from '../package/new-name.ts';
import { structStores } from '../package/struct-stores.ts';
import type { Job } from '../upgrade/job.ts';
import { nameOf } from '../upgrade/neighbour.ts';

// Elements that are written into their list: `{UpgradeName: "v3", CreateUpgradeHandler: …}`.

/** Whether an element is a literal that stands in its list. */
export function isInline({ place, struct }: Registration): boolean {
  const { type } = withoutAddressOf(place.node);
  return struct !== undefined && (type === 'literal_value' || type === 'composite_literal');
}

/** Whether one more can be written like it: its handler is there to be followed. */
export function canFollowInline(job: Job, registration: Registration): boolean {
  return isInline(registration) && handlerWay(job, registration) !== undefined;
}

/** The new upgrade's element, like a neighbour's in the same list; `newest` first. */
export function inlineElement(
  job: Job,
  found: UpgradeList,
  neighbour: Registration,
  newest: readonly Registration[],
): string {
  const { place, list, struct, nameExpr } = neighbour;
  const { facts } = place;
  const stores = structStores(job, neighbour, found);
  const fields = fieldsOf(struct!).flatMap(({ name: key }) => {
    if (key === list!.nameField) return [{ key, value: newName(job, neighbour, nameExpr) }];
    if (key !== list!.handlerField) return [];
    return [{ key, value: inlineHandler(job, neighbour, newest) }];
  });
  if (stores) {
    fields.push({ key: stores.field, value: stores.text });
    for (const spec of stores.imports.values()) job.changes.import(facts.path, spec);
  }
  const literal = withoutAddressOf(place.node);
  const pointer = literal === place.node ? '' : '&';
  const head = pointer + literalType(facts, literal);
  const isOneLine = !textOf(place).includes('\n') && fields.every(f => !f.value.includes('\n'));
  if (isOneLine) return `${head}{${fields.map(f => `${f.key}: ${f.value}`).join(', ')}}`;
  const text = `${head}{\n${keyedFields(fields, '\t')}\n}`;
  return indentRest(text, indentAt(facts.text, place.node.start));
}

/** How the new element gets its handler. */
type HandlerWay =
  | { readonly kind: 'literal'; readonly shape: HandlerShape }
  | { readonly kind: 'reused'; readonly from: Registration }
  | { readonly kind: 'function'; readonly shape: HandlerShape; readonly ident: string };

/**
 * A literal like the neighbour's; the neighbour's own function or that of another element, where it
 * is not one upgrade's own; else a new function beside the neighbour's, whose name has to tell how
 * that is called. Undefined where nothing of it can be had.
 */
function handlerWay(job: Job, neighbour: Registration): HandlerWay | undefined {
  const { repo, wiring } = job;
  const { handler, list } = neighbour;
  const shape = registeredHandler(repo, neighbour);
  if (!handler || !shape) return undefined;
  if (withoutParens(handler.node).type === 'func_literal') return { kind: 'literal', shape };
  const all = wiring.registrations;
  const ident = newIdentifier(job, neighbour, shape);
  const isOwn = ident !== undefined && !isShared(repo, neighbour, all);
  if (!isOwn && isReusable(repo, neighbour, all)) return { kind: 'reused', from: neighbour };
  const common = all.find(
    other =>
      other.list?.literal.node === list?.literal.node &&
      isInline(other) &&
      other.handler !== undefined &&
      isReusable(repo, other, all) &&
      newIdentifier(job, other, registeredHandler(repo, other)!) === undefined,
  );
  if (common) return { kind: 'reused', from: common };
  return ident === undefined ? undefined : { kind: 'function', shape, ident };
}

/** What a new function beside a handler's is called; undefined where its name tells no plan. */
function newIdentifier(
  job: Job,
  registration: Registration,
  { facts, maker, closure }: HandlerShape,
): string | undefined {
  const node = maker?.node ?? closure.node;
  const func = facts.funcs.find(({ syntax }) => syntax === node);
  if (!func || func.receiver) return undefined;
  const ident = respellIdentifier({ name: nameOf(registration), text: func.name }, job.name);
  return ident === func.name || (ident && hasWord(facts.text, ident)) ? undefined : ident;
}

/** The handler of a new element, with what it needs in the list's file. */
export function inlineHandler(
  job: Job,
  neighbour: Registration,
  newest: readonly Registration[],
): string {
  const way = handlerWay(job, neighbour);
  if (!way)
    throw new Refusal(
      `the handler of ${nameOf(neighbour)} cannot be followed; add this upgrade by hand`,
      { file: neighbour.place.facts.path },
    );
  if (way.kind === 'reused') return textOf(way.from.handler!);
  const shapes = newest
    .map(registration => registeredHandler(job.repo, registration))
    .filter(shape => shape !== undefined);
  const { shape } = way;
  if (way.kind === 'literal') {
    const plan = rendered(job, shape, shapes, undefined);
    importUsed(job, neighbour.place.facts, plan);
    return indentRest(plan.text, '\t');
  }
  addFunction(job, shape, rendered(job, shape, shapes, way.ident), way.ident);
  const handler = neighbour.handler!;
  const text = textOf(exprAt(handler, withoutParens(handler.node)));
  const old = shape.maker?.name ?? nameOfFunction(shape);
  return text.slice(0, text.length - old.length) + way.ident;
}

function rendered(
  job: Job,
  signature: HandlerShape,
  shapes: readonly HandlerShape[],
  ident: string | undefined,
): HandlerPlan {
  const request = { name: job.name, shapes, signature, ident, parameters: 'all' as const };
  return renderHandler(job.repo, { ...request, inReach: new Set() });
}

function nameOfFunction({ facts, closure }: HandlerShape): string {
  return facts.funcs.find(({ syntax }) => syntax === closure.node)?.name ?? '';
}

/** Declares the new handler's function below the one that it is made after. */
function addFunction(job: Job, shape: HandlerShape, plan: HandlerPlan, ident: string): void {
  const { facts, maker, closure } = shape;
  const { start, end } = maker?.node ?? closure.node;
  // The neighbour's comment says what its own steps do.
  const hasComment = commentAbove(facts.text, start) !== '';
  const above = hasComment ? `// ${ident} makes the handler of ${job.name}.\n` : '';
  // A function that is the handler itself is written as a literal, without a name.
  const code = maker ? plan.text : plan.text.replace(/^func\(/, `func ${ident}(`);
  const at = lineEnd(facts.text, end);
  job.changes.edit(facts.path, at, at, `\n${above}${code}\n`);
  importUsed(job, facts, plan);
}

function importUsed(job: Job, facts: FileFacts, { text, imports }: HandlerPlan): void {
  for (const [name, spec] of imports)
    if (new RegExp(`\\b${name}\\.`).test(text)) job.changes.import(facts.path, spec);
}
