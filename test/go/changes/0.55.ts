import type { Changes } from './changes.ts';

/**
 * SDK 0.55 ends x/params, and with it the subspaces of its modules; its staking keeps fees for the
 * rotation of keys.
 */
export const to055: Changes = {
  imports: {},
  edits: {
    chain: {
      'app/keepers.go': [
        [
          `	authtypes.FeeCollectorName:     nil,
	stakingtypes.BondedPoolName:    {authtypes.Burner, authtypes.Staking},
	stakingtypes.NotBondedPoolName: {authtypes.Burner, authtypes.Staking},
	govtypes.ModuleName:            {authtypes.Burner},
`,
          `	authtypes.FeeCollectorName:          nil,
	stakingtypes.BondedPoolName:         {authtypes.Burner, authtypes.Staking},
	stakingtypes.NotBondedPoolName:      {authtypes.Burner, authtypes.Staking},
	govtypes.ModuleName:                 {authtypes.Burner},
	stakingtypes.KeyRotationFeePoolName: {authtypes.Burner},
`,
        ],
      ],
      'app/modules.go': [
        ['app.AccountKeeper, nil, nil)', 'app.AccountKeeper, nil)'],
        ['app.BankKeeper, app.AccountKeeper, nil)', 'app.BankKeeper, app.AccountKeeper)'],
        [
          'app.StakingKeeper, app.AccountKeeper, app.BankKeeper, nil)',
          'app.StakingKeeper, app.AccountKeeper, app.BankKeeper)',
        ],
        [
          'app.GovKeeper, app.AccountKeeper, app.BankKeeper, nil)',
          'app.GovKeeper, app.AccountKeeper, app.BankKeeper)',
        ],
      ],
    },
  },
};
