import type { Value } from '../../go/eval/value.ts';
import type { Location } from '../../go/source/location.ts';
import type { Unknown } from '../chain.ts';

/** A name in a configuration and where it stands. */
export interface ConfiguredName {
  readonly value: Value;
  readonly location: Location;
}

/** A module of a depinject configuration. */
export interface ConfiguredModule extends ConfiguredName {
  /**
   * The type of its configuration: `cosmos.bank.module.v1.Module`, or the import path of the Go
   * struct.
   */
  readonly type: string;
  /** What the auth module is told: the bech32 prefix of accounts. */
  readonly bech32Prefix?: Value;
}

/**
 * What a depinject app says about itself in `app.yaml` or `app_config.go`, as far as stores and
 * orders go.
 */
export interface AppConfig {
  readonly modules: readonly ConfiguredModule[];
  readonly overrides: readonly { readonly module: Value; readonly store: ConfiguredName }[];
  readonly skipped: readonly Value[];
  readonly orders: readonly ConfiguredOrder[];
  readonly unknown: readonly Unknown[];
}

/** An order list of the runtime module; `kind` as in `SetOrder…`. */
export interface ConfiguredOrder {
  readonly kind: string;
  readonly names: readonly ConfiguredName[];
  readonly location: Location;
}

/**
 * The runtime module's fields that are order lists, as protobuf spells them, with the name after
 * `SetOrder`.
 */
export const orderFields: Readonly<Record<string, string>> = {
  pre_blockers: 'PreBlockers',
  begin_blockers: 'BeginBlockers',
  end_blockers: 'EndBlockers',
  init_genesis: 'InitGenesis',
  export_genesis: 'ExportGenesis',
  order_migrations: 'Migrations',
  precommiters: 'Precommiters',
  prepare_check_staters: 'PrepareCheckStaters',
};
