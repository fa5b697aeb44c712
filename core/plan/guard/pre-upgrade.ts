import type { DaemonFacts } from '../../chain/daemon/daemon.ts';
import { fieldOf, stringValue } from '../../go/eval/value.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { Location } from '../../go/source/location.ts';
import { locationOf } from '../../go/source/location.ts';
import { childByField, findAll } from '../../go/syntax/syntax.ts';
import { isForTests } from '../../wiring/call-sites.ts';

/** Where a daemon has a command `pre-upgrade` of its own; undefined where it has none. */
export function preUpgradeOf(repo: Repo, daemon: DaemonFacts): Location | undefined {
  for (const dir of repo.layout.closure(daemon.dir)) {
    const found = isForTests(dir) ? undefined : preUpgradeIn(repo, dir);
    if (found) return found;
  }
  return undefined;
}

/** The value of a command's field `Use` in a package. */
function preUpgradeIn(repo: Repo, dir: string): Location | undefined {
  for (const facts of repo.filesOf(dir, /["`]pre-upgrade["`]/)) {
    const bodies = facts.funcs.map(func => repo.syntaxOf({ facts, func }));
    const values = facts.vars.map(({ value }) => value);
    for (const root of [...bodies, ...values]) {
      for (const literal of findAll(root, 'composite_literal')) {
        const body = childByField(literal, 'body')!;
        const use = fieldOf({ expr: { facts, node: literal }, body, type: undefined }, 'Use');
        const value = use && stringValue(repo, use);
        const name = value?.kind === 'known' ? value.value.split(' ')[0] : undefined;
        if (use && name === 'pre-upgrade') return locationOf(facts, use.node);
      }
    }
  }
  return undefined;
}
