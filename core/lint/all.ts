import type { Rule } from './rule.ts';
import { addedNotAStoreKey } from './rules/added-not-a-store-key.ts';
import { appVersionInStateMachine } from './rules/app-version-in-state-machine.ts';
import { appVersionNotRaised } from './rules/app-version-not-raised.ts';
import { appVersionRow } from './rules/app-version-row.ts';
import { consensusParamsMigration } from './rules/consensus-params-migration.ts';
import { consensusVersionLowered } from './rules/consensus-version-lowered.ts';
import { cosmovisorEnvironment } from './rules/cosmovisor-environment.ts';
import { cosmovisorUnsafeName } from './rules/cosmovisor-unsafe-name.ts';
import { deletedNotAStore } from './rules/deleted-not-a-store.ts';
import { deletedStoreStillMounted } from './rules/deleted-store-still-mounted.ts';
import { duplicateUpgrade } from './rules/duplicate-upgrade.ts';
import { emptyRename } from './rules/empty-rename.ts';
import { eraBehaviourChanged } from './rules/era-behaviour-changed.ts';
import { eraBehindPendingUpgrade } from './rules/era-behind-pending-upgrade.ts';
import { eraFrameworkChanged } from './rules/era-framework-changed.ts';
import { eraKept } from './rules/era-kept.ts';
import { eraMayGo } from './rules/era-may-go.ts';
import { eraNotFirst } from './rules/era-not-first.ts';
import { eraRemovedWithoutUpgrade } from './rules/era-removed-without-upgrade.ts';
import { eraSwitchIncomplete } from './rules/era-switch-incomplete.ts';
import { eraTable } from './rules/era-table.ts';
import { eraUnknown } from './rules/era-unknown.ts';
import { expectedVersionsStale } from './rules/expected-versions-stale.ts';
import { handlerSignature } from './rules/handler-signature.ts';
import { handlersBeforeConfigurator } from './rules/handlers-before-configurator.ts';
import { heightGate } from './rules/height-gate.ts';
import { keeperStoreNotMounted } from './rules/keeper-store-not-mounted.ts';
import { keeperWrongStoreKey } from './rules/keeper-wrong-store-key.ts';
import { lastHandlerRemoved } from './rules/last-handler-removed.ts';
import { logScanningSupervisor } from './rules/log-scanning-supervisor.ts';
import { migrationGap } from './rules/migration-gap.ts';
import { migrationNeverRuns } from './rules/migration-never-runs.ts';
import { migrationUnchecked } from './rules/migration-unchecked.ts';
import { moduleAccountPermissions } from './rules/module-account-permissions.ts';
import { neededModuleAccount } from './rules/needed-module-account.ts';
import { nondeterministicHandler } from './rules/nondeterministic-handler.ts';
import { packetForwardOrphanKey } from './rules/packet-forward-orphan-key.ts';
import { paramsChangedWithoutMigration } from './rules/params-changed-without-migration.ts';
import { paramsKeyTableMissing } from './rules/params-key-table-missing.ts';
import { preUpgradeExitCode } from './rules/pre-upgrade-exit-code.ts';
import { preblockerWiring } from './rules/preblocker-wiring.ts';
import { proposalWithoutHandler } from './rules/proposal-without-handler.ts';
import { removedModuleFunds } from './rules/removed-module-funds.ts';
import { removedStoreNotDeleted } from './rules/removed-store-not-deleted.ts';
import { runMigrationsResult } from './rules/run-migrations-result.ts';
import { sdkHopTooLong } from './rules/sdk-hop-too-long.ts';
import { setOrderMissingModule } from './rules/set-order-missing-module.ts';
import { skippedUpgrade } from './rules/skipped-upgrade.ts';
import { staleAdded } from './rules/stale-added.ts';
import { startNotGuarded } from './rules/start-not-guarded.ts';
import { stateBeforeInitGenesis } from './rules/state-before-init-genesis.ts';
import { stateBreakingBump } from './rules/state-breaking-bump.ts';
import { statePrefixChanged } from './rules/state-prefix-changed.ts';
import { storeKeyPrefix } from './rules/store-key-prefix.ts';
import { storeLoaderAfterLoad } from './rules/store-loader-after-load.ts';
import { storeLoaderNameMismatch } from './rules/store-loader-name-mismatch.ts';
import { storeLoaderOverwritten } from './rules/store-loader-overwritten.ts';
import { storeLoaderUnconditional } from './rules/store-loader-unconditional.ts';
import { storeNotAdded } from './rules/store-not-added.ts';
import { storeUpgradesLoopPointer } from './rules/store-upgrades-loop-pointer.ts';
import { storeUpgradesNil } from './rules/store-upgrades-nil.ts';
import { swallowedError } from './rules/swallowed-error.ts';
import { tooManyEras } from './rules/too-many-eras.ts';
import { upgradeInfoInvalid } from './rules/upgrade-info-invalid.ts';
import { upgradeInfoUnsafe } from './rules/upgrade-info-unsafe.ts';
import { upgradeNameInconsistent } from './rules/upgrade-name-inconsistent.ts';
import { upgradeNotRegistered } from './rules/upgrade-not-registered.ts';
import { versionMapNotStored } from './rules/version-map-not-stored.ts';
import { versionMapOverride } from './rules/version-map-override.ts';

/** Every rule, by name. */
export const rules: readonly Rule[] = [
  addedNotAStoreKey,
  appVersionInStateMachine,
  appVersionNotRaised,
  appVersionRow,
  consensusParamsMigration,
  consensusVersionLowered,
  cosmovisorEnvironment,
  cosmovisorUnsafeName,
  deletedNotAStore,
  deletedStoreStillMounted,
  duplicateUpgrade,
  emptyRename,
  eraBehindPendingUpgrade,
  eraBehaviourChanged,
  eraFrameworkChanged,
  eraKept,
  eraMayGo,
  eraNotFirst,
  eraRemovedWithoutUpgrade,
  eraSwitchIncomplete,
  eraTable,
  eraUnknown,
  expectedVersionsStale,
  handlerSignature,
  handlersBeforeConfigurator,
  heightGate,
  keeperStoreNotMounted,
  keeperWrongStoreKey,
  lastHandlerRemoved,
  logScanningSupervisor,
  migrationGap,
  migrationNeverRuns,
  migrationUnchecked,
  moduleAccountPermissions,
  neededModuleAccount,
  nondeterministicHandler,
  packetForwardOrphanKey,
  paramsChangedWithoutMigration,
  paramsKeyTableMissing,
  preUpgradeExitCode,
  preblockerWiring,
  proposalWithoutHandler,
  removedModuleFunds,
  removedStoreNotDeleted,
  runMigrationsResult,
  sdkHopTooLong,
  setOrderMissingModule,
  skippedUpgrade,
  staleAdded,
  startNotGuarded,
  stateBeforeInitGenesis,
  stateBreakingBump,
  statePrefixChanged,
  storeKeyPrefix,
  storeLoaderAfterLoad,
  storeLoaderNameMismatch,
  storeLoaderOverwritten,
  storeLoaderUnconditional,
  storeNotAdded,
  storeUpgradesLoopPointer,
  storeUpgradesNil,
  swallowedError,
  tooManyEras,
  upgradeInfoInvalid,
  upgradeInfoUnsafe,
  upgradeNameInconsistent,
  upgradeNotRegistered,
  versionMapNotStored,
  versionMapOverride,
];
