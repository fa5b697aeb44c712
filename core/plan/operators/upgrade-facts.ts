import type { Upgrade } from '../../chain/chain.ts';
import { storeId } from '../../chain/compare.ts';
import type { PlanInput } from '../plan-input.ts';

/** What an upgrade changes, in words for operators; `none` where it changes nothing of a kind. */
export interface UpgradeWords {
  readonly stores: string;
  readonly modules: string;
  /** The release that it was compared with. */
  readonly base: string;
}

/** What the code says that an upgrade changes. */
export function upgradeWords(input: PlanInput, upgrade: Upgrade | undefined): UpgradeWords {
  return {
    stores: storesOf(upgrade),
    modules: modulesOf(input),
    base: input.base?.ref ?? 'nothing: no release was found',
  };
}

function storesOf(upgrade: Upgrade | undefined): string {
  if (!upgrade) return 'not known: the plan is not in this code';
  if (upgrade.storesUnread) return 'not known: they could not be read';
  const name = (store: { readonly name: string | null; readonly const?: string }) =>
    `\`${storeId(store) ?? 'a computed name'}\``;
  const { added = [], deleted = [], renamed = [] } = upgrade.stores ?? {};
  const parts = [
    ...added.map(store => `adds ${name(store)}`),
    ...deleted.map(store => `deletes ${name(store)}`),
    ...renamed.map(({ from, to }) => `renames ${name(from)} to ${name(to)}`),
  ];
  return parts.join(', ') || 'none';
}

function modulesOf({ analysis, base }: PlanInput): string {
  if (!base) return 'not compared';
  const changes = analysis.chain.modules.flatMap(({ name, consensusVersion: to }) => {
    const before = base.chain.modules.find(module => module.name === name);
    const from = before?.consensusVersion;
    if (!before) return [`\`${name}\` is new`];
    return from === to ? [] : [`\`${name}\` ${from ?? '?'} → ${to ?? '?'}`];
  });
  const own = changes.join(', ') || 'none';
  return `${own} (of this repository; \`chain-upgrade plan\` shows all)`;
}
