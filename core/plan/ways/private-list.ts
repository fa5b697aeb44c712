import { insertElement } from '../../edit/list-element.ts';
import { storeCode } from '../../edit/store-code.ts';
import { storeUpgradesLiteral } from '../../edit/write-store-upgrades.ts';
import { indentAt, indentRest } from '../../go/edit/edit.ts';
import { keyedFields } from '../../go/edit/print.ts';
import { fieldsOf, textOf } from '../../go/eval/value.ts';
import { quote, withoutAddressOf } from '../../go/syntax/syntax.ts';
import { Refusal } from '../../refusal.ts';
import { isStoreUpgrades } from '../../wiring/loading/read-store-upgrades.ts';
import type { Registration } from '../../wiring/style.ts';
import { literalType, nodeText } from '../go-tree.ts';
import { ownHandler } from '../handler/own-handler.ts';
import { noteInfo } from '../package/name-constant.ts';
import type { Job } from '../upgrade/job.ts';
import { changesStores } from '../upgrade/job.ts';
import { loadStores } from '../upgrade/load-stores.ts';
import { isDescending, newestFirst } from '../upgrade/neighbour.ts';
import type { Way } from './way.ts';

/**
 * R1d: a list of private structs in the app's own package. An entry says its name, its stores, and
 * a handler unless the loop has one for all.
 */
export const inPrivateList: Way = { codes: ['R1d'], insert: upgradeInPrivateList };

function upgradeInPrivateList(job: Job): undefined {
  const own = job.wiring.registrations.filter(r => r.code === 'R1d');
  const newest = newestFirst(own, job.name);
  const neighbour = newest[0]!;
  const { place, list, struct } = neighbour;
  const { node, facts } = place;
  if (!struct || (node.type !== 'literal_value' && node.type !== 'composite_literal'))
    throw new Refusal(
      `the newest upgrade is ${textOf(place).slice(0, 60)}, which cannot be followed; ` +
        'add this one by hand',
      { file: facts.path },
    );
  const isListed = job.wiring.loadings.some(l => l.code === 'S1');
  const fields = [
    { key: list!.nameField, value: quote(job.name) },
    ...handlerField(job, own, newest),
    ...(isListed ? storesField(job, newest) : []),
  ];
  const type = node.type === 'composite_literal' ? literalType(facts, node) : '';
  const element = `${type}{\n${keyedFields(fields, '\t')}\n}`;
  const indented = indentRest(element, indentAt(facts.text, node.start));
  insertElement(job.changes, list!.literal, node, indented, isDescending(own));
  if (!isListed) loadStores(job, { constant: undefined, after: neighbour.site });
  noteInfo(job);
  if (job.test)
    job.notes.push(
      'No test is written: the upgrades are entries of a list that is private to the app.',
    );
}

interface KeyedField {
  readonly key: string;
  readonly value: string;
}

/**
 * Where every entry has a handler of its own, a closure that runs migrations; where some do
 * without, the loop's serves this one too.
 */
function handlerField(
  job: Job,
  own: readonly Registration[],
  newest: readonly Registration[],
): KeyedField[] {
  if (own.some(r => !r.handler)) return [];
  const model = newest.find(r => r.handler?.node.type === 'func_literal');
  if (!model)
    throw new Refusal('the handlers of this list are not written in it; add this upgrade by hand', {
      file: newest[0]!.place.facts.path,
    });
  const handler = ownHandler(job, model, newest, []);
  for (const spec of handler.imports) job.changes.import(model.place.facts.path, spec);
  return [{ key: model.list!.handlerField, value: indentRest(handler.text, '\t') }];
}

function storesField(job: Job, newest: readonly Registration[]): KeyedField[] {
  if (!changesStores(job)) return [];
  const { repo, app } = job;
  const [found] = newest
    .flatMap(({ struct, place }) =>
      fieldsOf(struct ?? { expr: place, body: place.node, type: undefined }),
    )
    .filter(field => isStoreUpgrades(repo, field.value));
  if (!found)
    throw new Refusal(
      'no entry of this list has stores (StoreUpgrades) that could be followed; ' +
        'add this upgrade by hand',
      { file: newest[0]!.place.facts.path },
    );
  const { facts, node } = found.value;
  const literal = withoutAddressOf(node);
  const code = storeCode(repo, app, job.stores, facts, true);
  job.notes.push(...code.notes);
  for (const spec of code.imports.values()) job.changes.import(facts.path, spec);
  const pointer = literal === node ? '' : '&';
  const type = pointer + (literalType(facts, literal) || nodeText(facts, literal));
  const oneALine = /\[\]string\{\s*\n/.test(textOf(found.value));
  const value = indentRest(storeUpgradesLiteral(type, code.text, oneALine), '\t');
  return [{ key: found.name, value }];
}
