import { isStoreUpgrades } from '../../chain/app/upgrades.ts';
import { EditBatch } from '../../go/edit/edit-batch.ts';
import { fieldsOf, structOf } from '../../go/eval/value.ts';
import { Refusal } from '../../refusal.ts';
import type { Registration } from '../../wiring/style.ts';
import type { HandlerShape } from '../handler/handler-shape.ts';
import { handlerParameters, handlerShape, migrationCall } from '../handler/handler-shape.ts';
import type { Job } from '../upgrade/job.ts';
import { changesStores } from '../upgrade/job.ts';
import { nameOf } from '../upgrade/neighbour.ts';
import type { CopiedPackage } from './copied-package.ts';
import { copyPackage } from './copied-package.ts';
import type { Part } from './package-parts.ts';
import { replaceBody, replaceName, replaceStoresLiteral } from './rewrite.ts';
import type { PackageName } from './upgrade-package.ts';

/**
 * The neighbour to follow, newest first: one whose handler runs migrations and which has stores
 * where stores are asked for, rather one that takes nothing but what migrations need.
 */
export function modelOf(job: Job, like: readonly Registration[]): Registration {
  const runs = like.filter(r => {
    const shape = shapeOf(job, r);
    return shape && migrationCall(shape);
  });
  const fit = runs.filter(r => !changesStores(job) || storesOf(job, r));
  return fit.find(r => takesOnlyManager(shapeOf(job, r)!)) ?? fit[0] ?? runs[0] ?? like[0]!;
}

function takesOnlyManager({ facts, maker, closure }: HandlerShape): boolean {
  const func = facts.funcs.find(f => f.start <= closure.node.start && closure.node.end <= f.end);
  const { list } =
    maker?.parameters ?? (func?.syntax ? handlerParameters(func.syntax, facts) : { list: [] });
  return list.length > 0 && list.every(p => /(Manager|Configurator)$/.test(p.type));
}

/** The handler behind a registration. */
export function shapeOf(job: Job, registration: Registration): HandlerShape | undefined {
  return registration.handler && handlerShape(job.repo, registration.handler, nameOf(registration));
}

/**
 * Copies a neighbour's package whose struct says its name, handler and stores, and makes the copy
 * the new upgrade's. `isRoot`: what the app calls it by.
 */
export function copyUpgrade(
  job: Job,
  model: Registration,
  like: readonly Registration[],
  target: PackageName,
  isRoot: (part: Part) => boolean,
): CopiedPackage {
  const copy = new EditBatch(job.repo);
  const shape = shapeOf(job, model);
  if (!shape)
    throw new Refusal(
      `the handler of ${nameOf(model)} cannot be followed; add this upgrade by hand`,
      { file: model.place.facts.path },
    );
  replaceName(job, copy, model);
  replaceBody(
    job,
    copy,
    shape,
    like.map(r => shapeOf(job, r)).filter(s => s !== undefined),
  );
  const stores = storesOf(job, model);
  if (stores) replaceStoresLiteral(job, copy, stores.expr);
  else if (changesStores(job))
    throw new Refusal(
      `${nameOf(model)} gives no stores (StoreUpgrades) that could be followed; add some, if empty ones, to its struct`,
      { file: model.place.facts.path },
    );
  return copyPackage(job, copy, model, target, isRoot);
}

/** The StoreUpgrades literal in the upgrade's struct. */
function storesOf({ repo }: Job, { struct }: Registration): ReturnType<typeof structOf> {
  const field = struct && fieldsOf(struct).find(f => isStoreUpgrades(repo, f.value));
  return field && structOf(repo, field.value);
}
