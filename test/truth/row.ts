import type { SourceEdit } from '../support/edits.ts';

/**
 * When a mistake shows. `old version` is before the upgrade: the node that should stop for it does
 * not. `never`: only the state tells.
 */
export type Step =
  | 'old version'
  | 'start'
  | 'first block'
  | 'later block'
  | 'restart'
  | 'block after the restart'
  | 'export'
  | 'next upgrade'
  | 'never';

/**
 * One mistake, made in the source of a version that upgrades well, and what a node has to say about
 * it.
 */
export interface Row {
  /** The rule that has to report it, as an error. */
  readonly rule: string;
  readonly mistake: string;
  readonly edits: readonly SourceEdit[];
  /**
   * `both`: the released version has the mistake too. `patch`: it is made in a release after the
   * upgrade.
   */
  readonly where?: 'both' | 'patch';
  /** The tag that is being released. */
  readonly release?: string;
  readonly step: Step;
  readonly words: RegExp;
  /** The module whose state shows what never fails. */
  readonly shownBy?: string;
  /**
   * Whether the state after the upgrade is wrong before anything fails: the rehearsal's comparison
   * has to find it.
   */
  readonly wrongState?: true;
  /** Where the words have to lead: a file, and what stands on the line. */
  readonly at: readonly [file: string, line: string];
  /** The repair they have to lead to. */
  readonly fix: string;
  /** Why the rule's repair alone does not bring the node through. */
  readonly rest?: string;
}
