import { addedNotAStoreKey } from './added-not-a-store-key.ts';
import { consensusParamsMigration } from './consensus-params-migration.ts';
import { cosmovisorUnsafeName } from './cosmovisor-unsafe-name.ts';
import { deletedStoreStillMounted } from './deleted-store-still-mounted.ts';
import { duplicateUpgrade } from './duplicate-upgrade.ts';
import { emptyRename } from './empty-rename.ts';
import { handlerSignature } from './handler-signature.ts';
import { handlersBeforeConfigurator } from './handlers-before-configurator.ts';
import { keeperWrongStoreKey } from './keeper-wrong-store-key.ts';
import { lastHandlerRemoved } from './last-handler-removed.ts';
import { migrationGap } from './migration-gap.ts';
import { migrationNeverRuns } from './migration-never-runs.ts';
import { migrationUnchecked } from './migration-unchecked.ts';
import { moduleAccountPermissions } from './module-account-permissions.ts';
import { nondeterministicHandler } from './nondeterministic-handler.ts';
import { paramsChangedWithoutMigration } from './params-changed-without-migration.ts';
import { preblockerWiring } from './preblocker-wiring.ts';
import { removedStoreNotDeleted } from './removed-store-not-deleted.ts';
import type { Rule } from './rule.ts';
import { runMigrationsResult } from './run-migrations-result.ts';
import { sdkHopTooLong } from './sdk-hop-too-long.ts';
import { setOrderMissingModule } from './set-order-missing-module.ts';
import { staleAdded } from './stale-added.ts';
import { stateBeforeInitGenesis } from './state-before-init-genesis.ts';
import { storeKeyPrefix } from './store-key-prefix.ts';
import { storeLoaderAfterLoad } from './store-loader-after-load.ts';
import { storeLoaderNameMismatch } from './store-loader-name-mismatch.ts';
import { storeLoaderOverwritten } from './store-loader-overwritten.ts';
import { storeLoaderUnconditional } from './store-loader-unconditional.ts';
import { storeNotAdded } from './store-not-added.ts';
import { storeUpgradesLoopPointer } from './store-upgrades-loop-pointer.ts';
import { storeUpgradesNil } from './store-upgrades-nil.ts';
import { swallowedError } from './swallowed-error.ts';
import { upgradeInfoInvalid } from './upgrade-info-invalid.ts';
import { upgradeNameInconsistent } from './upgrade-name-inconsistent.ts';
import { upgradeNotRegistered } from './upgrade-not-registered.ts';
import { versionMapNotStored } from './version-map-not-stored.ts';
import { versionMapOverride } from './version-map-override.ts';

/** Every rule, by name. */
export const rules: readonly Rule[] = [
  addedNotAStoreKey,
  consensusParamsMigration,
  cosmovisorUnsafeName,
  deletedStoreStillMounted,
  duplicateUpgrade,
  emptyRename,
  handlerSignature,
  handlersBeforeConfigurator,
  keeperWrongStoreKey,
  lastHandlerRemoved,
  migrationGap,
  migrationNeverRuns,
  migrationUnchecked,
  moduleAccountPermissions,
  nondeterministicHandler,
  paramsChangedWithoutMigration,
  preblockerWiring,
  removedStoreNotDeleted,
  runMigrationsResult,
  sdkHopTooLong,
  setOrderMissingModule,
  staleAdded,
  stateBeforeInitGenesis,
  storeKeyPrefix,
  storeLoaderAfterLoad,
  storeLoaderNameMismatch,
  storeLoaderOverwritten,
  storeLoaderUnconditional,
  storeNotAdded,
  storeUpgradesLoopPointer,
  storeUpgradesNil,
  swallowedError,
  upgradeInfoInvalid,
  upgradeNameInconsistent,
  upgradeNotRegistered,
  versionMapNotStored,
  versionMapOverride,
];
