import { Refusal } from '../refusal.ts';
import { cosmovisorFolder } from '../sdk/cosmovisor.ts';
import { compareBinary } from './compare-binary.ts';
import type { CosmovisorSettings } from './cosmovisor-env.ts';
import { cosmovisorSettings } from './cosmovisor-env.ts';
import { fileForm, headLength } from './elf.ts';
import type {
  ArchiveFacts,
  BinaryFacts,
  ChainFacts,
  CosmovisorEnvironment,
  Found,
  HomeFacts,
  UserIds,
  VersionRun,
} from './facts.ts';
import { homeFiles, readAppVersion } from './home-files.ts';
import { requireHome } from './home-state.ts';
import { cosmovisorsOf, environmentAt } from './look-environment.ts';
import type { NodeMachine, Observed } from './machine.ts';
import { ifThere, observedAs } from './machine.ts';
import { readManifestFile } from './manifest-file.ts';

/** What `verify` is asked to look at. Paths are absolute. */
export interface VerifyRequest {
  readonly home: string;
  readonly upgrade: string;
  /** A file, or the number of a process. */
  readonly cosmovisor: string | undefined;
  readonly manifest: string | undefined;
  readonly archive: string | undefined;
  readonly run: boolean;
}

/** What is seen besides the disk. */
export interface Beside {
  /** Absent where no node was named. */
  chain(): Promise<Observed<ChainFacts>>;
  /** Looks through an archive for the daemon. Throws one line where it cannot be read. */
  archive(path: string, daemon: string | undefined): Promise<ArchiveFacts>;
  /** Asks a binary for its version, in an empty home of its own. */
  version(binary: string): Promise<VersionRun>;
}

/** Gathers all that the checks look at. Throws one line where there is no home, or no such file. */
export async function lookAtHome(
  machine: NodeMachine,
  request: VerifyRequest,
  beside: Beside,
): Promise<HomeFacts> {
  const { home, upgrade } = request;
  await requireHome(machine, home);
  const look = new HomeLook(machine, home);
  const environment = await environmentAt(machine, request.cosmovisor);
  const variables = ifThere(environment)?.variables ?? new Map<string, string>();
  const settings = cosmovisorSettings(variables);
  const folder = /^\.{0,2}$/.test(upgrade) ? undefined : cosmovisorFolder(upgrade, settings.recase);
  const daemon = await look.daemon(variables.get('DAEMON_NAME'), folder);
  const name = ifThere(daemon);
  const data = await look.found('data');
  const realHome = await machine.realPath(home);
  const daemonHome = variables.get('DAEMON_HOME');
  const manifest =
    request.manifest === undefined ? undefined : await look.manifest(request.manifest);
  const archive =
    request.archive === undefined ? undefined : await beside.archive(request.archive, name);
  const facts: HomeFacts = {
    home,
    upgrade,
    folder,
    platform: `${machine.os}/${machine.arch}`,
    today: machine.today,
    environment,
    settings,
    daemon,
    realHome,
    realDaemonHome: daemonHome ? await machine.realPath(daemonHome) : { is: 'absent' },
    service: await look.service(data, environment),
    cosmovisor: await look.found('cosmovisor'),
    data,
    genesisBinary: await look.found(`cosmovisor/genesis/bin/${name ?? ''}`, daemon),
    current: await look.current(daemon),
    upgradeFolders: await machine.names(`${home}/${homeFiles.upgrades}`),
    binary: await look.binary(folder, daemon),
    manifest,
    archive,
    backup: await look.backup(settings),
    preupgrade: await look.preupgrade(settings),
    upgradeInfo: await machine.text(`${home}/${homeFiles.upgradeInfo}`),
    appVersion: await look.appVersion(),
    running: await cosmovisorsOf(machine, ifThere(realHome) ?? home, ifThere(environment)?.pid),
    chain: await beside.chain(),
    run: { is: 'absent' },
    options: { run: request.run },
  };
  if (!request.run || !compareBinary(facts).ok) return facts;
  const run = await beside.version(`${home}/${facts.binary.path}`);
  return { ...facts, run: { is: 'there', value: run } };
}

/** Looks at what lies in one home. */
class HomeLook {
  private readonly machine: NodeMachine;
  private readonly home: string;

  constructor(machine: NodeMachine, home: string) {
    this.machine = machine;
    this.home = home;
  }

  /** What a path in the home leads to; not looked at where the daemon's name is needed for it. */
  async found(path: string, daemon: Observed<string> = { is: 'there', value: '' }): Promise<Found> {
    const entry = daemon.is === 'there' ? await this.machine.target(this.at(path)) : daemon;
    return { path, entry };
  }

