import { storeCode } from '../../edit/store-code.ts';
import type { StoresText } from '../../edit/write-store-upgrades.ts';
import { stringSlice } from '../../go/edit/print.ts';
import { statementAround } from '../../go/edit/repairs.ts';
import { textOf } from '../../go/eval/value.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import {
  callArguments,
  childByField,
  childrenByField,
  findAll,
  namedChildren,
  withoutParens,
} from '../../go/syntax/syntax.ts';
import type { Registration, Site } from '../../wiring/style.ts';
import type { Job } from '../upgrade/job.ts';
import { changesStores } from '../upgrade/job.ts';

/** A parameter of a helper, and what it is for. */
interface Parameter {
  readonly name: string;
  readonly type: string;
  readonly variadic: boolean;
  readonly role: 'name' | 'Added' | 'Deleted' | 'Renamed' | 'other';
}

/**
 * R5, where a helper takes the name: its call for the new upgrade, as the neighbour's statement has
 * it. Stores go to the parameters that the helper loads (S6). Undefined where the helper has none
 * for stores that are asked for.
 */
export function helperStatement(job: Job, model: Registration, name: string): string | undefined {
  const { facts, node } = model.place;
  const given = callArguments(node);
  const parameters = parametersOf(model);
  const code = storeCode(job.repo, job.app, job.stores, facts, true);
  const wanted = changesStores(job);
  const taken = new Set(parameters.map(p => p.role));
  if (
    (['Added', 'Deleted', 'Renamed'] as const).some(
      role => listOf(code.text, role).length > 0 && !taken.has(role),
    )
  )
    return undefined;
  const texts = parameters.flatMap((p, i): string[] => {
    if (p.role === 'name') return [name];
    if (p.role === 'other') return given[i] ? [textOf({ facts, node: given[i] })] : [];
    return storeArgument(p, code.text);
  });
  if (wanted) {
    job.notes.push(...code.notes);
    for (const wantedImport of code.imports.values()) job.changes.import(facts.path, wantedImport);
  }
  const statement = statementAround(node);
  const list = childByField(node, 'arguments')!;
  return `${facts.text.slice(statement.start, list.start)}(${texts.join(', ')})${facts.text.slice(node.end, statement.end)}`;
}

function listOf(stores: StoresText, role: 'Added' | 'Deleted' | 'Renamed'): readonly unknown[] {
  return role === 'Added' ? stores.added : role === 'Deleted' ? stores.deleted : stores.renamed;
}

function storeArgument({ role, type, variadic }: Parameter, stores: StoresText): string[] {
  if (role === 'Renamed')
    return stores.renamed.length
      ? [`${type}{${stores.renamed.map(r => `{OldKey: ${r.from}, NewKey: ${r.to}}`).join(', ')}}`]
      : variadic
        ? []
        : ['nil'];
  const names = role === 'Added' ? stores.added : stores.deleted;
  if (variadic) return [...names];
  return [names.length ? stringSlice(names, false, '') : 'nil'];
}

/**
 * The helper's parameters; those for stores are told by the field of the StoreUpgrades literal that
 * it fills with them.
 */
function parametersOf({ site }: Registration): Parameter[] {
  const { text } = site.call.facts;
  const given = withoutParens(callArguments(site.call.node)[0]!);
  const fields = storeFields(site);
  const declared = namedChildren(childByField(site.fn, 'parameters')).flatMap(p => {
    const type = childByField(p, 'type');
    const written = type ? text.slice(type.start, type.end) : '';
    return childrenByField(p, 'name').map(n => ({
      name: text.slice(n.start, n.end),
      type: written,
      variadic: p.type === 'variadic_parameter_declaration',
    }));
  });
  return declared.map(p => ({
    ...p,
    role: p.name === text.slice(given.start, given.end) ? 'name' : (fields.get(p.name) ?? 'other'),
  }));
}

function storeFields({ fn, call }: Site): Map<string, 'Added' | 'Deleted' | 'Renamed'> {
  const { text } = call.facts;
  const said = (n: SyntaxNode | undefined) => (n ? text.slice(n.start, n.end) : '');
  const found = new Map<string, 'Added' | 'Deleted' | 'Renamed'>();
  for (const literal of findAll(fn, 'composite_literal').filter(l =>
    /(^|\.)StoreUpgrades$/.test(said(childByField(l, 'type'))),
  )) {
    for (const field of namedChildren(childByField(literal, 'body')).filter(
      n => n.type === 'keyed_element',
    )) {
      const [key, value] = namedChildren(field);
      const name = said(key);
      if (name === 'Added' || name === 'Deleted' || name === 'Renamed')
        found.set(said(value), name);
    }
  }
  return found;
}
