import { createCondition } from '../../edit/loader-condition.ts';
import { loaderGeneration } from '../../edit/loaders/loader-generation.ts';
import { storeCode } from '../../edit/store-code.ts';
import { storeUpgradesLiteral } from '../../edit/write-store-upgrades.ts';
import { commentStart } from '../../go/edit/comment-above.ts';
import { indentRest, lineEnd } from '../../go/edit/edit.ts';
import type { EditBatch } from '../../go/edit/edit-batch.ts';
import { qualifierOf } from '../../go/edit/imports.ts';
import { freeImport } from '../../go/edit/imports-in-use.ts';
import { exprAt, textOf } from '../../go/eval/value.ts';
import { methodNames } from '../../go/source/interface-methods.ts';
import { typeRef } from '../../go/source/type-ref.ts';
import { childByField, withoutParens } from '../../go/syntax/syntax.ts';
import { Refusal } from '../../refusal.ts';
import { statementOf } from '../../wiring/registration/statements.ts';
import type { Registration, Site, StoreLoading } from '../../wiring/style.ts';
import { handlerParameters } from '../handler/handler-shape.ts';
import { behindBlank } from '../package/package-parts.ts';
import { replaceStoresLiteral } from '../package/rewrite.ts';
import type { Job } from '../upgrade/job.ts';
import { changesStores } from '../upgrade/job.ts';
import { nameOf } from '../upgrade/neighbour.ts';

/**
 * S3 inside the function that is copied: its stores become the new ones, a loader with nothing to
 * do is taken out, and where there is none one is made.
 */
export function copiedLoader(job: Job, copy: EditBatch, model: Registration): void {
  const { site } = model;
  const loading = job.wiring.loadings.find(l => l.site.fn === site.fn);
  if (loading && changesStores(job)) {
    replaceStores(job, copy, model, loading);
  } else if (loading) {
    removeStatement(copy, loading.site);
  } else if (changesStores(job)) {
    refuseLoadedElsewhere(job, site);
    refuseWithoutLoader(job, site);
    createLoader(job, copy, model);
  }
}

function replaceStores(
  job: Job,
  copy: EditBatch,
  model: Registration,
  { serves }: StoreLoading,
): void {
  const literal = serves.find(served => served.stores)?.stores?.literal;
  if (!literal)
    throw new Refusal(
      `the stores of ${nameOf(model)} are not written as a literal; add this upgrade by hand`,
      { file: model.site.call.facts.path },
    );
  replaceStoresLiteral(job, copy, literal);
}

function refuseLoadedElsewhere({ wiring }: Job, site: Site): void {
  const [elsewhere] = wiring.loadings;
  if (elsewhere)
    throw new Refusal(
      `stores are loaded elsewhere (${elsewhere.code}) than in ${site.func.name}; ` +
        'add this upgrade by hand',
      { file: elsewhere.site.call.facts.path },
    );
}

/** Writes a guarded store loader into the function that is copied. */
function createLoader(job: Job, copy: EditBatch, { site, nameExpr, package: dir }: Registration) {
  const { facts } = site.call;
  const generation = loaderGeneration(job.app);
  const code = storeCode(job.repo, job.app, job.stores, facts, false);
  job.notes.push(...code.notes);
  const importOf = (path: string, alias: string | undefined) => {
    const spec = freeImport(job.repo, facts, { path, alias });
    copy.import(facts.path, spec);
    return qualifierOf(job.repo, dir, spec);
  };
  for (const spec of code.imports.values()) copy.import(facts.path, spec);
  const storetypes = importOf(generation.storeTypes, 'storetypes');
  const stores = storeUpgradesLiteral(`${storetypes}.StoreUpgrades`, code.text);
  const names = {
    name: textOf(exprAt(nameExpr, withoutParens(nameExpr.node))),
    stores: indentRest(stores, '\t'),
    upgradetypes: importOf(generation.upgradeTypes, 'upgradetypes'),
  };
  const fmt = freeImport(job.repo, facts, { path: 'fmt', alias: undefined });
  createCondition(copy, { facts, func: site.func, dir: site.dir }, site, names, fmt);
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
  const end = behindBlank(text, lineEnd(text, statement.end));
  const isFirst = text.slice(block.start + 1, start).trim() === '';
  copy.edit(path, isFirst ? lineEnd(text, block.start) : start, end, '');
}

/** The app is handed in as an interface that may not reach the base app. */
function refuseWithoutLoader({ repo }: Job, site: Site): void {
  const [app] = handlerParameters(site.fn, site.call.facts).list;
  const type = app && typeRef(app.type);
  const dir = type && repo.folderOf(site.call.facts, type.qualifier);
  for (const facts of dir === undefined ? [] : repo.filesOf(dir)) {
    const declared = facts.types.find(
      ({ name, syntax }) => name === type!.name && syntax.type === 'interface_type',
    );
    if (declared && !methodNames(facts, declared.syntax).includes('SetStoreLoader'))
      throw new Refusal(
        `${app!.type} has no SetStoreLoader, so ${site.func.name} cannot load stores; ` +
          'add it to the interface first',
        { file: facts.path },
      );
  }
}
