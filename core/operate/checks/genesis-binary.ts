import type { HomeCheck } from '../check.ts';
import { failed, passed, unseen } from '../check.ts';

/**
 * V04. Without a link `current` cosmovisor starts this binary; with one it is only needed to follow
 * the chain from its beginning.
 */
export const genesisBinary: HomeCheck = {
  name: 'genesis-binary',
  severity: 'error',
  summary: 'the first binary is in cosmovisor/genesis/bin',
  look({ genesisBinary: { path, entry }, current }) {
    if (entry.is === 'unread') return unseen(entry, path, '');
    if (entry.is === 'there' && entry.value.kind === 'file') return passed('it is there', path);
    const what = entry.is === 'absent' ? 'is not there' : 'is no file';
    return failed(`${path} ${what}`, 'put the binary that the chain began with there', {
      file: path,
      severity: current.entry.is === 'there' ? 'warning' : 'error',
    });
  },
};
