import { storeUpgradesLiteral } from '../../edit/write-store-upgrades.ts';
import { quote } from '../../go/syntax/syntax.ts';
import { render } from '../../render.ts';
import { importsOfGeneration } from '../../sdk/generations.ts';
import type { AppNames } from '../../wiring/app-names.ts';
import { appNames } from '../../wiring/app-names.ts';
import type { Job } from './job.ts';
import { changesStores } from './job.ts';

/**
 * Go to paste where the tool does not dare to edit: the registration, and a guarded store loader
 * where stores change.
 */
export function snippet(job: Job): string {
  const { repo, app, stores } = job;
  const { generation } = app.sdk;
  const context = generation === null ? 'sdk' : importsOfGeneration(generation).handlerContext;
  const names = appNames({ repo, dir: app.dir, type: app.type });
  const literal = storeUpgradesLiteral('storetypes.StoreUpgrades', {
    added: stores.added.map(store => quote(store.name)),
    deleted: stores.deleted.map(store => quote(store.name)),
    renamed: stores.renamed.map(({ from, to }) => ({
      from: quote(from.name),
      to: quote(to.name),
    })),
  });
  const code = render('wiring/snippet.go', {
    name: quote(job.name),
    old: context === 'none',
    context: context === 'context' ? 'context.Context' : 'sdk.Context',
    app: names?.app ?? 'app',
    keeper: names?.keeper ?? 'UpgradeKeeper',
    manager: names?.manager ?? 'ModuleManager',
    configurator: configuratorIn(names),
    stores: changesStores(job) ? literal.replaceAll('\n', '\n\t') : false,
  });
  return `${code.trimEnd()}\n`;
}

function configuratorIn(names: AppNames | undefined): string {
  if (!names?.configurator) return 'app.Configurator()';
  const { text, local } = names.configurator;
  return local ? text : `${names.app}.${text}`;
}
