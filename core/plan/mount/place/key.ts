import { appFolders, callsIn } from '../../../chain/app/app-code.ts';
import { argumentItems } from '../../../go/eval/lists.ts';
import { Refusal } from '../../../refusal.ts';
import type { MountJob } from '../job.ts';
import { importAll } from '../job.ts';
import { qualified } from '../scope.ts';
import { addBesideOwn, longestList } from './neighbour.ts';

/** Adds the module's store to the keys that the app makes. */
export function addStoreKey(job: MountJob): void {
  const { repo, app, module, changes } = job;
  if (!module.store) return;
  const calls = callsIn(repo, appFolders(repo, app.dir), ['NewKVStoreKeys']);
  const found = longestList(
    calls.flatMap(({ call }) => argumentItems(repo, call)).map(({ expr }) => expr),
  );
  if (!found)
    throw new Refusal('the list of store keys that this app makes cannot be added to', {
      file: app.dir,
    });
  const { list, elements } = found;
  const constant = qualified(repo, app, list.facts, module.store.path, module.store.name);
  importAll(job, list.facts, constant.imports);
  addBesideOwn(repo, changes, list, elements, constant.text);
}
