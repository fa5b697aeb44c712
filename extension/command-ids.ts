/** Every command of the manifest; the editor is told of them before the engine is loaded. */
export const commandIds = [
  'chainUpgrade.addGuard',
  'chainUpgrade.getStarted',
  'chainUpgrade.inspect',
  'chainUpgrade.lint',
  'chainUpgrade.mountModule',
  'chainUpgrade.newEra',
  'chainUpgrade.newMigration',
  'chainUpgrade.newUpgrade',
  'chainUpgrade.openExample',
  'chainUpgrade.prepareOperators',
  'chainUpgrade.rehearse',
  'chainUpgrade.showFirstFinding',
] as const;

/** One of them. */
export type CommandId = (typeof commandIds)[number];

/** Earlier ids of commands, by which key bindings may still call them; not in the palette. */
export const commandAliases: Readonly<Record<string, CommandId>> = {
  'chainUpgrade.bumpModule': 'chainUpgrade.newMigration',
  'chainUpgrade.showUnderstood': 'chainUpgrade.inspect',
};
