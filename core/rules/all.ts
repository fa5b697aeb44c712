import { addedNotAStoreKey } from './added-not-a-store-key.ts';
import { cosmovisorUnsafeName } from './cosmovisor-unsafe-name.ts';
import { deletedStoreStillMounted } from './deleted-store-still-mounted.ts';
import { duplicateUpgrade } from './duplicate-upgrade.ts';
import { emptyRename } from './empty-rename.ts';
import { handlerSignature } from './handler-signature.ts';
import { lastHandlerRemoved } from './last-handler-removed.ts';
import { migrationGap } from './migration-gap.ts';
import { migrationNeverRuns } from './migration-never-runs.ts';
import { moduleAccountPermissions } from './module-account-permissions.ts';
import { removedStoreNotDeleted } from './removed-store-not-deleted.ts';
import type { Rule } from './rule.ts';
import { staleAdded } from './stale-added.ts';
import { stateBeforeInitGenesis } from './state-before-init-genesis.ts';
import { storeKeyPrefix } from './store-key-prefix.ts';
import { storeLoaderNameMismatch } from './store-loader-name-mismatch.ts';
import { storeNotAdded } from './store-not-added.ts';
import { storeUpgradesLoopPointer } from './store-upgrades-loop-pointer.ts';
import { storeUpgradesNil } from './store-upgrades-nil.ts';
import { upgradeNameInconsistent } from './upgrade-name-inconsistent.ts';
import { upgradeNotRegistered } from './upgrade-not-registered.ts';
import { versionMapOverride } from './version-map-override.ts';

/** Every rule, by name. */
export const rules: readonly Rule[] = [
  addedNotAStoreKey,
  cosmovisorUnsafeName,
  deletedStoreStillMounted,
  duplicateUpgrade,
  emptyRename,
  handlerSignature,
  lastHandlerRemoved,
  migrationGap,
  migrationNeverRuns,
  moduleAccountPermissions,
  removedStoreNotDeleted,
  staleAdded,
  stateBeforeInitGenesis,
  storeKeyPrefix,
  storeLoaderNameMismatch,
  storeNotAdded,
  storeUpgradesLoopPointer,
  storeUpgradesNil,
  upgradeNameInconsistent,
  upgradeNotRegistered,
  versionMapOverride,
];
