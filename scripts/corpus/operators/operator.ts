import type { Analysis } from '../../../core/chain/analysis.ts';
import type { App } from '../../../core/chain/chain.ts';

/** What an operator works on: a chain with its newest upgrade. */
export interface Case extends Analysis {
  readonly app: App;
  readonly newest: App['upgrades'][number];
}

/**
 * One way of breaking an upgrade, and the rules that have to report it. Gives undefined where it
 * does not apply.
 */
export interface Operator<Given = Case> {
  readonly name: string;
  readonly rules: readonly string[];
  /** Whether the rules only inform. */
  readonly informs?: boolean;
  readonly breaks: (given: Given) => Changes | undefined;
}

/** Files as they are once something is broken; undefined for those that are gone. */
export interface Changes {
  texts(): ReadonlyMap<string, string | undefined>;
}
