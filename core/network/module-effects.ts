import type { StoreName } from '../chain/chain.ts';
import { mayBeSame, storeId } from '../chain/compare.ts';
import type { HandlerEffects, StartVersion } from './handler-effects.ts';
import type { AppModule, AppModules, Completeness } from './module-versions.ts';

/** What an upgrade does with one module. */
export interface ModuleEffect {
  readonly name: string;
  /** Its version in the network; null where it has none yet, or that is not known. */
  readonly from: number | null;
  /** Its version in the code; null where that is not known. */
  readonly to: number | null;
  readonly migrations: readonly MigrationEffect[];
  readonly initGenesis: boolean;
}

/** A migration that runs, and where it is registered; null where the module is not here. */
export interface MigrationEffect {
  readonly from: number;
  readonly func: string | null;
  readonly file: string | null;
  readonly line: number | null;
}

/** A module that a network runs. */
export interface NetworkModule {
  /** Null where that is not known. */
  readonly version: number | null;
  /** The Go module that it comes from, `path@version`, where that is known. */
  readonly builtWith?: string | undefined;
}

/** The modules that a network runs. */
export interface NetworkModules {
  readonly byName: ReadonlyMap<string, NetworkModule>;
  /** Modules whose names are not known. */
  readonly unnamed: readonly StoreName[];
  /** Which of its modules these are for sure. */
  readonly complete: Completeness;
}

/**
 * What RunMigrations does with the modules of the code in a network, in its order; the modules for
 * which nothing changes are left out, and what is not known is said in notes.
 */
export function moduleEffects(
  now: AppModules,
  network: NetworkModules,
  handler: HandlerEffects,
): { modules: ModuleEffect[]; notes: string[] } {
  const effects = now.modules.map(module => effectOn(module, network, handler));
  return {
    modules: effects.flatMap(({ effect }) => effect ?? []),
    notes: [
      ...unknownNotes(effects),
      ...effects.flatMap(({ notes }) => notes),
      ...goneNotes(now, network),
      ...unnamedNotes(now),
      ...(now.complete === 'no' ? ['unknown: whether the app has more modules than these'] : []),
    ],
  };
}

interface Judged {
  readonly name: string;
  readonly effect?: ModuleEffect;
  readonly unknown?: 'from' | 'to' | 'both';
  readonly notes: readonly string[];
}

function effectOn(now: AppModule, network: NetworkModules, handler: HandlerEffects): Judged {
  const { name, version: to } = now;
  const recorded = network.byName.get(name);
  const isNew = recorded === undefined && lacks(network, now);
  const from = recorded?.version ?? null;
  const start = handler.starts.get(name);
  const none = { name, from, to, migrations: [], initGenesis: false };
  if (handler.runs === 'no') {
    const isBehind = isNew || (from !== null && to !== null && from !== to);
    return isBehind ? { name, effect: none, notes: [] } : { name, notes: [] };
  }
  if (start === 'unknown') {
    const words = `unknown: what happens to ${name}; whether the handler sets its version depends`;
    return { name, effect: none, notes: [words] };
  }
  if (start === 'none' || (start === undefined && isNew))
    return { name, effect: { ...none, initGenesis: true }, notes: [] };
  const isSameCode = now.builtWith !== undefined && now.builtWith === recorded?.builtWith;
  if (to === null && isSameCode && start === undefined) return { name, notes: [] };
  const begins = firstVersion(start, from, to);
  if (begins === null || to === null) return { name, unknown: unknownOf(begins, to), notes: [] };
  const steps = stepsOf(now, begins, to);
  const isSame = from === to && steps.length === 0;
  return isSame && start === undefined
    ? { name, notes: [] }
    : { name, effect: { ...none, migrations: steps }, notes: stepNotes(now, begins, to, start) };
}

/** Whether a network does not have a module, by whatever name. */
function lacks({ complete, unnamed }: NetworkModules, { name, hasGenesis }: AppModule): boolean {
  const isListed = complete === 'all' || (complete === 'genesis' && hasGenesis);
  return isListed && !unnamed.some(other => mayBeSame(other, { name }));
}

/** The version that migrations start from. */
function firstVersion(
  start: StartVersion | undefined,
  from: number | null,
  to: number | null,
): number | null {
  if (typeof start === 'number') return start;
  return start === 'current' ? to : from;
}

function unknownOf(from: number | null, to: number | null): 'from' | 'to' | 'both' {
  if (from !== null) return 'to';
  return to === null ? 'both' : 'from';
}

/**
 * The steps between two versions. Nothing runs up to version 1, and nothing from version 0
 * (docs/background/sdk.md#runmigrations).
 */
function versionsBetween(from: number, to: number): number[] {
  const steps = Array.from({ length: Math.max(to - from, 0) }, (_, i) => from + i);
  return steps.filter(step => step > 0);
}

function stepsOf({ module }: AppModule, from: number, to: number): MigrationEffect[] {
  return versionsBetween(from, to).flatMap((step): MigrationEffect[] => {
    if (!module) return [{ from: step, func: null, file: null, line: null }];
    const registered = module.migrations.find(migration => migration.from === step);
    if (!registered) return [];
    const { handler, location } = registered;
    return [{ from: step, func: handler, file: location.file, line: location.line }];
  });
}

function stepNotes(
  { name, module }: AppModule,
  from: number,
  to: number,
  start: StartVersion | undefined,
): string[] {
  const registered = new Set(module?.migrations.map(migration => migration.from));
  const missing = module ? versionsBetween(from, to).filter(step => !registered.has(step)) : [];
  const notes: string[] = [];
  if (module?.managed === false)
    notes.push(`unknown: what migrates ${name}; the SDK does not run its migrations`);
  else if (missing.length > 0)
    notes.push(
      `module ${name} has no migration from ${missing.join(', ')}: the upgrade stops there`,
    );
  if (to < from) notes.push(`module ${name} goes down from ${from} to ${to}: nothing is migrated`);
  if (start === 'current')
    notes.push(`the handler sets the version of ${name} itself: RunMigrations leaves it alone`);
  return notes;
}

/** One note for the modules whose versions are not known, as there are many. */
function unknownNotes(effects: readonly Judged[]): string[] {
  const named = (which: Judged['unknown']) =>
    effects.filter(({ unknown }) => unknown === which).map(({ name }) => name);
  const lines: readonly (readonly [Judged['unknown'], string])[] = [
    ['from', 'the versions in the network'],
    ['to', 'the versions in the code'],
    ['both', 'the versions in the network and in the code'],
  ];
  return lines.flatMap(([which, what]) => {
    const names = named(which);
    return names.length > 0 ? [`unknown: ${what} of ${names.join(', ')}`] : [];
  });
}

function unnamedNotes({ unnamed }: AppModules): string[] {
  const constants = unnamed.flatMap(module => storeId(module) ?? []);
  return constants.length > 0
    ? [`unknown: the names of modules, and so their versions: ${constants.join(', ')}`]
    : [];
}

/** Modules of the network that the code no longer has, or may have without naming them. */
function goneNotes(now: AppModules, network: NetworkModules): string[] {
  const known = new Set([...now.mentioned, ...now.modules.map(({ name }) => name)]);
  const missing = [...network.byName.keys()].filter(
    name => !known.has(name) && !now.unnamed.some(other => mayBeSame(other, { name })),
  );
  if (missing.length === 0) return [];
  return now.complete === 'all'
    ? [`in the network and not in the code, so their versions stay recorded: ${missing.join(', ')}`]
    : [
        `unknown: whether the code still has ${missing.join(', ')}; no order and no store names them`,
      ];
}
