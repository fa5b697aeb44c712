import type { ImportSpec } from '../../go/edit/imports.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { Registration } from '../../wiring/style.ts';

/** A struct's StoreUpgrades value, the field that holds it, and the imports it needs. */
export interface StructStores {
  readonly field: string;
  readonly text: string;
  readonly imports: ReadonlyMap<string, ImportSpec>;
}

/** What a new package is written from. */
export interface PackageRequest {
  readonly repo: Repo;
  /** The new plan's name. */
  readonly name: string;
  /** The upgrades to follow, newest first; the first one is copied. */
  readonly neighbours: readonly Registration[];
  /**
   * The StoreUpgrades value for the struct; undefined leaves the field as a neighbour without
   * stores has it.
   */
  readonly stores: StructStores | undefined;
  /**
   * The name as the struct has it, where it is no constant of the package; undefined for one that
   * is, and for a literal.
   */
  readonly nameText?: string | undefined;
  /** Compact JSON for the UpgradeInfo constant. */
  readonly info: string | undefined;
  /**
   * How many parameters of the constructor are kept: all where a struct's type demands it, or only
   * what the body uses.
   */
  readonly parameters: 'all' | 'used';
}
