import type { Analysis } from '../../core/chain/analysis.ts';
import { basename, dirname } from '../../core/files.ts';
import { nodeAt } from '../../core/go/edit/repairs.ts';
import type { Expr, StructValue } from '../../core/go/eval/value.ts';
import { exprAt, fieldsOf, resolve, textOf } from '../../core/go/eval/value.ts';
import { enclosingDeclaration } from '../../core/go/source/declaration.ts';
import type { FileFacts } from '../../core/go/source/facts.ts';
import { importsOf } from '../../core/go/source/facts.ts';
import type { SyntaxNode } from '../../core/go/syntax/syntax.ts';
import {
  callArguments,
  childByField,
  enclosing,
  withoutParens,
} from '../../core/go/syntax/syntax.ts';
import { registeredHandler } from '../../core/plan/handler/handler-shape.ts';
import type { Registration } from '../../core/wiring/style.ts';

/**
 * What an upgrade looks like in a repository, as lines of text under headings that can be compared.
 */
export type Look = ReadonlyMap<string, string>;

/** Headings that belong to the upgrade's own code; the others belong to the app's. */
export const layout = ['folder', 'package clause', 'name', 'struct', 'handler', 'stores'] as const;

/** Reads how an upgrade looks; undefined where nothing registers it. */
export function lookOf(
  { repo, chain, wiringOf }: Analysis,
  dir: string,
  name: string,
): Look | undefined {
  const app = chain.apps.find(one => one.dir === dir);
  const upgrade = app?.upgrades.find(one => one.registered && one.name === name);
  if (!app || !upgrade) return undefined;
  const wiring = wiringOf(app);
  const all = wiring.registrations;
  const own = all.find(r => nameOf(r) === name);
  if (!own) return undefined;
  const said = new Map<string, string | undefined>();
  const file = own.place.facts;
  const shape = registeredHandler(repo, own);
  said.set('folder', own.package);
  said.set('package clause', repo.filesOf(own.package)[0]?.package);
  said.set('name', where(constantOf(repo, own.nameExpr) ?? own.nameExpr));
  said.set('struct', own.struct && where(own.struct.expr));
  said.set(
    'handler',
    shape && where({ facts: shape.facts, node: shape.maker?.node ?? shape.closure.node }),
  );
  const { stores } = upgrade;
  const literal = stores && repo.facts(stores.location.file);
  const listed =
    stores && stores.added.length + stores.deleted.length + stores.renamed.length > 0 && literal;
  said.set(
    'stores',
    listed
      ? `${basename(stores.location.file)}: ${enclosingDeclaration(literal, stores.location.start)}`
      : undefined,
  );
  said.set('registered in', `${file.path}: ${enclosingDeclaration(file, own.place.node.start)}`);
  said.set('registered as', form(own));
  said.set('behind', neighboursOf(all, own));
  said.set(
    'earlier upgrades kept',
    app.upgrades
      .filter(u => u.registered && u.name !== name && u.name !== null)
      .map(u => u.name)
      .join(', '),
  );
  said.set('import', importOf(repo.importPath(own.package), file));
  const loading = listed ? nodeAt(literal, stores.location) : undefined;
  said.set(
    'stores loaded by',
    loading && listed
      ? `${app.storeStyle.join(', ')} ${branch(listed, loading)}`.trim()
      : undefined,
  );
  return new Map(
    [...said].filter(
      (entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== '',
    ),
  );
}

function nameOf({ name }: Registration): string | undefined {
  return name.kind === 'known' ? name.value : undefined;
}

/** File and declaration of a piece of code. */
function where({ facts, node }: Expr): string {
  return `${basename(facts.path)}: ${enclosingDeclaration(facts, node.start)}`;
}

function constantOf(repo: Analysis['repo'], expr: Expr): Expr | undefined {
  const target = resolve(repo, expr);
  return 'expr' in target ? target.expr : undefined;
}

/**
 * The registration without what each upgrade's handler needs: an element as it is, a call by its
 * name and the functions it calls.
 */
function form(registration: Registration): string {
  const { place, list, struct } = registration;
  const node = withoutParens(place.node);
  if (node.type === 'call_expression') return callForm(registration, node);
  if (!list) {
    // What an entry's fields hold is the upgrade's own.
    const start = short(textOf(place)).replace(/\{.*$/, '');
    return struct ? `${start}${fieldNames(struct)}` : start;
  }
  const isStruct = struct && struct.expr.node === place.node;
  return isStruct ? fieldNames(struct) : short(textOf(place));
}

function fieldNames(struct: StructValue): string {
  const names = fieldsOf(struct).map(field => field.name);
  return `{${names.join(', ')}}`;
}

/** A registering call: the function, the upgrade's name and how its handler is given. */
function callForm({ place, nameExpr, handler }: Registration, node: SyntaxNode): string {
  const isInside = (expr: Expr) =>
    expr.facts === place.facts && node.start <= expr.node.start && expr.node.end <= node.end;
  const callee = textOf(exprAt(place, childByField(node, 'function')!));
  const name = isInside(nameExpr) ? textOf(nameExpr) : firstArgument(place, node);
  const given = handler && isInside(handler) ? handlerForm(handler) : '';
  return `${short(callee)}(${[name, given].filter(Boolean).join(', ')})`;
}

/** The first argument where it is short. */
function firstArgument(place: Expr, call: SyntaxNode): string {
  const first = callArguments(call)[0];
  const text = first && textOf(exprAt(place, first));
  return text && text.length < 60 ? short(text) : '';
}

/** A handler as it is given: written in place, made by a call, or named. */
function handlerForm(handler: Expr): string {
  const given = withoutParens(handler.node);
  if (given.type === 'func_literal') return 'func';
  if (given.type !== 'call_expression') return short(textOf(handler));
  return `${textOf(exprAt(handler, childByField(given, 'function')!))}(…)`;
}

/** The registrations in front of it in the same declaration, the nearest first. */
function neighboursOf(all: readonly Registration[], own: Registration): string {
  const { facts, node } = own.place;
  const around = enclosingDeclaration(facts, node.start);
  const before = all.filter(
    r =>
      r.place.facts === facts &&
      enclosingDeclaration(facts, r.place.node.start) === around &&
      r.place.node.start < node.start,
  );
  return before
    .sort((a, b) => b.place.node.start - a.place.node.start)
    .map(r => nameOf(r) ?? '?')
    .join(', ');
}

function importOf(path: string | undefined, facts: FileFacts): string | undefined {
  const found = importsOf(facts).find(one => one.path === path);
  if (!found) return undefined;
  const end = `${dirname(found.path).split('/').at(-1)}/${basename(found.path)}`;
  return found.alias ? `${found.alias} ${end}` : end;
}

/** The case or condition around a literal. */
function branch(facts: FileFacts, literal: SyntaxNode): string {
  const around = enclosing(literal, 'expression_case', 'if_statement');
  if (!around) return '';
  const isCondition = around.type === 'if_statement';
  const label = childByField(around, isCondition ? 'condition' : 'value');
  if (!label) return '';
  return `${isCondition ? 'if' : 'case'} ${short(facts.text.slice(label.start, label.end))}`;
}

function short(text: string): string {
  return text.replace(/\s+/g, ' ');
}
