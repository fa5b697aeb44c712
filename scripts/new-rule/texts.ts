/** The file of a rule that finds nothing yet. */
export function ruleText(name: string, constant: string): string {
  return `import type { Upgrade } from '../../chain/chain.ts';
import type { Rule } from '../rule.ts';

/** TODO: what it finds, and what a node does because of it. */
export const ${constant}: Rule = {
  name: '${name}',
  severity: 'warning',
  summary: 'TODO: what it finds, as a phrase',
  *check({ apps }) {
    for (const { pending } of apps) {
      for (const upgrade of pending) {
        if (isFine(upgrade)) continue;
        yield {
          location: upgrade.location,
          message: \`TODO: what is wrong with "\${upgrade.name ?? upgrade.package}"\`,
          consequence: 'TODO: what the node will do, and when',
        };
      }
    }
  },
};

/** TODO: whether an upgrade does not make this mistake. */
function isFine(upgrade: Upgrade): boolean {
  return upgrade.package !== '';
}
`;
}

/** The page of a rule: its samples are laid over test/rules/chain and linted. */
export function pageText(name: string): string {
  return `# ${name}

warning: TODO: what it finds, as a phrase.

## Problem

TODO: what happens on the chain, when, and what the node says. The file below has the mistake.

${sample('TODO: the mistake')}
## Solution

TODO: what to write instead.

${sample('TODO: without the mistake')}
## When to ignore

TODO: the case in which the finding is true and nothing needs to be done, or "Never."

## How it was checked

TODO: what was read in the SDK, run on a node or seen on a public chain.
`;
}

/** A case in which the rule has to be silent. */
export function caseText(name: string): string {
  return `TODO: a chain that looks like the mistake of ${name} and does not make it.

-- app/upgrades/v3/upgrades.go --
${upgradeCode('TODO: what is special here')}`;
}

function sample(comment: string): string {
  return `\`\`\`go app/upgrades/v3/upgrades.go\n${upgradeCode(comment)}\`\`\`\n`;
}

function upgradeCode(comment: string): string {
  return `package v3

import (
	"context"

	upgradetypes "cosmossdk.io/x/upgrade/types"
	"github.com/cosmos/cosmos-sdk/types/module"

	"example.org/tally/app/upgrades"
	counterkeeper "example.org/tally/x/counter/keeper"
)

var Upgrade = upgrades.Upgrade{UpgradeName: "v3", CreateUpgradeHandler: CreateUpgradeHandler}

// ${comment}
func CreateUpgradeHandler(mm *module.Manager, configurator module.Configurator, _ counterkeeper.Keeper) upgradetypes.UpgradeHandler {
	return func(ctx context.Context, _ upgradetypes.Plan, fromVM module.VersionMap) (module.VersionMap, error) {
		return mm.RunMigrations(ctx, configurator, fromVM)
	}
}
`;
}
