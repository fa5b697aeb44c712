import type { ProposalForm } from '../../core/gov/forms.ts';
import type { GoChain } from '../go/chain.ts';
import type { Generation } from '../go/generations.ts';

/** The forms in which a chain of a generation is asked for an upgrade, without IBC. */
export function formsOf(generation: Generation): readonly ProposalForm[] {
  return generation === '0.47' ? ['v1', 'legacy', 'command'] : ['v1', 'command'];
}

/**
 * Has a chain on SDK 0.47 take the older content of x/upgrade, and its command, as the chains of
 * that time did.
 */
export function takeLegacyContent(chain: GoChain): void {
  const clients = 'govclient "github.com/cosmos/cosmos-sdk/x/gov/client"';
  const gov = '\tgovtypes "github.com/cosmos/cosmos-sdk/x/gov/types"\n';
  chain
    .replace(
      'app/keepers.go',
      '\tapp.CounterKeeper = ',
      `	router := govv1beta1.NewRouter()
	router.AddRoute(upgradetypes.RouterKey, upgrade.NewSoftwareUpgradeProposalHandler(app.UpgradeKeeper))
	app.GovKeeper.SetLegacyRouter(router)
	app.CounterKeeper = `,
    )
    .replace(
      'app/keepers.go',
      gov,
      `${gov}\tgovv1beta1 "github.com/cosmos/cosmos-sdk/x/gov/types/v1beta1"
	"github.com/cosmos/cosmos-sdk/x/upgrade"\n`,
    )
    .replace(
      'app/modules.go',
      'gov.NewAppModuleBasic(nil)',
      `gov.NewAppModuleBasic([]govclient.ProposalHandler{
			upgradeclient.LegacyProposalHandler, upgradeclient.LegacyCancelProposalHandler,
		})`,
    )
    .replace(
      'app/modules.go',
      gov,
      `\t${clients}\n${gov}\tupgradeclient "github.com/cosmos/cosmos-sdk/x/upgrade/client"\n`,
    );
}
