import { EditBatch } from '../../go/edit/edit-batch.ts';
import type { StructValue } from '../../go/eval/value.ts';
import { fieldsOf, structOf } from '../../go/eval/value.ts';
import { Refusal } from '../../refusal.ts';
import { isStoreUpgrades } from '../../wiring/loading/read-store-upgrades.ts';
import type { Registration } from '../../wiring/style.ts';
import { functionAround } from '../go-tree.ts';
import type { HandlerShape } from '../handler/handler-shape.ts';
import { handlerParameters, migrationCall, registeredHandler } from '../handler/handler-shape.ts';
import type { Job } from '../upgrade/job.ts';
import { changesStores } from '../upgrade/job.ts';
import { nameOf } from '../upgrade/neighbour.ts';
import type { CopiedPackage } from './copied-package.ts';
import { copyPackage } from './copied-package.ts';
import { replaceNameInCopy } from './new-name.ts';
import type { PackageName } from './package-name.ts';
import type { Part } from './package-parts.ts';
import { replaceBody, replaceStoresLiteral } from './rewrite.ts';

/**
 * The neighbour to follow, newest first: one whose handler runs migrations and which has stores
 * where stores are asked for; of these rather one that takes nothing but what migrations need.
 */
export function modelOf(job: Job, neighbours: readonly Registration[]): Registration {
  const running = neighbours.filter(registration => {
    const shape = registeredHandler(job.repo, registration);
    return shape && migrationCall(shape);
  });
  const fit = running.filter(r => !changesStores(job) || storesOf(job, r));
  const plain = fit.find(r => takesOnlyManager(registeredHandler(job.repo, r)!));
  return plain ?? fit[0] ?? running[0] ?? neighbours[0]!;
}

function takesOnlyManager({ facts, maker, closure }: HandlerShape): boolean {
  const around = functionAround({ facts, node: closure.node })?.syntax;
  const list = maker?.parameters.list ?? (around ? handlerParameters(around, facts).list : []);
  return list.length > 0 && list.every(p => /(Manager|Configurator)$/.test(p.type));
}

/**
 * Copies a neighbour's package whose struct says its name, handler and stores, and makes the copy
 * the new upgrade's. `isRoot`: what the app calls it by.
 */
export function copyUpgrade(
  job: Job,
  model: Registration,
  neighbours: readonly Registration[],
  target: PackageName,
  isRoot: (part: Part) => boolean,
): CopiedPackage {
  const { path: file } = model.place.facts;
  const shape = registeredHandler(job.repo, model);
  if (!shape)
    throw new Refusal(
      `the handler of ${nameOf(model)} cannot be followed; add this upgrade by hand`,
      { file },
    );
  const copy = new EditBatch(job.repo);
  const shapes = neighbours
    .map(registration => registeredHandler(job.repo, registration))
    .filter(other => other !== undefined);
  replaceNameInCopy(job, copy, model);
  replaceBody(job, copy, shape, shapes);
  const stores = storesOf(job, model);
  if (!stores && changesStores(job))
    throw new Refusal(
      `${nameOf(model)} has no StoreUpgrades that could be followed; ` +
        'add them to its struct first, empty ones will do',
      { file },
    );
  if (stores) replaceStoresLiteral(job, copy, stores.expr);
  return copyPackage(job, copy, model, target, isRoot);
}

/** The StoreUpgrades literal in the upgrade's struct. */
function storesOf({ repo }: Job, { struct }: Registration): StructValue | undefined {
  const field = struct && fieldsOf(struct).find(f => isStoreUpgrades(repo, f.value));
  return field && structOf(repo, field.value);
}
