import type { KeeperConstruction } from '../../../chain/app/keepers.ts';
import { keeperConstructions } from '../../../chain/app/keepers.ts';
import { insertElement } from '../../../edit/list-element.ts';
import { goNode } from '../../../go/eval/go-node.ts';
import { exprAt } from '../../../go/eval/value.ts';
import { childByField } from '../../../go/syntax/syntax.ts';
import { Refusal } from '../../../refusal.ts';
import type { MountJob } from '../job.ts';
import { fieldName } from '../keeper-argument.ts';
import type { Constructor } from '../module.ts';
import { addKeeperField } from './keeper.ts';

/** Asks depinject for the module's keeper, in a field beside those of the chain's own. */
export function injectKeeper(job: MountJob, maker: Constructor): void {
  const { repo, app, changes } = job;
  const injected = keeperConstructions(repo, app.dir, app.type).filter(one => one.injected);
  const isOwn = ({ field }: KeeperConstruction) =>
    field.package !== undefined && repo.dirOf(field.package) !== undefined;
  const model = injected.filter(isOwn).at(-1) ?? injected.at(-1);
  if (!model)
    throw new Refusal('this app asks depinject for no keeper in a call that can be added to', {
      file: app.dir,
    });
  addKeeperField(job, model, maker);
  const neighbour = goNode(model.call).arguments.find(
    one => one.withoutAddressOf.name === model.field.name && one.operator === '&',
  )!;
  const list = exprAt(model.call, childByField(model.call.node, 'arguments')!);
  insertElement(changes, list, neighbour.node, `&${model.owner}.${fieldName(maker)}`, false);
}

/** Imports the module for its effects alone, in the file that does so for others. */
export function importForEffects({ repo, app, module, changes }: MountJob): void {
  const counts = repo.filesOf(app.dir).map(facts => {
    const blank = facts.imports.flatMap(({ imports }) => imports).filter(one => one.alias === '_');
    const own = blank.filter(({ path }) => repo.dirOf(path) !== undefined);
    return { facts, count: own.length * 100 + blank.length };
  });
  const best = counts.sort((a, b) => b.count - a.count)[0];
  if (!best || best.count === 0)
    throw new Refusal('this app imports no module for its effects; import the new one by hand', {
      file: app.dir,
    });
  changes.import(best.facts.path, { path: module.module.path, alias: '_' });
}
