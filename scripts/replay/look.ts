import type { Analysis } from '../../core/chain/analysis.ts';
import { basename, dirname } from '../../core/files.ts';
import { nodeAt } from '../../core/go/edit/repairs.ts';
import type { Expr } from '../../core/go/eval/value.ts';
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
import { handlerShape } from '../../core/plan/handler/handler-shape.ts';
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
  const shape = own.handler && handlerShape(repo, own.handler, name);
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
function form({ place, list, struct, nameExpr, handler }: Registration): string {
  const node = withoutParens(place.node);
  if (list && node.type !== 'call_expression')
    return struct && struct.expr.node === place.node
      ? `{${fieldsOf(struct)
          .map(f => f.name)
          .join(', ')}}`
      : short(textOf(place));
  // What an entry's fields hold is the upgrade's own.
  if (node.type !== 'call_expression')
    return `${short(textOf(place)).replace(/\{.*$/, '')}${
      struct
        ? `{${fieldsOf(struct)
            .map(f => f.name)
            .join(', ')}}`
        : ''
    }`;
  const given = handler && withoutParens(handler.node);
  const made = !given
    ? ''
    : given.type === 'func_literal'
      ? 'func'
      : given.type === 'call_expression'
        ? `${textOf(exprAt(handler, childByField(given, 'function')!))}(…)`
        : short(textOf(handler));
  const inside = (e: Expr) =>
    e.facts === place.facts && node.start <= e.node.start && e.node.end <= node.end;
  const first = callArguments(node)[0];
  return `${short(textOf(exprAt(place, childByField(node, 'function')!)))}(${[inside(nameExpr) ? textOf(nameExpr) : first && textOf(exprAt(place, first)).length < 60 ? short(textOf(exprAt(place, first))) : '', handler && inside(handler) ? made : ''].filter(Boolean).join(', ')})`;
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
  return (
    found &&
    `${found.alias ? found.alias + ' ' : ''}${dirname(found.path).split('/').at(-1)}/${basename(found.path)}`
  );
}

/** The case or condition that a literal stands under. */
function branch(facts: FileFacts, literal: SyntaxNode): string {
  const around = enclosing(literal, 'expression_case', 'if_statement');
  if (!around) return '';
  const label = childByField(around, around.type === 'if_statement' ? 'condition' : 'value');
  return label
    ? `${around.type === 'if_statement' ? 'if' : 'case'} ${short(facts.text.slice(label.start, label.end))}`
    : '';
}

function short(text: string): string {
  return text.replace(/\s+/g, ' ');
}
