import { createCondition } from '../../edit/loader-condition.ts';
import { storeCode } from '../../edit/store-code.ts';
import { storeUpgradesLiteral } from '../../edit/write-store-upgrades.ts';
import { indentRest } from '../../go/edit/edit.ts';
import type { EditBatch } from '../../go/edit/edit-batch.ts';
import { qualifierOf } from '../../go/edit/imports.ts';
import { freeImport } from '../../go/edit/imports-in-use.ts';
import { exprAt, textOf } from '../../go/eval/value.ts';
import { childByField, descend, withoutParens } from '../../go/syntax/syntax.ts';
import { Refusal } from '../../refusal.ts';
import { statementOf } from '../../wiring/registration/statements.ts';
import type { Registration, Site } from '../../wiring/style.ts';
import { handlerParameters } from '../handler/handler-shape.ts';
import { commentStart } from '../package/package-parts.ts';
import { replaceStoresLiteral } from '../package/rewrite.ts';
import type { Job } from '../upgrade/job.ts';
import { changesStores } from '../upgrade/job.ts';
import { generationFacts } from '../upgrade/list-loader.ts';
import { nameOf } from '../upgrade/neighbour.ts';

/**
 * S3 inside the function that is copied: its stores become the new ones, a loader with nothing to
 * do goes, and where there is none one is made.
 */
export function copiedLoader(job: Job, copy: EditBatch, model: Registration): void {
  const { site, nameExpr } = model;
  const { facts } = site.call;
  const loading = job.wiring.loadings.find(l => l.site.fn === site.fn);
  if (loading && changesStores(job)) {
    const literal = loading.serves.find(s => s.stores)?.stores?.literal;
    if (!literal)
      throw new Refusal(
        `the stores of ${nameOf(model)} are not written as a literal; add this upgrade by hand`,
        { file: facts.path },
      );
    return replaceStoresLiteral(job, copy, literal);
  }
  if (loading) return removeStatement(copy, loading.site);
  if (!changesStores(job)) return;
  const elsewhere = job.wiring.loadings[0];
  if (elsewhere)
    throw new Refusal(
      `stores are loaded elsewhere (${elsewhere.code}) than in ${site.func.name}; add this upgrade by hand`,
      { file: elsewhere.site.call.facts.path },
    );
  refuseWithoutLoader(job, site);
  const generation = generationFacts(job);
  const code = storeCode(job.repo, job.app, job.stores, facts, false);
  job.notes.push(...code.notes);
  const importOf = (path: string, alias: string | undefined) => {
    const wanted = freeImport(job.repo, facts, { path, alias });
    copy.import(facts.path, wanted);
    return qualifierOf(job.repo, model.package, wanted);
  };
  for (const wanted of code.imports.values()) copy.import(facts.path, wanted);
  const stores = storeUpgradesLiteral(
    `${importOf(generation.storeTypes, 'storetypes')}.StoreUpgrades`,
    code.text,
  );
  const names = {
    name: textOf(exprAt(nameExpr, withoutParens(nameExpr.node))),
    stores: indentRest(stores, '\t'),
    upgradetypes: importOf(generation.upgradeTypes, 'upgradetypes'),
  };
  createCondition(
    copy,
    { facts, func: site.func, dir: site.dir },
    site,
    names,
    freeImport(job.repo, facts, { path: 'fmt', alias: undefined }),
  );
}

/**
 * Takes the function's own statement that holds a loader out, with the comment above it and a blank
 * line.
 */
function removeStatement(copy: EditBatch, site: Site): void {
  const { text, path } = site.call.facts;
  const block = childByField(site.fn, 'body')!;
  let statement = site.call.node;
  while (statement.parent && statement.parent !== block) statement = statement.parent;
  if (statement.parent !== block) statement = statementOf(site);
  const start = commentStart(text, statement.start);
  const rest = text.slice(statement.end);
  const end = statement.end + /^[^\n]*\n(?:[ \t]*\r?\n)*/.exec(rest)![0].length;
  const first = /\{\s*$/.test(text.slice(block.start, start));
  copy.edit(
    path,
    first ? block.start + 1 + /^[^\n]*\n/.exec(text.slice(block.start + 1))![0].length : start,
    end,
    '',
  );
}

/** The app is handed in as an interface that may not reach the base app. */
function refuseWithoutLoader({ repo }: Job, site: Site): void {
  const { facts } = site.call;
  const [app] = handlerParameters(site.fn, facts).list;
  const [ident, qualifier] = (app?.type ?? '').replace('*', '').split('.').reverse();
  const dir =
    qualifier === undefined
      ? site.dir
      : repo.dirOf(repo.importFor(facts, qualifier) ?? '', site.dir);
  for (const file of dir === undefined ? [] : repo.filesOf(dir)) {
    const type = file.types.find(t => t.name === ident && t.syntax.type === 'interface_type');
    const has =
      type &&
      [...descend(type.syntax)].some(
        n =>
          /^method_(elem|spec)$/.test(n.type) &&
          textOf({ facts: file, node: childByField(n, 'name')! }) === 'SetStoreLoader',
      );
    if (type && !has)
      throw new Refusal(
        `${app!.type} has no SetStoreLoader, so ${site.func.name} cannot load stores; add it to the interface first`,
        { file: file.path },
      );
  }
}
