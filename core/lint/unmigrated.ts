import { bodiesOf, handlersOf } from '../chain/app/handler-code.ts';
import type { Module } from '../chain/chain.ts';
import { sameModule } from '../chain/compare.ts';
import { basename } from '../files.ts';
import type { Repo } from '../go/repo/repo.ts';
import type { AppContext, RuleContext } from './rule.ts';
import { handlersAreRead } from './unread.ts';

/** A module as it is, and as the last release has it. */
export interface ModulePair {
  readonly now: Module;
  readonly before: Module;
  /** The last release's code. */
  readonly old: Repo;
}

/**
 * The modules whose version is that of the last release, and that no pending handler speaks of: what
 * they keep in their stores stays as that release wrote it. None where either is not read.
 */
export function unmigratedModules({ base, chain, apps }: RuleContext): ModulePair[] {
  const old = base?.repo;
  if (!base || !old || !apps.every(handlersAreRead)) return [];
  return chain.modules.flatMap(now => {
    const before = sameModule(base.chain.modules, now);
    const isSame = before?.consensusVersion === now.consensusVersion;
    return before && isSame && now.consensusVersion !== null && !isWritten(apps, now)
      ? [{ now, before, old }]
      : [];
  });
}

/** Whether a pending handler, or a function that it calls, mentions the module. */
export function isWritten(apps: readonly AppContext[], { dir }: Pick<Module, 'dir'>): boolean {
  const mention = new RegExp(ownName(dir), 'i');
  return apps.some(({ repo, app, wiring, pending }) =>
    handlersOf(repo, app, wiring)
      .filter(({ upgrade }) => pending.includes(upgrade))
      .flatMap(handler => bodiesOf(repo, handler))
      .some(({ facts, body }) => mention.test(facts.text.slice(body.start, body.end))),
  );
}

/** A module's folder as Go's names spell it; of `x/mint/module` and `x/mint/v2` it is `mint`. */
function ownName(dir: string): string {
  const parts = dir.split('/').filter(part => !/^(module|v\d+)$/.test(part));
  return (parts.at(-1) ?? basename(dir)).replace(/[^\w]/g, '');
}
