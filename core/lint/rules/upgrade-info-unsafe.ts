import { stringValue } from '../../go/eval/value.ts';
import type { Repo } from '../../go/repo/repo.ts';
import { locationOf } from '../../go/source/location.ts';
import type { Finding, Rule } from '../rule.ts';

/** A plan's info is part of every proposal and log line about it; more than this is no list. */
const mostBytes = 10_000;

/**
 * UpgradeInfo that is right and still goes wrong on its way: with blanks, at which older tools cut
 * it, or very long (docs/background/sdk.md#plan-info).
 */
export const upgradeInfoUnsafe: Rule = {
  name: 'upgrade-info-unsafe',
  severity: 'warning',
  summary: 'UpgradeInfo has blanks, or is very long',
  *check({ apps, repo }) {
    for (const { pending } of apps) {
      const folders = new Set(pending.map(upgrade => upgrade.package));
      for (const dir of folders) yield* inFolder(repo, dir);
    }
  },
};

function* inFolder(repo: Repo, dir: string): Iterable<Finding> {
  for (const facts of repo.filesOf(dir, /\bUpgradeInfo\b/)) {
    for (const spec of [...facts.consts, ...facts.vars]) {
      if (!/^UpgradeInfo$/i.test(spec.name) || !spec.value) continue;
      const info = stringValue(repo, { facts, node: spec.value });
      const fault = info.kind === 'known' ? faultOf(info.value) : undefined;
      if (fault) yield { location: locationOf(facts, spec.value), ...fault };
    }
  }
}

function faultOf(info: string): Pick<Finding, 'message' | 'consequence'> | undefined {
  // A blank inside a text of the JSON counts too: what cuts it does not read JSON.
  if (/\s/.test(info.trim()))
    return {
      message: 'UpgradeInfo contains blanks',
      consequence:
        'process managers that read the log cut it at the first one, and download nothing',
    };
  const bytes = new TextEncoder().encode(info).length;
  if (bytes <= mostBytes) return undefined;
  return {
    message: `UpgradeInfo has ${bytes} bytes`,
    consequence: 'it is stored and logged by every node, and the gas of the proposal grows with it',
  };
}
