import { storeCode } from '../../edit/store-code.ts';
import type { StoresText } from '../../edit/write-store-upgrades.ts';
import { stringSlice } from '../../go/edit/print.ts';
import { statementAround } from '../../go/edit/repairs.ts';
import {
  callArguments,
  childByField,
  childrenByField,
  findAll,
  namedChildren,
  withoutParens,
} from '../../go/syntax/syntax.ts';
import type { Registration, Site } from '../../wiring/style.ts';
import { literalType, nodeText } from '../go-tree.ts';
import type { Job } from '../upgrade/job.ts';
import { changesStores } from '../upgrade/job.ts';

type StoreField = 'Added' | 'Deleted' | 'Renamed';

const storeFieldNames: readonly StoreField[] = ['Added', 'Deleted', 'Renamed'];

/** A parameter of a helper, and what it is for. */
interface Parameter {
  readonly name: string;
  readonly type: string;
  readonly variadic: boolean;
  readonly role: 'name' | StoreField | 'other';
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
  const roles = new Set(parameters.map(p => p.role));
  const isMissing = storeFieldNames.some(
    field => storesFor(field, code.text).length > 0 && !roles.has(field),
  );
  if (isMissing) return undefined;
  const texts = parameters.flatMap((parameter, i): string[] => {
    if (parameter.role === 'name') return [name];
    if (parameter.role !== 'other') return storeArgument(parameter, code.text);
    return given[i] ? [nodeText(facts, given[i])] : [];
  });
  if (changesStores(job)) {
    job.notes.push(...code.notes);
    for (const spec of code.imports.values()) job.changes.import(facts.path, spec);
  }
  const statement = statementAround(node);
  const list = childByField(node, 'arguments')!;
  const before = facts.text.slice(statement.start, list.start);
  const behind = facts.text.slice(node.end, statement.end);
  return `${before}(${texts.join(', ')})${behind}`;
}

function storesFor(field: StoreField, { added, deleted, renamed }: StoresText): readonly unknown[] {
  switch (field) {
    case 'Added':
      return added;
    case 'Deleted':
      return deleted;
    case 'Renamed':
      return renamed;
  }
}

/** The argument for a parameter that takes stores; none for a variadic one without stores. */
function storeArgument({ role, type, variadic }: Parameter, stores: StoresText): string[] {
  if (role !== 'Renamed') {
    const names = role === 'Added' ? stores.added : stores.deleted;
    if (variadic) return [...names];
    return [names.length > 0 ? stringSlice(names, false, '') : 'nil'];
  }
  if (stores.renamed.length === 0) return variadic ? [] : ['nil'];
  const renames = stores.renamed.map(({ from, to }) => `{OldKey: ${from}, NewKey: ${to}}`);
  return [`${type}{${renames.join(', ')}}`];
}

/**
 * The helper's parameters; those for stores are recognised by the field of the StoreUpgrades
 * literal that the helper fills with them.
 */
function parametersOf({ site }: Registration): Parameter[] {
  const { facts } = site.call;
  const planName = nodeText(facts, withoutParens(callArguments(site.call.node)[0]!));
  const fields = storeFields(site);
  return namedChildren(childByField(site.fn, 'parameters')).flatMap(declaration => {
    const type = nodeText(facts, childByField(declaration, 'type'));
    const variadic = declaration.type === 'variadic_parameter_declaration';
    return childrenByField(declaration, 'name').map((node): Parameter => {
      const name = nodeText(facts, node);
      const role = name === planName ? 'name' : (fields.get(name) ?? 'other');
      return { name, type, variadic, role };
    });
  });
}

/** The fields of StoreUpgrades that a function fills, by what it fills them with. */
function storeFields({ fn, call: { facts } }: Site): ReadonlyMap<string, StoreField> {
  const found = new Map<string, StoreField>();
  const literals = findAll(fn, 'composite_literal').filter(literal =>
    /(^|\.)StoreUpgrades$/.test(literalType(facts, literal)),
  );
  for (const element of literals.flatMap(literal => namedChildren(childByField(literal, 'body')))) {
    if (element.type !== 'keyed_element') continue;
    const [key, value] = namedChildren(element);
    const field = storeFieldNames.find(name => name === nodeText(facts, key));
    if (field) found.set(nodeText(facts, value), field);
  }
  return found;
}
