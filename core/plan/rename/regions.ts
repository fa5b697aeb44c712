import { basename, dirname } from '../../files.ts';
import { commentStart } from '../../go/edit/comment-above.ts';
import { lineEnd } from '../../go/edit/edit.ts';
import type { Expr } from '../../go/eval/value.ts';
import type { FileFacts } from '../../go/source/facts.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import { registeredFunction } from '../../wiring/registration/registered-function.ts';
import type { Registration } from '../../wiring/style.ts';
import { functionAround } from '../go-tree.ts';
import { nameConstant, variableOf } from '../package/declarations.ts';
import { spells } from './habits.ts';
import type { RenamedPlan } from './renamed-plan.ts';

/** A stretch of a file, ends exclusive. */
export interface Stretch {
  readonly file: string;
  readonly start: number;
  readonly end: number;
}

/**
 * What in files that other code shares is written about this plan alone: its declarations, its
 * registration, its elements of lists, with the comments above them.
 */
export function ownStretches(plan: RenamedPlan): Stretch[] {
  return plan.registrations.flatMap(one => [
    ...declarationsOf(plan, one),
    ...ownRegistering(plan, one),
    ...[one.place, one.site.call, ...(one.element ? [one.element] : [])].map(pieceAround),
  ]);
}

/** The function that registers it, where that is named for it and registers no other plan. */
function ownRegistering(plan: RenamedPlan, { site }: Registration): Stretch[] {
  const { facts } = site.call;
  const { func } = site;
  const isShared = plan.others.some(
    other => other.site.call.facts.path === facts.path && other.site.func.start === func.start,
  );
  return isShared || !spells(func.name, plan) ? [] : [stretchOf(facts, func.start, func.end)];
}

/** The declarations that hold a place of the plan: a literal of its name there is that name. */
export function nearStretches(plan: RenamedPlan, loaders: readonly Expr[]): Stretch[] {
  const { repo, app, from, registrations } = plan;
  const places = registrations.flatMap(({ place, element, site, stores, nameExpr }) => [
    place,
    site.call,
    nameExpr,
    ...(element ? [element] : []),
    ...(stores ? [stores] : []),
  ]);
  const located = app.upgrades
    .filter(({ name }) => name === from)
    .flatMap(upgrade => (upgrade.stores ? [upgrade.stores.location] : []))
    .flatMap(({ file, start }) => {
      const facts = repo.facts(file);
      return facts ? [{ facts, start }] : [];
    });
  const offsets = [...places, ...loaders].map(({ facts, node }) => ({ facts, start: node.start }));
  return [...offsets, ...located].flatMap(({ facts, start }) => declarationAt(facts, start) ?? []);
}

/** The literals of the plan's stores, in which a text is the name of a store. */
export function storeStretches({ app, from }: RenamedPlan): Stretch[] {
  return app.upgrades
    .filter(({ name }) => name === from)
    .flatMap(({ stores }) => (stores ? [stores.location] : []));
}

function declarationAt(facts: FileFacts, offset: number): Stretch | undefined {
  const found = [...facts.funcs, ...facts.consts, ...facts.vars].find(
    ({ start, end }) => start <= offset && offset < end,
  );
  return found && stretchOf(facts, found.start, found.end);
}

/** The declarations of its name, its struct and its handler, where these are no other plan's. */
function declarationsOf(plan: RenamedPlan, registration: Registration): Stretch[] {
  const { repo, others } = plan;
  const constant = nameConstant(repo, registration.nameExpr);
  const struct = registration.struct && variableOf(registration.struct.expr);
  const handler = registeredFunction(repo, registration);
  const maker = handler && functionAround(handler);
  const isShared =
    handler &&
    (maker === undefined ||
      maker.start === registration.site.func.start ||
      others.some(other => {
        const found = registeredFunction(repo, other);
        const around = found?.facts.path === handler.facts.path ? functionAround(found) : undefined;
        return around?.start === maker.start;
      }));
  return [
    ...[constant, struct].flatMap(found => {
      if (!found) return [];
      const { facts, spec } = found;
      const start = spec.declaration.grouped ? spec.start : spec.declaration.start;
      return isListOfMore(plan, facts, start, spec.end) ? [] : [stretchOf(facts, start, spec.end)];
    }),
    ...(handler && maker && !isShared ? [stretchOf(handler.facts, maker.start, maker.end)] : []),
  ];
}

/** Whether a declaration holds places of other plans too. */
function isListOfMore(
  { others }: RenamedPlan,
  { path }: FileFacts,
  start: number,
  end: number,
): boolean {
  return others.some(
    ({ place, nameExpr }) =>
      (place.facts.path === path && start <= place.node.start && place.node.start < end) ||
      (nameExpr.facts.path === path && start <= nameExpr.node.start && nameExpr.node.start < end),
  );
}

/** The statement, or the element of a list, that something is a part of. */
function pieceAround({ facts, node }: Expr): Stretch {
  let at: SyntaxNode = node;
  while (at.parent && !holders.has(at.parent.type)) at = at.parent;
  // A loop, or a declaration of its own, is no plan's.
  const piece = inLoop(at) || !at.parent ? node : at;
  return stretchOf(facts, piece.start, piece.end);
}

const holders = new Set([
  'block',
  'literal_value',
  'expression_case',
  'default_case',
  'argument_list',
]);

function inLoop(node: SyntaxNode): boolean {
  for (let at: SyntaxNode | undefined = node; at; at = at.parent)
    if (at.type === 'for_statement') return true;
  return false;
}

/** With the comment lines above, and one at the end of its last line. */
function stretchOf(facts: FileFacts, start: number, end: number): Stretch {
  const { text, path } = facts;
  return { file: path, start: commentStart(text, start), end: lineEnd(text, end) };
}

/**
 * The files of a shared folder that are named for this plan, and hold declarations of it and of no
 * other.
 */
export function ownFiles(plan: RenamedPlan, stretches: readonly Stretch[]): string[] {
  const { repo, others, registrations } = plan;
  const declared = registrations.flatMap(one => declarationsOf(plan, one).map(({ file }) => file));
  const foreign = new Set(
    others.flatMap(one => [
      one.place.facts.path,
      one.nameExpr.facts.path,
      one.site.call.facts.path,
    ]),
  );
  const files = [...new Set([...declared, ...stretches.map(({ file }) => file)])]
    .filter(file => !foreign.has(file) && !plan.ownDirs.includes(dirname(file)))
    .filter(file => declared.includes(file) && spells(basename(file), plan));
  const tests = files
    .map(file => file.replace(/\.go$/, '_test.go'))
    .filter(file => repo.texts.has(file));
  return [...files, ...tests];
}
