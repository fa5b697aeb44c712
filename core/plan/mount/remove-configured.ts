import { appFolders, callsIn } from '../../chain/app/app-code.ts';
import type { AppField } from '../../chain/app/app-fields.ts';
import { composedModules } from '../../chain/depinject/app-config-go.ts';
import { embeddedYaml } from '../../chain/depinject/app-config-yaml.ts';
import { managerCalls } from '../../chain/modules/manager.ts';
import { dropImports } from '../../go/edit/imports.ts';
import { goNode } from '../../go/eval/go-node.ts';
import { Refusal } from '../../refusal.ts';
import type { Draft } from '../draft.ts';
import { removeFromComposed } from './place/remove-config-go.ts';
import { removeSingleKeys } from './place/remove-registered.ts';
import { removeFromYaml } from './place/remove-yaml.ts';
import type { Removal } from './removal.ts';
import { moduleRoot, sourceLine, take } from './removal.ts';

/** Refuses an app that is also wired by hand: build tags may choose between the two. */
export function refuseBothWirings({ repo, app }: Removal): void {
  const byHand = managerCalls(repo, app.dir).find(({ name }) => /^NewManager/.test(name));
  if (!byHand) return;
  const { file, line } = sourceLine(byHand.call);
  throw new Refusal(
    `this app is wired by hand (${file}:${line}) and by depinject; take the module out by hand ` +
      'of both',
    { file, line },
  );
}

/**
 * Takes the module out of what depinject is told: the configurations, the targets of
 * `depinject.Inject`, the import for its effects, the keys that are registered beside the runtime.
 * Gives whether it had an account.
 */
export function removeConfigured(
  removal: Removal,
  draft: Draft,
  fields: readonly AppField[],
): boolean {
  const { repo, app } = removal;
  const folders = appFolders(repo, app.dir);
  const files = new Set(folders.flatMap(dir => embeddedYaml(repo, dir)));
  let hadAccount = false;
  for (const file of files) {
    if (!repo.texts.has(file))
      throw new Refusal(`the embedded app configuration ${file} is not here`, { file });
    hadAccount = removeFromYaml(removal, file) || hadAccount;
  }
  if (composedModules(repo, folders).length > 0)
    hadAccount = removeFromComposed(removal) || hadAccount;
  removeTargets(removal, fields);
  removeSingleKeys(removal);
  removeImport(removal, draft);
  return hadAccount;
}

/** Takes the fields out of what `depinject.Inject` fills. */
function removeTargets(removal: Removal, fields: readonly AppField[]): void {
  const { repo, app } = removal;
  const names = new Set(fields.map(({ name }) => name));
  for (const { call } of callsIn(repo, appFolders(repo, app.dir), ['Inject']))
    for (const argument of goNode(call).arguments) {
      const target = argument.operator === '&' ? argument.operand : undefined;
      if (target?.type === 'selector_expression' && names.has(target.name)) take(removal, argument);
    }
}

/** Takes the imports of the module's package out that are for its effects alone. */
function removeImport({ repo, app, changes, module }: Removal, draft: Draft): void {
  const path = module.package;
  const isEffect = (one: { path: string; alias?: string | undefined }) =>
    moduleRoot(one.path) === moduleRoot(path) && one.alias === '_';
  const files = appFolders(repo, app.dir)
    .flatMap(dir => repo.filesOf(dir))
    .filter(({ imports }) => imports.some(block => block.imports.some(isEffect)))
    .map(facts => facts.path);
  for (const file of files) changes.touch(file);
  draft.tidy.push((file, text) =>
    files.includes(file) ? dropImports(repo.with([[file, text]]).facts(file)!, isEffect) : text,
  );
}
