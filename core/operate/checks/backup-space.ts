import type { HomeCheck } from '../check.ts';
import { failed, passed, skipped, unseen } from '../check.ts';

/** A copy grows while the node still runs. */
const margin = 1.1;

/** V14, its second half. A disk that is full in the middle of the copy stops cosmovisor. */
export const backupSpace: HomeCheck = {
  name: 'backup-space',
  severity: 'error',
  summary: 'the disk of the backup has room for a copy of data, and a tenth more',
  look({ backup, settings }) {
    if (settings.skipBackup) return skipped('no backup is made');
    const { freeBytes, dataBytes, path } = backup;
    if (freeBytes.is !== 'there')
      return unseen(freeBytes, `the disk of ${path}`, `${path} is not there`);
    if (dataBytes.is !== 'there') return unseen(dataBytes, 'data', 'data is not there');
    const needed = Math.ceil(dataBytes.value * margin);
    const told = `${sized(freeBytes.value)} free, ${sized(needed)} needed`;
    if (freeBytes.value >= needed) return passed(told, path);
    return failed(
      `${told} for a copy of data`,
      'free the space, or set DAEMON_DATA_BACKUP_DIR to another disk',
      { file: path },
    );
  },
};

function sized(bytes: number): string {
  if (bytes >= 1e9) return `${(bytes / 1e9).toFixed(1)} GB`;
  return bytes >= 1e6 ? `${(bytes / 1e6).toFixed(1)} MB` : `${Math.ceil(bytes / 1e3)} kB`;
}
