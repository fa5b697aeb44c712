import type { App, Chain } from '../../chain/chain.ts';

/** An app, and the chain as of the last release where there is one. */
export interface AppSinceRelease {
  readonly app: App;
  readonly base?: { readonly chain: Chain } | undefined;
}

/**
 * The plans that are registered since the last release: this one leads through them. None where
 * there is no release to compare with.
 */
export function plansSinceRelease({ app, base }: AppSinceRelease): string[] {
  const before = base?.chain.apps.find(({ dir }) => dir === app.dir) ?? base?.chain.apps[0];
  if (!before) return [];
  const known = new Set(before.upgrades.map(({ name }) => name));
  const pending = app.upgrades.flatMap(({ name, registered }) =>
    registered && name !== null && !known.has(name) ? [name] : [],
  );
  return [...new Set(pending)];
}
