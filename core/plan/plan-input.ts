import type { Analysis } from '../chain/analysis.ts';
import type { Baseline } from '../chain/baseline.ts';
import type { App } from '../chain/chain.ts';
import type { OraivisorHome } from './machine.ts';
import type { OldType } from './migration/old-message/compare.ts';
import type { ManifestSources } from './operators/manifest-sources.ts';
import type { NodeFacts } from './operators/node-facts.ts';

/** What a plan is made from: the repository as it was read, one of its apps, and the last release. */
export interface PlanInput {
  readonly analysis: Analysis;
  readonly app: App;
  readonly base?: Baseline | undefined;
  /** All that is known of what networks run, where a step has to ask each. */
  readonly bases?: readonly Baseline[];
  /** The message that a migration reads its values as, where one is asked for (`readOldType`). */
  readonly oldType?: OldType;
  /** What proposals and operator files need of the machine, where the answers name it. */
  readonly operators?: OperatorSources;
  /** The files of folders that are moved, those included that the repository does not hold. */
  readonly moved?: MovedSources;
}

/** What was read of folders that a rename moves. */
export interface MovedSources {
  /** Every path below the root. */
  readonly paths: readonly string[];
  /** The texts in these folders that the repository does not hold; undefined where it is no text. */
  readonly texts: ReadonlyMap<string, string | undefined>;
}

/** What was read for proposals and operator files. */
export interface OperatorSources {
  readonly node?: NodeFacts;
  /** The text of the manifest that the answers name. */
  readonly manifest?: string;
  /** The upgraded state of IBC clients. */
  readonly clientState?: unknown;
  /** The hashed binaries of a manifest that is to be written. */
  readonly binaries?: ManifestSources;
  /** What oraivisor keeps in the home that the answers name. */
  readonly oraivisor?: OraivisorHome;
  /** Whether the workflow of pull requests is there. */
  readonly hasWorkflow?: boolean;
  /** The version of this program, where it is known. */
  readonly tool?: string | undefined;
}
