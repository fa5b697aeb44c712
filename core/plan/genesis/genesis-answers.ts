import type { App, Chain, StoreName } from '../../chain/chain.ts';
import { sameStore } from '../../chain/compare.ts';
import { modulesOfApp, newModules } from '../../chain/modules/new-modules.ts';
import { generationIsBefore } from '../../sdk/generations.ts';
import { suggestion } from '../upgrade/store-answers.ts';

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

interface Wrong {
  readonly error: string;
}

/** Reads answers such as `shelf=skip`. An error is one line that says what to do. */
export function readGenesisAnswers(
  app: App,
  base: Chain | undefined,
  items: readonly string[],
): readonly GenesisChoice[] | Wrong {
  if (items.length === 0) return [];
  const { generation } = app.sdk;
  if (generation !== null && generationIsBefore(generation, '0.43'))
    return {
      error:
        `SDK ${generation} stores no module versions, so a handler cannot choose which modules ` +
        'are initialised',
    };
  const modules = modulesOfApp(app);
  if (!modules)
    return {
      error:
        `the modules of ${app.dir || 'the app'} are not known: the order of InitGenesis could ` +
        'not be read',
    };
  const choices: GenesisChoice[] = [];
  for (const item of items) {
    const choice = readChoice(app, base, modules, item);
    if ('error' in choice) return choice;
    if (choices.some(other => other.module === choice.module))
      return { error: `the genesis of ${item.split('=')[0]!} is given twice; give it once` };
    choices.push(choice);
  }
  return choices;
}

function readChoice(
  app: App,
  base: Chain | undefined,
  modules: readonly StoreName[],
  item: string,
): GenesisChoice | Wrong {
  const [, id, start] = /^([^=]+)=(skip|own|again)$/.exec(item) ?? [];
  if (id === undefined)
    return {
      error: `"${item}" is not a module's genesis; write MODULE=skip, MODULE=own or MODULE=again`,
    };
  const module = modules.find(m => m.name === id || m.const === id);
  if (!module) {
    const names = modules.flatMap(m => m.name ?? []);
    return {
      error:
        `${app.dir || 'the app'} has no module ${id}${suggestion(id, names)}; ` +
        'give its name as in SetOrderInitGenesis',
    };
  }
  const fresh = newModules(app, base);
  if (start !== 'again' && fresh && !fresh.some(m => sameStore(m, module)))
    return {
      error:
        `${id} is in the last release already, so it gets no InitGenesis; ${id}=again gives it ` +
        'one',
    };
  return { module, start: start as ModuleStart };
}

/** What a module is called in words and comments. */
export function nameIn({ name, const: constant }: StoreName): string {
  return name ?? constant!;
}
