import type { CosmovisorSettings } from './cosmovisor-env.ts';
import type { FileForm } from './elf.ts';
import type { AppVersionEntry } from './home-files.ts';
import type { Observed, PathEntry, RunningProcess, Variables } from './machine.ts';
import type { BinaryManifest } from './manifest-file.ts';
import type { DonePlan, PendingPlan } from './state.ts';

/** Something on the disk, with its path for messages: relative in the home, else absolute. */
export interface Found {
  readonly path: string;
  readonly entry: Observed<PathEntry>;
}

/** A user of the machine, by numbers. */
export interface UserIds {
  readonly uid: number;
  readonly gid: number;
}

/** The environment that cosmovisor runs in, or will run in. */
export interface CosmovisorEnvironment {
  readonly variables: Variables;
  /** Where it was read: a file, or `process 123`. */
  readonly source: string;
  /** The process that it was read of; absent for a file. */
  readonly pid: number | undefined;
}

/** What the network says of the plan. */
export interface ChainFacts {
  readonly chainId: string;
  readonly height: number;
  readonly plan: PendingPlan | null;
  readonly done: readonly DonePlan[];
  /** The mean time between blocks, in seconds; null where it was not measured. */
  readonly blockSeconds: number | null;
  /** Of the node that was asked by RPC; null where none was. */
  readonly node: { readonly nodeId: string; readonly consensusAddress: string } | null;
}

/** The archive that a binary was unpacked from. */
export interface ArchiveFacts {
  readonly path: string;
  readonly sha256: string;
  readonly sha512: string;
  /** Of the daemon in it, at `bin/NAME` or `NAME`; undefined where it holds none. */
  readonly binarySha256: string | undefined;
}

/** What the new binary said when it was asked for its version. */
export interface VersionRun {
  /** Undefined where it was stopped after ten seconds. */
  readonly code: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** The new binary. */
export interface BinaryFacts extends Found {
  /** The folders that lead to it, from `cosmovisor` on. */
  readonly folders: readonly Found[];
  readonly form: Observed<FileForm>;
  readonly sha256: Observed<string>;
  readonly sha512: Observed<string>;
}

/** All that the checks of `verify` look at: data, gathered once. */
export interface HomeFacts {
  /** Absolute. */
  readonly home: string;
  readonly upgrade: string;
  /** The folder in `cosmovisor/upgrades`; undefined where the plan's name makes none. */
  readonly folder: string | undefined;
  /** `os/arch` as Go names them. */
  readonly platform: string;
  readonly today: readonly [year: number, month: number, day: number];
  /** Absent where none was given. */
  readonly environment: Observed<CosmovisorEnvironment>;
  readonly settings: CosmovisorSettings;
  /** The daemon's file name; unread where it is not known, with what to do. */
  readonly daemon: Observed<string>;
  /** The real paths of the home, and of DAEMON_HOME. */
  readonly realHome: Observed<string>;
  readonly realDaemonHome: Observed<string>;
  /** Who owns `data`, or runs cosmovisor: the user of the service. */
  readonly service: UserIds | undefined;
  readonly cosmovisor: Found;
  readonly data: Found;
  readonly genesisBinary: Found;
  readonly current: Found & {
    readonly text: Observed<string>;
    readonly binary: Found;
    readonly sha256: Observed<string>;
  };
  readonly upgradeFolders: Observed<readonly string[]>;
  readonly binary: BinaryFacts;
  readonly manifest:
    | { readonly path: string; readonly sha256: string; readonly read: BinaryManifest }
    | undefined;
  readonly archive: ArchiveFacts | undefined;
  readonly backup: Found & {
    readonly freeBytes: Observed<number>;
    readonly names: Observed<readonly string[]>;
    readonly dataBytes: Observed<number>;
  };
  /** Absent where none is set. */
  readonly preupgrade: Found;
  readonly upgradeInfo: Observed<string>;
  readonly appVersion: Observed<readonly AppVersionEntry[]>;
  /** Processes of cosmovisor for this home, besides the one that was named. */
  readonly running: readonly RunningProcess[];
  /** Absent where no node was named. */
  readonly chain: Observed<ChainFacts>;
  /** Absent where it was not run. */
  readonly run: Observed<VersionRun>;
  readonly options: { readonly run: boolean };
}
