import type { Eras } from '../../chain/eras/eras.ts';
import { insertAligned, keyedLine } from '../../edit/aligned-line.ts';
import { insertElement } from '../../edit/list-element.ts';
import { lineEnd } from '../../go/edit/edit.ts';
import type { EditBatch } from '../../go/edit/edit-batch.ts';
import { literalBody } from '../../go/edit/repairs.ts';
import type { Expr } from '../../go/eval/value.ts';
import { exprAt } from '../../go/eval/value.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import { namedChildren, quote } from '../../go/syntax/syntax.ts';
import { Refusal } from '../../refusal.ts';
import { eraIdentifier } from './facts.ts';

/** A constant in a group: its name, then its type and value. */
export const constantLine = /^(?<head>\w+)\s+(?<rest>\S.*)$/;

/** Adds an era to the constants, to `Supported`, and to `Since` where a release is named. */
export function addSupported(
  changes: EditBatch,
  eras: Eras,
  name: string,
  since: string | undefined,
): void {
  const ident = eraIdentifier(name);
  if (changes.repo.value(eras.dir, ident))
    throw new Refusal(`${ident} is declared in ${eras.dir} already`);
  addConstant(changes, eras, ident, name);
  const body = literalBody(eras.list.node);
  if (!body) throw computed(eras, 'Supported');
  insertElement(changes, exprAt(eras.list, body), namedChildren(body).at(-1), ident, false);
  if (since !== undefined) addSince(changes, eras, ident, since);
}

function computed({ dir, definition }: Eras, what: string): Refusal {
  return new Refusal(`${what} in ${dir} is computed: write it out, or add the era by hand`, {
    file: definition.facts.path,
  });
}

function addConstant(
  changes: EditBatch,
  { dir, constants }: Eras,
  ident: string,
  name: string,
): void {
  const last = constants.at(-1)?.definition;
  if (!last) throw new Refusal(`${dir} has no constants of type Era; add the era by hand`);
  const { facts, spec } = last;
  const line = `${ident} Era = ${quote(name)}`;
  if (spec.declaration.grouped) {
    insertAligned(changes, facts, placeAt(spec), [line], constantLine);
    return;
  }
  const at = lineEnd(facts.text, spec.declaration.end);
  changes.edit(facts.path, at, at, `const ${line}\n`);
}

/** The place of a constant or variable as the node that stands there. */
export function placeAt({
  start,
  end,
}: {
  readonly start: number;
  readonly end: number;
}): SyntaxNode {
  return { type: 'const_spec', start, end, field: undefined, children: [], parent: undefined };
}

function addSince(changes: EditBatch, eras: Eras, ident: string, since: string): void {
  const found = changes.repo.value(eras.dir, 'Since');
  const node = found?.spec.value;
  const body = node && literalBody(node);
  if (!found || !node || !body) throw computed(eras, 'Since');
  addKeyed(changes, { facts: found.facts, node: body }, ident, quote(since));
}

/** Adds an entry behind the last one of a keyed literal's body, in the column of the others. */
export function addKeyed(changes: EditBatch, body: Expr, key: string, value: string): void {
  const { facts, node } = body;
  const last = namedChildren(node).at(-1);
  const { path, text } = facts;
  if (!last) {
    changes.edit(path, node.start + 1, node.end - 1, `\n\t${key}: ${value},\n`);
    return;
  }
  const isMultiline = text.slice(node.start, last.start).includes('\n');
  if (isMultiline && !value.includes('\n')) {
    insertAligned(changes, facts, last, [`${key}: ${value},`], keyedLine);
    return;
  }
  insertElement(changes, body, last, `${key}: ${value}`, false);
}
