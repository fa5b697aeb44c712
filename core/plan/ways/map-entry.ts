import { isCandidateOf, isPrerelease } from '../../chain/app/plan-names.ts';
import { storeCode } from '../../edit/store-code.ts';
import { dirname } from '../../files.ts';
import { indentAt, indentRest, lineEnd } from '../../go/edit/edit.ts';
import { qualifierOf } from '../../go/edit/imports.ts';
import { keyedFields, stringSlice } from '../../go/edit/print.ts';
import { literalListType } from '../../go/eval/list-type.ts';
import type { Expr } from '../../go/eval/value.ts';
import { fieldsOf, textOf } from '../../go/eval/value.ts';
import type { Repo } from '../../go/repo/repo.ts';
import { importsOf } from '../../go/source/facts.ts';
import { childByField, findAll, quote } from '../../go/syntax/syntax.ts';
import { Refusal } from '../../refusal.ts';
import type { Registration } from '../../wiring/style.ts';
import { nodeText } from '../go-tree.ts';
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
  const isLookedUp = job.wiring.loadings.some(l => l.code === 'S5');
  const type = entryHandler(job, own);
  const fields = [
    ...(isLookedUp ? storeFields(job, last) : []),
    { key: type.field, value: indentRest(appHandler(job, type), '\t') },
  ];
  const entry = `${quote(job.name)}: {\n${keyedFields(fields, '\t')}\n},`;
  const indent = indentAt(facts.text, last.node.start);
  const end = placeOf(job, own);
  job.changes.edit(facts.path, end, end, `${indent}${indentRest(entry, indent)}\n`);
  if (!isLookedUp) loadBeside(job, own);
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
      'the entries of the map are not on lines of their own; add this upgrade by hand',
      { file: facts.path },
    );
  return end;
}

/**
 * Notes what this chain's entries have that cannot be known here: the release in a comment, and the
 * candidates' own entries.
 */
function noteHabits({ name, notes }: Job, own: readonly Registration[]): void {
  const comment = own.flatMap(({ place }) => versionComment(place) ?? []).at(-1);
  if (comment !== undefined)
    notes.push(
      `The entries say which release they are for ("${comment.trim()}"): ` +
        `say it behind "${name}" too.`,
    );
  const names = own.map(nameOf);
  const hasCandidate = (release: string) => names.some(other => isCandidateOf(other, release));
  const release = names.find(hasCandidate);
  if (release === undefined || isPrerelease(name) || hasCandidate(name)) return;
  const candidate = names.find(other => isCandidateOf(other, release))!;
  notes.push(
    `Release candidates have entries of their own in this chain, as ${candidate} beside ` +
      `${release}: plan one for ${name} too if a test network runs it first.`,
  );
}

/** The comment with a number at the end of an entry's first line. */
function versionComment({ facts, node }: Expr): string | undefined {
  const entry = facts.text.slice(node.start, lineEnd(facts.text, node.end));
  return /^[^\n]*[{,][ \t]*(\/\/[^\n]*\d[^\n]*)/.exec(entry)?.[1];
}

/**
 * Where the loader does not look into the map: by the plan's name, unless the entries have fields
 * for stores, which nothing reads then.
 */
function loadBeside(job: Job, own: readonly Registration[]): void {
  const { place, site } = own[0]!;
  const type = valueType(job.repo, place);
  const struct = type ? textOf(type) : '';
  const hasFields = job.repo.filesOf(dirname(place.facts.path)).some(facts =>
    facts.types
      .filter(spec => spec.name === struct)
      .flatMap(spec => findAll(spec.syntax, 'field_declaration'))
      .some(field => nodeText(facts, childByField(field, 'name')) === 'Added'),
  );
  if (hasFields && changesStores(job))
    throw new Refusal(
      `${struct} has fields for stores, but no store loader looks the planned upgrade up in the ` +
        'map; write one first',
      { file: place.facts.path },
    );
  loadStores(job, { constant: undefined, after: site });
}

/** The type of a map's values: as the literal around an entry, or the type of that, declares it. */
function valueType(repo: Repo, { node, facts }: Expr): Expr | undefined {
  return literalListType(repo, { facts, node: node.parent!.parent! })?.element;
}

/**
 * What the struct of the map's entries wants for a handler, with the parameter names of a handler
 * that is there.
 */
function entryHandler({ repo, app }: Job, own: readonly Registration[]): HandlerType {
  const last = own.at(-1)!.place;
  const type = valueType(repo, last);
  const inApp = type !== undefined && dirname(type.facts.path) === app.dir;
  const found =
    inApp && type.node.type === 'type_identifier'
      ? handlerTypeOf(repo, app.dir, textOf(type), parameterNames(own))
      : undefined;
  if (!found)
    throw new Refusal(
      "the struct of the map's entries has no handler that could be followed; " +
        'add this upgrade by hand',
      { file: last.facts.path },
    );
  return found;
}

/** What the last handler in the map calls its parameters. */
function parameterNames(own: readonly Registration[]): string[] {
  const handler = own
    .flatMap(({ struct }) => (struct ? fieldsOf(struct) : []))
    .map(field => field.value)
    .findLast(({ node }) => node.type === 'func_literal');
  return handler ? handlerParameters(handler.node, handler.facts).list.map(p => p.name) : [];
}

function storeFields(job: Job, { facts }: Expr): { key: string; value: string }[] {
  if (!changesStores(job)) return [];
  const { text, imports, notes } = storeCode(job.repo, job.app, job.stores, facts, true);
  job.notes.push(...notes);
  for (const spec of imports.values()) job.changes.import(facts.path, spec);
  const fields = [
    ['Added', text.added],
    ['Deleted', text.deleted],
  ] as const;
  const lists = fields
    .filter(([, names]) => names.length > 0)
    .map(([key, names]) => ({ key, value: stringSlice(names, names.length > 2, '\t') }));
  if (text.renamed.length === 0) return lists;
  const types = importsOf(facts).find(i => /\/store(\/v2)?\/types$/.test(i.path));
  if (!types)
    throw new Refusal(
      'the file does not import the store types, so a rename cannot be written; add it by hand',
      { file: facts.path },
    );
  const qualifier = qualifierOf(job.repo, dirname(facts.path), types);
  const renames = text.renamed.map(({ from, to }) => `\t\t{OldKey: ${from}, NewKey: ${to}},`);
  const value = `[]${qualifier}.StoreRename{\n${renames.join('\n')}\n\t}`;
  return [...lists, { key: 'Renamed', value }];
}
