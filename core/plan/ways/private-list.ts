import { isStoreUpgrades } from '../../chain/app/upgrades.ts';
import { insertElement } from '../../edit/list-element.ts';
import { storeCode } from '../../edit/store-code.ts';
import { storeUpgradesLiteral } from '../../edit/write-store-upgrades.ts';
import { indentAt, indentRest } from '../../go/edit/edit.ts';
import { keyedFields } from '../../go/edit/print.ts';
import { exprAt, fieldsOf, textOf } from '../../go/eval/value.ts';
import { childByField, quote, withoutAddressOf } from '../../go/syntax/syntax.ts';
import { Refusal } from '../../refusal.ts';
import type { Registration } from '../../wiring/style.ts';
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
  const like = newestFirst(own, job.name);
  const neighbour = like[0]!;
  const { place, list } = neighbour;
  if (
    !neighbour.struct ||
    (place.node.type !== 'literal_value' && place.node.type !== 'composite_literal')
  )
    throw new Refusal(
      `the newest upgrade is ${textOf(place).slice(0, 60)}, which cannot be followed; add this one by hand`,
      { file: place.facts.path },
    );
  const listed = job.wiring.loadings.some(l => l.code === 'S1');
  const fields = [
    { key: list!.nameField, value: quote(job.name) },
    ...handlerField(job, own, like),
    ...(listed ? storesField(job, like) : []),
  ];
  const type =
    place.node.type === 'composite_literal'
      ? textOf(exprAt(place, childByField(place.node, 'type')!))
      : '';
  const element = `${type}{\n${keyedFields(fields, '\t')}\n}`;
  const indent = indentAt(place.facts.text, place.node.start);
  insertElement(
    job.changes,
    list!.literal,
    place.node,
    indentRest(element, indent),
    isDescending(own),
  );
  if (!listed) loadStores(job, { constant: undefined, after: neighbour.site });
  noteInfo(job);
  if (job.test)
    job.notes.push(
      'No test is written: the upgrades are entries of a list that is private to the app.',
    );
}

/**
 * Where every entry has a handler of its own, a closure that runs migrations; where some do
 * without, the loop's serves this one too.
 */
function handlerField(
  job: Job,
  own: readonly Registration[],
  like: readonly Registration[],
): { key: string; value: string }[] {
  if (own.some(r => !r.handler)) return [];
  const model = like.find(r => r.handler?.node.type === 'func_literal');
  if (!model)
    throw new Refusal('the handlers of this list are not written in it; add this upgrade by hand', {
      file: like[0]!.place.facts.path,
    });
  const handler = ownHandler(job, model, like, []);
  for (const wanted of handler.imports) job.changes.import(model.place.facts.path, wanted);
  return [{ key: model.list!.handlerField, value: indentRest(handler.text, '\t') }];
}

function storesField(job: Job, like: readonly Registration[]): { key: string; value: string }[] {
  if (!changesStores(job)) return [];
  const { repo } = job;
  const found = like.flatMap(r =>
    fieldsOf(r.struct ?? { expr: r.place, body: r.place.node, type: undefined }).filter(f =>
      isStoreUpgrades(repo, f.value),
    ),
  )[0];
  if (!found)
    throw new Refusal(
      'no entry of this list has stores (StoreUpgrades) that could be followed; add this upgrade by hand',
      { file: like[0]!.place.facts.path },
    );
  const literal = withoutAddressOf(found.value.node);
  const { facts } = found.value;
  const code = storeCode(repo, job.app, job.stores, facts, true);
  job.notes.push(...code.notes);
  for (const wanted of code.imports.values()) job.changes.import(facts.path, wanted);
  const type = `${literal === found.value.node ? '' : '&'}${textOf(exprAt(found.value, childByField(literal, 'type') ?? literal))}`;
  return [
    {
      key: found.name,
      value: indentRest(
        storeUpgradesLiteral(type, code.text, /\[\]string\{\s*\n/.test(textOf(found.value))),
        '\t',
      ),
    },
  ];
}
