import type { HomeCheck } from './check.ts';
import { appVersion } from './checks/app-version.ts';
import { backupFolder } from './checks/backup-folder.ts';
import { backupOfToday } from './checks/backup-of-today.ts';
import { backupSkipped } from './checks/backup-skipped.ts';
import { backupSpace } from './checks/backup-space.ts';
import { binaryChecksum } from './checks/binary-checksum.ts';
import { binaryExecutable } from './checks/binary-executable.ts';
import { binaryIsNew } from './checks/binary-is-new.ts';
import { binaryPlatform } from './checks/binary-platform.ts';
import { binaryRuns } from './checks/binary-runs.ts';
import { currentLink } from './checks/current-link.ts';
import { customPreupgrade } from './checks/custom-preupgrade.ts';
import { daemonEnvironment } from './checks/daemon-environment.ts';
import { downloadsAllowed } from './checks/downloads-allowed.ts';
import { environmentNames } from './checks/environment-names.ts';
import { environmentValues } from './checks/environment-values.ts';
import { genesisBinary } from './checks/genesis-binary.ts';
import { homeLayout } from './checks/home-layout.ts';
import { planFolder } from './checks/plan-folder.ts';
import { planInfoCheck } from './checks/plan-info.ts';
import { planOnChain } from './checks/plan-on-chain.ts';
import { restartAfterUpgrade } from './checks/restart-after-upgrade.ts';
import { runningEnvironment } from './checks/running-environment.ts';
import { shutdownGrace } from './checks/shutdown-grace.ts';
import { timeLeft } from './checks/time-left.ts';
import { upgradeBinary } from './checks/upgrade-binary.ts';
import { upgradeInfoFile } from './checks/upgrade-info-file.ts';

/** All checks of a home, in the order in which they are listed. */
export const homeChecks: readonly HomeCheck[] = [
  homeLayout,
  daemonEnvironment,
  environmentValues,
  environmentNames,
  runningEnvironment,
  genesisBinary,
  currentLink,
  planFolder,
  upgradeBinary,
  binaryExecutable,
  binaryPlatform,
  binaryChecksum,
  binaryRuns,
  binaryIsNew,
  planInfoCheck,
  backupFolder,
  backupSpace,
  backupSkipped,
  backupOfToday,
  shutdownGrace,
  restartAfterUpgrade,
  downloadsAllowed,
  customPreupgrade,
  upgradeInfoFile,
  appVersion,
  planOnChain,
  timeLeft,
];
