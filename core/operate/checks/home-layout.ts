import type { HomeCheck } from '../check.ts';
import { failed, notThere, passed, skipped } from '../check.ts';

/** V02. cosmovisor stops without its folder, and watches for a file in `data`. */
export const homeLayout: HomeCheck = {
  name: 'home-layout',
  severity: 'error',
  summary: 'cosmovisor and data are folders of the home',
  look({ cosmovisor, data, home }) {
    for (const { path, entry } of [cosmovisor, data]) {
      if (entry.is === 'unread') return skipped(`${path} ${notThere(entry)}`);
      if (entry.is === 'there' && entry.value.kind === 'folder') continue;
      const fix =
        path === 'data'
          ? 'give the home that the node is started with (--home)'
          : `lay it out: mkdir -p ${home}/cosmovisor/genesis/bin ${home}/cosmovisor/upgrades`;
      const what = entry.is === 'absent' ? 'is not there' : 'is no folder';
      return failed(`${path} ${what}`, fix, { file: path });
    }
    return passed('cosmovisor and data are there');
  },
};
