import type { App } from '../../chain/chain.ts';
import { sameStore } from '../../chain/compare.ts';
import { modulesOfApp } from '../../chain/modules/new-modules.ts';
import { EditBatch } from '../../go/edit/edit-batch.ts';
import type { Repo } from '../../go/repo/repo.ts';
import { render } from '../../render.ts';
import { moduleKey } from '../genesis/module-version.ts';
import { beforeMigrations } from '../handler/before-migrations.ts';
import type { HandlerShape } from '../handler/handler-shape.ts';
import { versionMapIn } from '../handler/version-map.ts';
import type { Jump } from './jump.ts';

/**
 * Gives the modules of the last release the version 1 in the first handler that runs migrations in
 * place: with the empty map that a chain of SDK 0.42 comes with, every module would get InitGenesis
 * again (docs/background/sdk.md#the-version-map-in-a-handler). Modules that are new stay out of it.
 * A note says what hinders it.
 */
export function setFirstVersions(
  repo: Repo,
  app: App,
  { from, before }: Jump,
  shape: HandlerShape | undefined,
): { texts: Map<string, string>; notes: string[] } {
  const release = `The last release is on SDK ${from}, which stores no module versions`;
  const hindered = (why: string) => ({
    texts: new Map<string, string>(),
    notes: [
      `${release}: have the handler set the version of every module that the chain has to 1 ` +
        `above RunMigrations, or all of them get InitGenesis again. It could not be written: ${why}.`,
    ],
  });
  const had = modulesOfApp(before);
  const has = modulesOfApp(app);
  if (!had || !has) return hindered('the order of InitGenesis could not be read');
  const changes = new EditBatch(repo);
  const map = shape && versionMapIn(changes, shape);
  if (!shape || !map) return hindered('the handler does not run the migrations itself');
  const modules = has
    .filter(module => had.some(other => sameStore(other, module)))
    .map(module => moduleKey(repo, changes, shape, module));
  const declared = map.declared ?? '';
  const text = render('jump/first-versions.go', { modules, map: map.name, declared });
  if (!beforeMigrations(changes, shape, text))
    return hindered('it runs no migrations in a statement of its own');
  const count = modules.length;
  return {
    texts: changes.texts(),
    notes: [`${release}: the handler gives the ${count} modules that the chain has version 1.`],
  };
}
