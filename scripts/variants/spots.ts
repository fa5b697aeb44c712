import type { Analysis } from '../../core/chain/analysis.ts';
import { handlersOf } from '../../core/chain/app/handler-code.ts';
import type { Expr } from '../../core/go/eval/value.ts';
import type { Registration } from '../../core/wiring/style.ts';
import type { GoFile, Span } from './go-file.ts';
import { declarationAt, overlap } from './go-file.ts';
import type { Project } from './project.ts';
import type { Rewriter, Rewriting } from './rewriter.ts';

/** Where something of the chain is written, by file. */
export type Spots = ReadonlyMap<string, readonly Span[]>;

/** The places that a chain was read from: what is rewritten there matters. */
export function spotsOf({ repo, chain, wiringOf }: Analysis): Spots {
  const spots = new Map<string, Span[]>();
  const add = (file: string, { start, end }: Span) => {
    if (!file.endsWith('.go')) return;
    const known = spots.get(file);
    if (known) known.push({ start, end });
    else spots.set(file, [{ start, end }]);
  };
  for (const { file, start, end } of locationsIn(chain)) add(file, { start, end });
  for (const constant of constantsIn(chain)) {
    const dot = constant.lastIndexOf('.');
    const dir = repo.dirOf(constant.slice(0, dot));
    const found = dir === undefined ? [] : repo.values(dir, constant.slice(dot + 1));
    for (const { facts, spec } of found) add(facts.path, spec);
  }
  const addExpr = (expr: Expr | undefined) => expr && add(expr.facts.path, expr.node);
  for (const app of chain.apps) {
    const wiring = wiringOf(app);
    for (const registration of wiring.registrations) exprsOf(registration).forEach(addExpr);
    for (const { site } of wiring.loadings) addExpr(site.call);
    for (const { list } of wiring.lists) addExpr(list.literal);
    for (const { facts, fn } of handlersOf(repo, app, wiring)) add(facts.path, fn);
  }
  return spots;
}

function exprsOf({ site, nameExpr, place, list, element, handler, stores }: Registration) {
  return [site.call, nameExpr, place, list?.literal, element, handler, stores];
}

function locationsIn(value: unknown): (Span & { readonly file: string })[] {
  if (typeof value !== 'object' || value === null) return [];
  if ('file' in value && 'start' in value && 'end' in value)
    return [value as Span & { readonly file: string }];
  return Object.values(value).flatMap(locationsIn);
}

/** The constants that names were written with, as `importpath.Ident`. */
function constantsIn(value: unknown): Set<string> {
  const found = new Set<string>();
  const walk = (at: unknown): void => {
    if (typeof at !== 'object' || at === null) return;
    if ('const' in at && typeof at.const === 'string') found.add(at.const);
    Object.values(at).forEach(walk);
  };
  walk(value);
  return found;
}

/**
 * The rewritings of one rewriter that are tried, at most `limit` and none over another: first those
 * that touch a place of the chain, then those in the same declarations; spread over the files.
 */
export function chosenPlaces(
  rewriter: Rewriter,
  project: Project,
  spots: Spots,
  limit: number,
): Rewriting[] {
  const sound = [...spots].filter(([path]) => project.isSound(path));
  const perFile = sound.map(([path, spans]) => {
    const file = project.file(path);
    const all = [...rewriter.places(file, project)];
    const near = all.filter(one => touches(one, spans));
    const beside = all.filter(one => !near.includes(one) && sharesDeclaration(file, one, spans));
    return { near, beside };
  });
  const inTurns = [
    ...takeTurns(perFile.map(({ near }) => near)),
    ...takeTurns(perFile.map(({ beside }) => beside)),
  ];
  return apart(inTurns, limit);
}

/** The first rewritings, at most `limit`, that can be made together. */
export function apart(rewritings: readonly Rewriting[], limit = Infinity): Rewriting[] {
  const chosen: Rewriting[] = [];
  for (const one of rewritings) {
    if (chosen.length >= limit) break;
    if (!chosen.some(other => collide(one, other))) chosen.push(one);
  }
  return chosen;
}

function touches({ place, edits }: Rewriting, spans: readonly Span[]): boolean {
  return spans.some(
    span =>
      overlap(place, span) || edits.some(edit => edit.end > edit.start && overlap(edit, span)),
  );
}

function sharesDeclaration(file: GoFile, { place }: Rewriting, spans: readonly Span[]): boolean {
  const declaration = declarationAt(file, place);
  return declaration !== undefined && spans.some(span => overlap(declaration, span));
}

/** One of each list, then the next of each. */
function takeTurns<T>(lists: readonly (readonly T[])[]): T[] {
  const most = Math.max(0, ...lists.map(list => list.length));
  return Array.from({ length: most }, (_, i) => lists.flatMap(list => list.slice(i, i + 1))).flat();
}

function collide(a: Rewriting, b: Rewriting): boolean {
  if (a.path !== b.path) return false;
  return (
    overlap(a.place, b.place) ||
    a.edits.some(edit => overlap(edit, b.place) || b.edits.some(other => overlap(edit, other))) ||
    b.edits.some(edit => overlap(edit, a.place))
  );
}
