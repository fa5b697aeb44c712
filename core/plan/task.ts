import type { ReleaseOrReason } from '../chain/baseline.ts';
import type { StoreChoices } from '../edit/store-code.ts';
import type { FileSource } from '../files.ts';
import type { Draft } from './draft.ts';
import type { PlanMachine } from './machine.ts';
import type { PlanInput } from './plan-input.ts';
import type { Answers, Question } from './question.ts';
import type { UpgradeContext } from './upgrade/upgrade-questions.ts';

/** Something the tool writes: what it asks, and the steps that the answers lead to. */
export interface Task {
  readonly questions: readonly Question<UpgradeContext>[];
  /** The steps to a plan, in order. Throws `Refusal` where the answers cannot be met. */
  readonly steps: (input: PlanInput, answers: Answers) => readonly Step[];
  /**
   * What the steps need of files that are not loaded, where the answers ask for something that
   * does. Throws `Refusal`.
   */
  readonly read?: (
    input: PlanInput,
    answers: Answers,
    sources: Sources,
  ) => Promise<Partial<PlanInput>>;
}

/** One thing that a task does to the draft. */
export interface Step {
  /** What it does, as a verb phrase. */
  readonly name: string;
  /** Writes into the draft and declares what that changes. Throws `Refusal` where it is not safe. */
  apply(draft: Draft): readonly DeclaredChange[];
}

/** What a step changes of what the chain is; the judge lets nothing else pass. */
export type DeclaredChange =
  | DeclaredUpgrade
  | DeclaredMigration
  | DeclaredMount
  | DeclaredGuard
  | DeclaredEras
  | DeclaredRename;

/** A module that is mounted, or taken out. */
export interface DeclaredMount {
  readonly kind: 'mount';
  /** The app's folder. */
  readonly dir: string;
  /** The module's name, its stores, and the fields of its keepers. */
  readonly name: string;
  readonly stores: readonly string[];
  readonly keepers: readonly string[];
  /** The orders that name it, with its place where one was asked for. */
  readonly orders: readonly {
    readonly kind: string;
    readonly place: 'first' | 'last' | { readonly after: string } | undefined;
  }[];
  readonly removes: boolean;
  /** Whether the app gets an InitChainer that stores the versions of its modules. */
  readonly initChainer?: boolean;
}

/** The app's version guard: the app version of its newest release, and what leads to it. */
export interface DeclaredGuard {
  readonly kind: 'guard';
  /** The app's folder. */
  readonly dir: string;
  readonly version: number;
  readonly software: string;
  /** The plan whose row was written; absent for the guard itself. */
  readonly upgrade?: string;
}

/** The eras of an app: which ones are supported then, and how many switches there are. */
export interface DeclaredEras {
  readonly kind: 'era';
  /** The app's folder. */
  readonly dir: string;
  /** The folder of the framework, where it is new. */
  readonly framework?: string;
  readonly supported: readonly string[];
  readonly switches: number;
}

/** A new upgrade of an app. */
export interface DeclaredUpgrade {
  readonly kind: 'upgrade';
  /** The app's folder. */
  readonly dir: string;
  readonly name: string;
  readonly stores: StoreChoices;
  /** The plan name that is rewritten in place, where the chain keeps only one. */
  readonly replaces?: string | undefined;
  /**
   * The plan name that stays in the tree and is no longer registered, where the chain registers
   * only its newest upgrade.
   */
  readonly retires?: string | undefined;
  /**
   * The build tags under each of which it is registered once; absent where build tags choose
   * between no lists.
   */
  readonly lists?: readonly string[] | undefined;
}

/** A plan that gets another name, and what is called otherwise with it. */
export interface DeclaredRename {
  readonly kind: 'rename';
  /** The app's folder. */
  readonly dir: string;
  readonly from: string;
  readonly to: string;
  /** The folders that are moved, with the import paths of their packages. */
  readonly folders: readonly {
    readonly from: string;
    readonly to: string;
    readonly path: string;
    readonly newPath: string;
  }[];
  /** The identifiers that are respelt, each with the import path of its package as it was. */
  readonly identifiers: readonly {
    readonly path: string;
    readonly from: string;
    readonly to: string;
  }[];
}

/** A module's next version and the migration to it. */
export interface DeclaredMigration {
  readonly kind: 'migration';
  /** The module's folder and name. */
  readonly dir: string;
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

/** All files of the repository, as they are and as of the last release. */
export interface Sources {
  readonly now: FileSource;
  readonly base: ReleaseOrReason;
  /** Absent where files and networks cannot be asked: in a browser, or an untrusted folder. */
  readonly machine?: PlanMachine | undefined;
}

/** A task as front ends offer it. */
export interface OfferedTask extends Task {
  /** What an editor calls it: the command's title, and the heading of its steps. */
  readonly title: string;
  /** The question that a terminal takes the answer to without an option's name, if any. */
  readonly argument?: string;
}
