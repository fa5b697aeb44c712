import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { GoChain } from './chain.ts';

/** Which eras a release of the example chain supports. */
export type Release = 'thales' | 'both' | 'pythagoras';

/** The upgrade that brings eras to the example chain. */
export const eraUpgrade = 'v3';

/**
 * Gives the example chain eras, by an upgrade; its counter then counts by two in the era
 * pythagoras. Switches need ten blocks of notice, and nodes warn every five.
 */
export function addEras(chain: GoChain): void {
  chain.chainUpgrade('era', 'pythagoras', '--first', 'thales', '--upgrade', eraUpgrade, '--yes');
  chain
    .replace('x/era/keeper.go', 'EpochBlocks = 1000', 'EpochBlocks = 5')
    .replace('x/era/genesis.go', 'DefaultNoticeBlocks = 20000', 'DefaultNoticeBlocks = 10');
  countByEra(chain);
}

function countByEra(chain: GoChain): void {
  const module = 'x/counter/module.go';
  chain
    .replace(
      'app/modules.go',
      'NewAppModule(app.CounterKeeper)',
      'New(app.CounterKeeper, app.EraKeeper)',
    )
    .replace(module, '\tkeeper keeper.Keeper\n}', '\tkeeper keeper.Keeper\n\teras   era.Keeper\n}')
    .replace(
      module,
      'func NewAppModule(keeper keeper.Keeper) AppModule {',
      'func New(keeper keeper.Keeper, eras era.Keeper) AppModule {\n' +
        '\treturn AppModule{keeper: keeper, eras: eras}\n}\n\n' +
        'func NewAppModule(keeper keeper.Keeper) AppModule {',
    )
    .replace(
      module,
      '"example.com/tiny/x/counter/types"',
      '"example.com/tiny/x/counter/types"\n\t"example.com/tiny/x/era"',
    )
    .replace(
      module,
      'am.keeper.SetCount(ctx, count+1)',
      'am.keeper.SetCount(ctx, count+am.step(sdk.UnwrapSDKContext(ctx)))',
    )
    .replace(
      module,
      '// EndBlock counts',
      `func (am AppModule) step(ctx sdk.Context) uint64 {
	current, err := am.eras.Current(ctx)
	if err != nil {
		panic(err)
	}
	return era.Step.For(current)
}

// EndBlock counts`,
    );
  supportEras(chain, 'both');
}

const behaviours: Readonly<Record<Release, string>> = {
  thales: 'Thales: 1',
  both: 'Thales: 1, Pythagoras: 2',
  pythagoras: 'Pythagoras: 2',
};

/** Makes the chain a release that supports these eras, with a behaviour for others where it says so. */
export function supportEras(chain: GoChain, release: Release, switched: Release = release): void {
  const names = release === 'both' ? ['thales', 'pythagoras'] : [release];
  const list = names.map(name => name[0]!.toUpperCase() + name.slice(1)).join(', ');
  write(chain, 'supported.go', [
    'const First Era = "thales"\n',
    'const (\n\tThales     Era = "thales"\n\tPythagoras Era = "pythagoras"\n)\n',
    `var Supported = []Era{${list}}\n`,
    'var Since = map[Era]string{}\n',
  ]);
  write(chain, 'step_switch.go', [
    `var Step = NewSwitch("step", Supported, map[Era]uint64{${behaviours[switched]}})\n`,
  ]);
}

function write(chain: GoChain, file: string, declarations: readonly string[]): void {
  writeFileSync(join(chain.dir, 'x/era', file), ['package era\n', ...declarations].join('\n'));
}
