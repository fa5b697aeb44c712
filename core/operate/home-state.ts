import { Refusal } from '../refusal.ts';
import type { JsonObject } from '../rehearse/checks/check.ts';
import { homeFiles, readAppVersion, readUpgradeInfo } from './home-files.ts';
import { jsonObject } from './json-file.ts';
import type { NodeMachine, Observed } from './machine.ts';
import { ifThere } from './machine.ts';

/** What the files of a node's home say of upgrades; null is what has no file there. */
export interface HomeState {
  readonly home: string;
  /** `data/upgrade-info.json`: the plan that stopped the node last. */
  readonly upgradeInfo: JsonObject | null;
  /** `data/app-version.json`, the record of the version guard. */
  readonly appVersion: JsonObject | null;
  readonly cosmovisor: {
    /** What `cosmovisor/current` leads to, as it is written; null before the first start. */
    readonly current: string | null;
    readonly upgrades: readonly string[];
  } | null;
}

/**
 * Reads those files; databases are not opened, so a node may run. Throws one line where the folder
 * is no home, or a file is damaged or may not be read.
 */
export async function homeState(machine: NodeMachine, home: string): Promise<HomeState> {
  await requireHome(machine, home);
  const at = (file: string) => `${home}/${file}`;
  const info = there(await machine.text(at(homeFiles.upgradeInfo)), homeFiles.upgradeInfo);
  const version = there(await machine.text(at(homeFiles.appVersion)), homeFiles.appVersion);
  if (info !== undefined) readUpgradeInfo(info);
  if (version !== undefined) readAppVersion(version);
  return {
    home,
    upgradeInfo: info === undefined ? null : jsonObject(info, homeFiles.upgradeInfo),
    appVersion: version === undefined ? null : jsonObject(version, homeFiles.appVersion),
    cosmovisor: await cosmovisorIn(machine, home),
  };
}

/** Throws one line where a folder is not there, or has nothing that a node's home has. */
export async function requireHome(machine: NodeMachine, home: string): Promise<void> {
  const folder = await machine.target(home);
  if (folder.is === 'unread') throw new Refusal(`${home} cannot be looked at: ${folder.why}`);
  if (folder.is === 'absent') throw new Refusal(`there is no ${home}: give the node's home`);
  if (folder.value.kind !== 'folder')
    throw new Refusal(`${home} is no folder: give the node's home`);
  const names = there(await machine.names(home), home) ?? [];
  if (!names.some(name => ['data', 'config', 'cosmovisor'].includes(name)))
    throw new Refusal(
      `${home} is no node's home: it has neither data, config nor cosmovisor; ` +
        'give the folder that the node is started with (--home)',
    );
}

async function cosmovisorIn(machine: NodeMachine, home: string): Promise<HomeState['cosmovisor']> {
  const names = there(await machine.names(`${home}/${homeFiles.cosmovisor}`), 'cosmovisor');
  if (names === undefined) return null;
  const link = await machine.linkText(`${home}/${homeFiles.current}`);
  const upgrades = there(await machine.names(`${home}/${homeFiles.upgrades}`), 'upgrades') ?? [];
  const kinds = await Promise.all(
    upgrades.map(name => machine.target(`${home}/${homeFiles.upgrades}/${name}`)),
  );
  return {
    current: there(link, homeFiles.current) ?? null,
    upgrades: upgrades.filter((_, i) => ifThere(kinds[i]!)?.kind === 'folder'),
  };
}

function there<T>(seen: Observed<T>, what: string): T | undefined {
  if (seen.is === 'unread') throw new Refusal(`${what} cannot be read: ${seen.why}`);
  return seen.is === 'there' ? seen.value : undefined;
}
