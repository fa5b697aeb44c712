import type { HomeCheck } from '../check.ts';
import { failed, passed, skipped } from '../check.ts';
import { mayDo } from '../permission.ts';

/** V14, its first half. cosmovisor does not start without it, or stops when it copies. */
export const backupFolder: HomeCheck = {
  name: 'backup-folder',
  severity: 'error',
  summary: 'the folder for the backup is there, and the user of the service may write in it',
  look({ backup, settings, service }) {
    const { path, entry } = backup;
    if (settings.skipBackup) return skipped('no backup is made');
    if (!path.startsWith('/'))
      return failed(
        `DAEMON_DATA_BACKUP_DIR is ${path}, which is no absolute path`,
        'give it as an absolute path',
      );
    if (entry.is === 'unread') return skipped(`${path} cannot be looked at: ${entry.why}`);
    if (entry.is === 'absent' || entry.value.kind !== 'folder')
      return failed(`${path} is no folder`, `mkdir -p ${path}`, { file: path });
    if (!service) return skipped('the user of the service is not known: data is not there');
    if (!mayDo(service, entry.value, 2) || !mayDo(service, entry.value, 1))
      return failed(
        `user ${service.uid} may not write in ${path}`,
        `chown ${service.uid} ${path}`,
        {
          file: path,
        },
      );
    return passed(`backups go to ${path}`, path);
  },
};
