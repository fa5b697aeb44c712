import type { HomeCheck } from '../check.ts';
import { failed, passed, skipped, unseen } from '../check.ts';

/** V15. Two upgrades of one day are copied into the same folder (process.go, doBackup). */
export const backupOfToday: HomeCheck = {
  name: 'backup-of-today',
  severity: 'warning',
  summary: 'no backup of today is there, which another would be mixed into',
  look({ backup: { names, path }, settings, today: [year, month, day] }) {
    if (settings.skipBackup) return skipped('no backup is made');
    if (names.is !== 'there') return unseen(names, path, `${path} is not there`);
    const name = `data-backup-${year}-${month}-${day}`;
    const file = `${path}/${name}`;
    if (!names.value.includes(name)) return passed(`there is no ${name}`, path);
    return failed(
      `${file} is there already: another copy of today would be mixed into it`,
      `rename it: mv ${file} ${file}-1`,
      { file },
    );
  },
};
