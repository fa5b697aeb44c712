import type { HomeCheck } from '../check.ts';
import { failed, passed, skipped, unseen } from '../check.ts';
import { ifThere } from '../machine.ts';
import { planFolder } from './plan-folder.ts';

/** V07. Without it the node stays down at the height, or downloads what the plan names. */
export const upgradeBinary: HomeCheck = {
  name: 'upgrade-binary',
  severity: 'error',
  summary: 'the new binary is in the folder of the upgrade, as a file of its own',
  look(facts) {
    const { binary, settings, upgradeFolders, folder, daemon } = facts;
    if (!planFolder.look(facts).ok) return skipped('see plan-folder');
    if (binary.entry.is === 'unread') return unseen(binary.entry, binary.path, '');
    const put = `put the new ${ifThere(daemon) ?? 'binary'} there`;
    if (binary.entry.is === 'absent') {
      const isThere = (ifThere(upgradeFolders) ?? []).includes(folder!);
      const full = 'the folder is there, so cosmovisor will not download it either';
      const fills = settings.allowDownload && isThere ? `; ${full}` : '';
      return failed(`${binary.path} is not there${fills}`, put, { file: binary.path });
    }
    const { kind } = binary.entry.value;
    if (kind === 'file') return passed('it is there', binary.path);
    const what = kind === 'link' ? 'a link' : 'no file';
    return failed(`${binary.path} is ${what}`, `${put} as a file`, { file: binary.path });
  },
};
