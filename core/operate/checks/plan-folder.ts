import { cosmovisorFolder } from '../../sdk/cosmovisor.ts';
import type { HomeCheck } from '../check.ts';
import { failed, passed } from '../check.ts';
import { ifThere } from '../machine.ts';

/** V06. cosmovisor looks in one folder, whose name follows from the plan's. */
export const planFolder: HomeCheck = {
  name: 'plan-folder',
  severity: 'error',
  summary: "the folder of the upgrade is called as cosmovisor makes it of the plan's name",
  look({ upgrade, folder, settings, upgradeFolders }) {
    if (folder === undefined)
      return failed(
        `the plan is called ${JSON.stringify(upgrade)}, which is no name of a folder`,
        'give the plan another name',
      );
    const folders = ifThere(upgradeFolders) ?? [];
    const other = cosmovisorFolder(upgrade, !settings.recase);
    const found = [other, upgrade].find(name => name !== folder && folders.includes(name));
    if (!folders.includes(folder) && found !== undefined)
      return failed(
        `the folder is called ${found}, cosmovisor looks for ${folder}`,
        `rename it: mv cosmovisor/upgrades/${found} cosmovisor/upgrades/${folder}`,
        { file: `cosmovisor/upgrades/${found}` },
      );
    return passed(`cosmovisor looks in upgrades/${folder}`);
  },
};