  /** The daemon's name: as the environment has it, else that of the only binary that is there. */
  async daemon(named: string | undefined, folder: string | undefined): Promise<Observed<string>> {
    if (named) return { is: 'there', value: named };
    const folders = ['genesis', 'current', ...(folder === undefined ? [] : [`upgrades/${folder}`])];
    const names = new Set<string>();
    for (const one of folders) {
      const seen = await this.machine.names(this.at(`cosmovisor/${one}/bin`));
      for (const name of ifThere(seen) ?? []) if (!name.startsWith('.')) names.add(name);
    }
    const [only, ...others] = names;
    if (only !== undefined && others.length === 0) return { is: 'there', value: only };
    const why =
      only === undefined ? 'no bin folder holds a binary' : `${[...names].join(', ')} are there`;
    return {
      is: 'unread',
      why: `the daemon's name is not known (${why}): give --cosmovisor FILE|PID`,
    };
  }

  /** Who runs the node: the owner of the process, else of its data. */
  async service(
    data: Found,
    environment: Observed<CosmovisorEnvironment>,
  ): Promise<UserIds | undefined> {
    const owner = ifThere(data.entry);
    const pid = ifThere(environment)?.pid;
    const owning = pid === undefined ? undefined : ifThere(await this.machine.process(pid));
    if (owning?.uid == null) return owner && { uid: owner.uid, gid: owner.gid };
    return { uid: owning.uid, gid: owner?.uid === owning.uid ? owner.gid : -1 };
  }

  async current(daemon: Observed<string>): Promise<HomeFacts['current']> {
    const path = homeFiles.current;
    const binary = await this.found(`${path}/bin/${ifThere(daemon) ?? ''}`, daemon);
    return {
      path,
      entry: await this.machine.entry(this.at(path)),
      text: await this.machine.linkText(this.at(path)),
      binary,
      sha256: await this.hashOf(binary, 'sha256'),
    };
  }

  async binary(folder: string | undefined, daemon: Observed<string>): Promise<BinaryFacts> {
    const bin = `${homeFiles.upgrades}/${folder ?? ''}/bin`;
    const path = `${bin}/${ifThere(daemon) ?? ''}`;
    const name: Observed<string> = folder === undefined ? { is: 'absent' } : daemon;
    const entry = name.is === 'there' ? await this.machine.entry(this.at(path)) : name;
    const binary = { path, entry };
    const ways = ['cosmovisor', homeFiles.upgrades, `${homeFiles.upgrades}/${folder ?? ''}`, bin];
    const isFile = ifThere(entry)?.kind === 'file';
    const head = isFile ? await this.machine.head(this.at(path), headLength) : notLookedAt(entry);
    return {
      ...binary,
      folders: await Promise.all(ways.map(way => this.found(way, name))),
      form: observedAs(head, fileForm),
      sha256: await this.hashOf(binary, 'sha256'),
      sha512: await this.hashOf(binary, 'sha512'),
    };
  }

  async backup(settings: CosmovisorSettings): Promise<HomeFacts['backup']> {
    const path = settings.backupDir ?? this.home;
    return {
      path,
      entry: await this.machine.target(path),
      freeBytes: await this.machine.freeBytes(path),
      names: await this.machine.names(path),
      dataBytes: settings.skipBackup
        ? { is: 'absent' }
        : await this.machine.sizeBelow(this.at('data')),
    };
  }

  async preupgrade({ preupgrade }: CosmovisorSettings): Promise<Found> {
    if (preupgrade === undefined) return { path: 'cosmovisor', entry: { is: 'absent' } };
    return this.found(`cosmovisor/${preupgrade}`);
  }

  /** What is damaged is observed as unread. */
  async appVersion(): Promise<HomeFacts['appVersion']> {
    const text = await this.machine.text(this.at(homeFiles.appVersion));
    try {
      return observedAs(text, content => readAppVersion(content));
    } catch (error) {
      return { is: 'unread', why: (error as Error).message };
    }
  }

  /** Throws one line where the file is not there or is no manifest. */
  async manifest(path: string): Promise<NonNullable<HomeFacts['manifest']>> {
    const text = await this.machine.text(path);
    if (text.is !== 'there') {
      const why = text.is === 'absent' ? 'no such file' : text.why;
      throw new Refusal(`--manifest ${path} cannot be read: ${why}`);
    }
    const sha256 = await this.machine.hash(path, 'sha256');
    return { path, sha256: ifThere(sha256) ?? '', read: readManifestFile(text.value, path) };
  }

  private async hashOf({ path, entry }: Found, kind: 'sha256' | 'sha512') {
    return ifThere(entry)?.kind === 'file'
      ? this.machine.hash(this.at(path), kind)
      : notLookedAt(entry);
  }

  private at(path: string): string {
    return `${this.home}/${path}`;
  }
}

/** What is no file has no content. */
function notLookedAt(entry: Observed<unknown>): Observed<never> {
  return entry.is === 'unread' ? entry : { is: 'absent' };
}
