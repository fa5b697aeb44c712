import type { InspectedName } from '../inspect/inspect.ts';
import { storeText } from '../inspect/inspect-text.ts';
import { textSection } from '../text-table.ts';
import type { UpgradeEffects } from './effects.ts';
import type { ModuleEffect } from './module-effects.ts';

/** What an upgrade would do, for the person who releases it. */
export function effectsText(effects: UpgradeEffects, isPending: boolean): string {
  const { plan, stores, modules, accounts, params, notes } = effects;
  const parts = [
    [isPending ? `plan ${plan ?? '(computed)'}` : 'no upgrade is pending'],
    textSection('stores', storeRows(stores)),
    textSection('modules, in the order in which they are migrated', modules.flatMap(moduleRows)),
    textSection(
      'module accounts',
      accounts.map(({ name, permissions }) => [name, permissions.join(', ') || 'no permissions']),
    ),
    textSection(
      'parameters',
      params.map(line => [line]),
    ),
    isPending ? nothingLines(effects) : [],
    textSection(
      'notes',
      notes.map(note => [note]),
    ),
  ];
  return parts
    .filter(lines => lines.length > 0)
    .map(lines => `${lines.join('\n')}\n`)
    .join('\n');
}

/** What it leaves as it is, so that a missing section is not taken for an oversight. */
function nothingLines({ stores, modules, accounts, params }: UpgradeEffects): string[] {
  const none = [
    ...(storeRows(stores).length === 0 ? ['stores'] : []),
    ...(modules.length === 0 ? ['modules'] : []),
    ...(accounts.length === 0 ? ['module accounts'] : []),
    ...(params.length === 0 ? ['parameters'] : []),
  ];
  return none.length > 0 ? [`nothing found for: ${none.join(', ')}`] : [];
}

function storeRows({ added, deleted, renamed }: UpgradeEffects['stores']): string[][] {
  const row = (verb: string) => (store: InspectedName) => [verb, storeText(store)];
  return [
    ...added.map(row('adds')),
    ...deleted.map(row('deletes')),
    ...renamed.map(({ from, to }) => ['renames', `${storeText(from)} to ${storeText(to)}`]),
  ];
}

function moduleRows({ name, from, to, migrations, initGenesis }: ModuleEffect): string[][] {
  const versions = `${from ?? (initGenesis ? 'new' : 'unknown')} -> ${to ?? 'unknown'}`;
  const steps = migrations.map(step => [
    `from ${step.from}: ${step.func ?? 'unknown, not in this repository'}`,
    step.file === null ? '' : `${step.file}:${step.line ?? 1}`,
  ]);
  const all = initGenesis ? [['InitGenesis', ''], ...steps] : steps;
  const [first = ['nothing runs', ''], ...more] = all;
  return [[name, versions, ...first], ...more.map(step => ['', '', ...step])];
}
