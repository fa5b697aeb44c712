import { storeUpgradesLiteral } from '../../edit/write-store-upgrades.ts';
import { quote } from '../../go/syntax/syntax.ts';
import { render } from '../../render.ts';
import { importsOfGeneration } from '../../sdk/generations.ts';
import { appNames } from '../../wiring/app-names.ts';
import type { Job } from './job.ts';
import { changesStores } from './job.ts';

/**
 * Go to paste where the tool does not dare to edit: the registration, and a guarded store loader
 * where stores change.
 */
export function snippet(job: Job): string {
  const { generation } = job.app.sdk;
  const facts = generation === null ? undefined : importsOfGeneration(generation);
  const old = facts?.handlerContext === 'none';
  const context = facts?.handlerContext === 'context' ? 'context.Context' : 'sdk.Context';
  const names = appNames({ repo: job.repo, dir: job.app.dir, type: job.app.type });
  const stores = {
    added: job.stores.added.map(s => quote(s.name)),
    deleted: job.stores.deleted.map(s => quote(s.name)),
    renamed: job.stores.renamed.map(r => ({ from: quote(r.from.name), to: quote(r.to.name) })),
  };
  return `${render('wiring/snippet.go', {
    name: quote(job.name),
    old,
    context,
    app: names?.app ?? 'app',
    keeper: names?.keeper ?? 'UpgradeKeeper',
    manager: names?.manager ?? 'ModuleManager',
    configurator: names?.configurator
      ? (names.configurator.local ? '' : `${names.app}.`) + names.configurator.text
      : 'app.Configurator()',
    stores: changesStores(job)
      ? storeUpgradesLiteral('storetypes.StoreUpgrades', stores).split('\n').join('\n\t')
      : false,
  }).trimEnd()}\n`;
}
