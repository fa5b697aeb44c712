import type { App } from '../../core/chain/chain.ts';
import type { Answers } from '../../core/plan/question.ts';
import { offeredName } from '../../core/plan/upgrade/upgrade-questions.ts';
import { isWritable } from '../../core/plan/upgrade/upgrade-ways.ts';

/** A new upgrade that is tried on an app. */
export interface Variant {
  readonly title: string;
  readonly answers: Answers;
}

/**
 * Whether New Upgrade promises to write into such an app: where several ways are used, into one of
 * them. Elsewhere it has to refuse.
 */
export function isInScope(app: App): boolean {
  return app.registration.some(isWritable);
}

/**
 * What is tried: an upgrade without store changes, one that adds and deletes a store, and both
 * again where `--convert` applies.
 */
export function variantsFor(app: App): Variant[] {
  const name = offeredName(app) || 'v99';
  const plain = { name, added: [], deleted: [] };
  const stores = { name, added: storeToAdd(app), deleted: ['formerstore'] };
  const variants = [
    { title: 'no stores', answers: plain },
    { title: 'stores', answers: stores },
  ];
  if (!isInScope(app) || !app.registration.includes('R3')) return variants;
  return [
    ...variants,
    ...variants.map(({ title, answers }) => ({
      title: `convert, ${title}`,
      answers: { ...answers, convert: true },
    })),
  ];
}

/** A store the app mounts and no upgrade adds; nothing where there is none. */
function storeToAdd(app: App): string[] {
  const added = new Set(
    app.upgrades.flatMap(upgrade => upgrade.stores?.added.map(store => store.name) ?? []),
  );
  const store = app.stores.find(
    ({ kind, name }) => kind === 'kv' && name !== null && !added.has(name),
  );
  return store ? [store.name!] : [];
}
