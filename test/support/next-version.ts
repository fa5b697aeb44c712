import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { replaceOnce } from './edits.ts';

const upgrade = 'app/upgrades/v3/upgrades.go';

/** Replaces a piece of a file, which has to be there once. */
export function change(dir: string, file: string, before: string, after: string): void {
  const text = readFileSync(join(dir, file), 'utf8');
  writeFileSync(join(dir, file), replaceOnce(file, text, before, after));
}

/** Lets the upgrade v3 of `test/rules/next`, laid out in a folder, add the store "ledger". */
export function addLedger(dir: string): void {
  change(
    dir,
    upgrade,
    'CreateUpgradeHandler: CreateUpgradeHandler}',
    'CreateUpgradeHandler: CreateUpgradeHandler,\n' +
      '\tStoreUpgrades: storetypes.StoreUpgrades{Added: []string{"ledger"}}}',
  );
  change(dir, upgrade, 'import (', 'import (\n\tstoretypes "cosmossdk.io/store/types"');
}
