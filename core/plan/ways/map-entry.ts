import { isCandidateOf, isPrerelease } from '../../chain/app/plan-names.ts';
import { storeCode } from '../../edit/store-code.ts';
import { dirname } from '../../files.ts';
import { indentAt, indentRest, lineEnd } from '../../go/edit/edit.ts';
import { qualifierOf } from '../../go/edit/imports.ts';
import { keyedFields, stringSlice } from '../../go/edit/print.ts';
import type { Expr } from '../../go/eval/value.ts';
import { fieldsOf } from '../../go/eval/value.ts';
import { importsOf } from '../../go/source/facts.ts';
import { childByField, quote } from '../../go/syntax/syntax.ts';
import { Refusal } from '../../refusal.ts';
import type { Registration } from '../../wiring/style.ts';
import type { HandlerType } from '../handler/app-handler.ts';
import { appHandler, handlerTypeOf } from '../handler/app-handler.ts';
import { handlerParameters } from '../handler/handler-shape.ts';
import { noteInfo } from '../package/name-constant.ts';
import type { Job } from '../upgrade/job.ts';
import { changesStores } from '../upgrade/job.ts';
import { loadStores } from '../upgrade/load-stores.ts';
import { nameOf } from '../upgrade/neighbour.ts';
import type { Way } from './way.ts';

/**
 * R7a: an entry of a map from plan names to structs with the stores (S5) and a handler of the app's
 * own type.
 */
export const inMap: Way = { codes: ['R7a'], insert: upgradeInMap };

function upgradeInMap(job: Job): undefined {
  const own = job.wiring.registrations.filter(r => r.code === 'R7a');
  const last = own.at(-1)!.place;
  const { facts } = last;
  const looked = job.wiring.loadings.some(l => l.code === 'S5');
  const type = entryHandler(job, own);
  const fields = [
    ...(looked ? storeFields(job, last) : []),
    { key: type.field, value: indentRest(appHandler(job, type), '\t') },
  ];
  const entry = `${quote(job.name)}: {\n${keyedFields(fields, '\t')}\n},`;
  const indent = indentAt(facts.text, last.node.start);
  const end = placeOf(job, own);
  job.changes.edit(facts.path, end, end, `${indent}${indentRest(entry, indent)}\n`);
  if (!looked) loadBeside(job, own);
  noteHabits(job, own);
  noteInfo(job);
  if (job.test)
    job.notes.push(
      'No test is written: the upgrades are entries of a map that is private to the app.',
    );
}

/**
 * Behind the last entry; a candidate of a release that has its entry already, behind the one before
 * that.
 */
function placeOf({ name }: Job, own: readonly Registration[]): number {
  const final = isPrerelease(name) ? own.findIndex(r => isCandidateOf(name, nameOf(r))) : -1;
  const { node, facts } = own[final > 0 ? final - 1 : own.length - 1]!.place;
  const end = lineEnd(facts.text, node.end);
  if (!/^,[ \t]*(\/\/[^\n]*)?\r?\n$/.test(facts.text.slice(node.end, end)))
    throw new Refusal(
      'the entries of the map do not stand on lines of their own; add this upgrade by hand',
      { file: facts.path },
    );
  return end;
}

/**
 * What this chain's entries have that cannot be known here: the release in a comment, and the
 * candidates' own entries.
 */
function noteHabits({ name, notes }: Job, own: readonly Registration[]): void {
  const said = own
    .flatMap(
      ({ place: { facts, node } }) =>
        /^[^\n]*[{,][ \t]*(\/\/[^\n]*\d[^\n]*)/.exec(
          facts.text.slice(node.start, lineEnd(facts.text, node.end)),
        )?.[1] ?? [],
    )
    .at(-1);
  if (said !== undefined)
    notes.push(
      `The entries say which release they are for ("${said.trim()}"): say it behind "${name}" too.`,
    );
  const pair = own.map(nameOf).find(n => own.some(r => isCandidateOf(nameOf(r), n)));
  if (pair !== undefined && !isPrerelease(name) && !own.some(r => isCandidateOf(nameOf(r), name)))
    notes.push(
      `Release candidates have entries of their own in this chain, as ${own.map(nameOf).find(n => isCandidateOf(n, pair))} beside ${pair}: plan one for ${name} too if a test network runs it first.`,
    );
}

/**
 * Where the loader does not look into the map: by the plan's name, unless the entries have fields
 * for stores, which nothing reads then.
 */
function loadBeside(job: Job, own: readonly Registration[]): void {
  const { facts, node } = own[0]!.place;
  const type = childByField(childByField(node.parent!.parent!, 'type'), 'value');
  const struct = type && facts.text.slice(type.start, type.end);
  const fields = job.repo
    .filesOf(dirname(facts.path))
    .some(f =>
      f.types.some(t => t.name === struct && /\bAdded\s/.test(f.text.slice(t.start, t.end))),
    );
  if (fields && changesStores(job))
    throw new Refusal(
      `${struct} has fields for stores, but no store loader looks the planned upgrade up in the map; write one first`,
      { file: facts.path },
    );
  loadStores(job, { constant: undefined, after: own[0]!.site });
}

/**
 * What the struct of the map's entries wants for a handler, with the parameter names of a handler
 * that is there.
 */
function entryHandler({ repo, app }: Job, own: readonly Registration[]): HandlerType {
  const last = own.at(-1)!.place;
  const map = childByField(last.node.parent!.parent!, 'type');
  const value = map && childByField(map, 'value');
  const written = own
    .flatMap(r =>
      r.struct
        ? fieldsOf(r.struct)
            .map(f => f.value)
            .filter(v => v.node.type === 'func_literal')
        : [],
    )
    .at(-1);
  const names = written ? handlerParameters(written.node, written.facts).list.map(p => p.name) : [];
  const found =
    value?.type === 'type_identifier' && dirname(last.facts.path) === app.dir
      ? handlerTypeOf(repo, app.dir, last.facts.text.slice(value.start, value.end), names)
      : undefined;
  if (!found)
    throw new Refusal(
      "the struct of the map's entries has no handler that could be followed; add this upgrade by hand",
      { file: last.facts.path },
    );
  return found;
}

function storeFields(job: Job, { facts }: Expr): { key: string; value: string }[] {
  if (!changesStores(job)) return [];
  const { text, imports, notes } = storeCode(job.repo, job.app, job.stores, facts, true);
  const list = (names: readonly string[]) => stringSlice(names, names.length > 2, '\t');
  job.notes.push(...notes);
  for (const wanted of imports.values()) job.changes.import(facts.path, wanted);
  const types = importsOf(facts).find(i => /\/store(\/v2)?\/types$/.test(i.path));
  if (text.renamed.length && !types)
    throw new Refusal(
      'the file does not import the store types, so a rename cannot be written; add it by hand',
      { file: facts.path },
    );
  return [
    ...(text.added.length ? [{ key: 'Added', value: list(text.added) }] : []),
    ...(text.deleted.length ? [{ key: 'Deleted', value: list(text.deleted) }] : []),
    ...(text.renamed.length
      ? [
          {
            key: 'Renamed',
            value: `[]${qualifierOf(job.repo, dirname(facts.path), types!)}.StoreRename{\n${text.renamed.map(r => `\t\t{OldKey: ${r.from}, NewKey: ${r.to}},`).join('\n')}\n\t}`,
          },
        ]
      : []),
  ];
}
