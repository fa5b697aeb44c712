import type { App, Chain, StoreName } from '../../chain/chain.ts';
import { sameStore } from '../../chain/compare.ts';
import { modulesOfApp, newModules } from '../../chain/modules/new-modules.ts';
import { generationIsBefore } from '../../sdk/generations.ts';
import { closest } from '../upgrade/store-answers.ts';

/**
 * How a module starts: without InitGenesis, with a genesis that the handler gives it, or
 * initialised once more though the chain has it.
 */
export type ModuleStart = 'skip' | 'own' | 'again';

/** What was asked for a module. */
export interface GenesisChoice {
  readonly module: StoreName;
  readonly start: ModuleStart;
}

/** Reads answers such as `shelf=skip`. An error is one line that says what to do. */
export function readGenesisAnswers(
  app: App,
  base: Chain | undefined,
  items: readonly string[],
): readonly GenesisChoice[] | { readonly error: string } {
  if (items.length === 0) return [];
  if (app.sdk.generation !== null && generationIsBefore(app.sdk.generation, '0.43'))
    return {
      error: `SDK ${app.sdk.generation} keeps no module versions, so a handler has no say in who is initialised`,
    };
  const modules = modulesOfApp(app);
  const fresh = newModules(app, base);
  if (!modules)
    return {
      error: `which modules ${app.dir || 'the app'} has is not known: the order of InitGenesis could not be read`,
    };
  const wishes: GenesisChoice[] = [];
  for (const item of items) {
    const [, id, start] = /^([^=]+)=(skip|own|again)$/.exec(item) ?? [];
    if (id === undefined)
      return {
        error: `"${item}" says nothing of a module's genesis; write MODULE=skip, MODULE=own or MODULE=again`,
      };
    const module = modules.find(m => m.name === id || m.const === id);
    if (!module) {
      const near = closest(
        id,
        modules.flatMap(m => m.name ?? []),
      );
      return {
        error: `${app.dir || 'the app'} has no module ${id}${near ? ` (did you mean ${near}?)` : ''}; give its name as in SetOrderInitGenesis`,
      };
    }
    if (wishes.some(wish => wish.module === module))
      return { error: `the genesis of ${id} is given twice; give it once` };
    if (start !== 'again' && fresh && !fresh.some(m => sameStore(m, module)))
      return {
        error: `${id} is in the last release already, so it gets no InitGenesis; ${id}=again gives it one`,
      };
    wishes.push({ module, start: start as ModuleStart });
  }
  return wishes;
}

/** What a module is called in words and comments. */
export function nameIn({ name, const: constant }: StoreName): string {
  return name ?? constant!;
}
