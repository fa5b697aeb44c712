import type { Baseline } from '../chain/baseline.ts';
import type { App, Chain, Unknown, Upgrade } from '../chain/chain.ts';
import type { EditBatch } from '../go/edit/edit-batch.ts';
import type { Repo } from '../go/repo/repo.ts';
import type { Location } from '../go/source/location.ts';
import type { Wiring } from '../wiring/style.ts';
import type { NodeSays } from './node-words.ts';

/**
 * How sure a rule is and how much harm it sees: error = would halt or fork a chain, warning =
 * usually wrong, info = advice.
 */
export type Severity = 'error' | 'warning' | 'info';

/** One thing a rule found. */
export interface Finding {
  readonly location: Location;
  /** What is wrong, in one sentence. */
  readonly message: string;
  /** What the node will do and when, with the SDK's own words where there are some. */
  readonly consequence?: string | undefined;
  /** Where it is less, or more, than the rule's own severity. */
  readonly severity?: Severity;
  readonly related?: readonly RelatedInformation[];
  /** The likeliest one first. */
  readonly fixes?: readonly SuggestedFix[];
  /** There is no upgrade yet that could repair it: a new one, with its defaults, does. */
  readonly wantsUpgrade?: true;
}

export interface RelatedInformation {
  readonly location: Location;
  readonly message: string;
}

/** A repair: a verb phrase, and the edits that make it. */
export interface SuggestedFix {
  readonly title: string;
  /**
   * Whether nothing is left to doubt: what is wrong, and that this is what was meant. Only then it
   * is made unasked. What takes a plan out, or would only silence the finding, never is.
   */
  readonly preferred: boolean;
  readonly edit: (changes: EditBatch) => void;
}

/**
 * A rule: a function from what was read to findings, and what is known about its mistake. It knows
 * nothing of configuration, suppression or front ends.
 */
export interface Rule {
  readonly name: string;
  readonly severity: Severity;
  /** One line for lists: what it finds. */
  readonly summary: string;
  /** What a node says because of this mistake. A rehearsal explains failures by it. */
  readonly nodeSays?: readonly NodeSays[];
  /** What to do in words, where a finding has no fix of its own. */
  readonly repair?: string;
  /**
   * A node may not notice this mistake, and something else then fails later with words of its own.
   * Of all rules that have a number here, 1 is the likeliest reason of words that nothing explains.
   */
  readonly silentUntilLater?: number;
  /**
   * It asks something of whatever upgrade comes next, because of what changed since the last release,
   * and only hand-written code answers that: a plan that adds the upgrade leaves it to do.
   */
  readonly leftToDo?: true;
  readonly check: (subject: RuleContext) => Iterable<Finding>;
  /** The places that were not understood and that it is silent about in an app. */
  readonly notJudged?: (subject: AppContext) => readonly Unknown[];
}

/** What is linted: the repository now, and as the network runs it where that is known. */
export interface RuleContext {
  readonly repo: Repo;
  readonly chain: Chain;
  readonly apps: readonly AppContext[];
  readonly base: Baseline | undefined;
  /** The tag that is being released, where one is named. */
  readonly release: string | undefined;
}

/** One app, its wiring, and the same app at the baseline. */
export interface AppContext {
  readonly repo: Repo;
  readonly app: App;
  readonly wiring: Wiring;
  readonly base: AppBase | undefined;
  /**
   * The upgrades that the next release brings: registered, or served by a store loader, and not so
   * at the baseline. All of them without one.
   */
  readonly pending: readonly Upgrade[];
}

/** The same app at the baseline. */
export interface AppBase {
  readonly ref: string;
  readonly app: App;
  readonly repo: Repo | undefined;
  readonly merged: boolean;
  /** The releases between it and now; undefined where that is not known. */
  readonly between: readonly string[] | undefined;
  /**
   * More than one SDK generation lies between it and now: upgrades in between are missing from both
   * readings.
   */
  readonly far: boolean;
}
