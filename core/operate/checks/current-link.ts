import type { HomeCheck } from '../check.ts';
import { failed, passed, skipped, told, unseen } from '../check.ts';
import type { HomeFacts } from '../facts.ts';
import { ifThere } from '../machine.ts';
import { normalPath } from '../paths.ts';

/** V05. cosmovisor starts what `current` leads to, and switches it. */
export const currentLink: HomeCheck = {
  name: 'current-link',
  severity: 'error',
  summary: 'cosmovisor/current leads to genesis or to an upgrade, which has a binary',
  look(facts) {
    const { current, daemon } = facts;
    const { path, entry } = current;
    if (entry.is === 'unread') return skipped(`${path} cannot be looked at: ${entry.why}`);
    if (entry.is === 'absent')
      return told('it is not there: cosmovisor makes it when it starts', path);
    if (entry.value.kind !== 'link' || current.text.is !== 'there')
      return failed(`${path} is no link`, `move it away: cosmovisor makes the link itself`, {
        file: path,
      });
    const text = current.text.value;
    const way = wayInCosmovisor(facts, text);
    const set = 'set it to the version that runs: ln -sfn genesis, or upgrades/NAME';
    if (way === undefined || !/^(genesis|upgrades\/[^/]+)$/.test(way))
      return failed(`it leads to ${text}, neither genesis nor an upgrade`, set, { file: path });
    if (daemon.is !== 'there') return unseen(daemon, current.binary.path, '');
    const binary = current.binary.entry;
    if (binary.is === 'unread') return unseen(binary, current.binary.path, '');
    if (binary.is === 'absent')
      return failed(`it leads to ${way}, which has no bin/${daemon.value}`, set, { file: path });
    return passed(`it leads to ${way}`, path);
  },
};

/** Where a link leads below `cosmovisor`; undefined where it leads elsewhere. */
function wayInCosmovisor({ home, realHome }: HomeFacts, text: string): string | undefined {
  const roots = [home, ifThere(realHome) ?? home].map(root => `${root}/cosmovisor`);
  const target = normalPath(text.startsWith('/') ? text : `${roots[0]!}/${text}`);
  const root = roots.find(one => target.startsWith(`${one}/`));
  return root && target.slice(root.length + 1);
}
