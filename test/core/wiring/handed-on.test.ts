import assert from 'node:assert/strict';
import { handlersOf } from '../../../core/chain/app/handler-code.ts';
import { chainTexts } from '../../support/chains.ts';
import { replaceOnce } from '../../support/edits.ts';
import type { Opened } from '../../support/plans.ts';
import { openChain } from '../../support/plans.ts';

const file = 'app/upgrades.go';
const plain = {
  iron: 'app.UpgradeKeeper.SetUpgradeHandler(iron.UpgradeName, iron.CreateUpgradeHandler(app.mm, app.configurator))',
  steel:
    'app.UpgradeKeeper.SetUpgradeHandler(steel.UpgradeName, steel.CreateUpgradeHandler(app.mm, app.configurator, &app.SmelterKeeper))',
};
const handler = 'handler upgradetypes.UpgradeHandler';
const handlers = {
  iron: 'iron.CreateUpgradeHandler(app.mm, app.configurator)',
  steel: 'steel.CreateUpgradeHandler(app.mm, app.configurator, &app.SmelterKeeper)',
};

/** The small chain `statements-if` with other statements that register, and more functions. */
function registering(iron: string, steel: string, more: string): Promise<Opened> {
  const first = replaceOnce(file, chainTexts('statements-if')[file]!, plain.iron, iron);
  const text = replaceOnce(file, first, plain.steel, steel);
  return openChain('statements-if', { texts: { [file]: `${text}\n${more}\n` } });
}

/** The names that are registered, each with the stores that it adds; how many handlers are found. */
function read(opened: Opened): [string[], number] {
  const { app, repo } = opened;
  const names = app.upgrades
    .filter(({ registered }) => registered)
    .map(({ name, stores }) => `${name} ${stores?.added.map(store => store.name).join()}`);
  return [names, handlersOf(repo, app, opened.wiringOf(app)).length];
}

describe('what functions hand on', () => {
  it('is told by those who give it, however many calls away', async () => {
    const before = read(await registering(plain.iron, plain.steel, ''));
    assert.deepEqual(before, [['iron authz', 'steel feegrant'], 2]);
    const opened = await registering(
      `app.register(iron.UpgradeName, ${handlers.iron})`,
      `app.register(steel.UpgradeName, ${handlers.steel})`,
      `func (app *App) register(name string, ${handler}) { app.enter(name, handler) }\n\n` +
        `func (app *App) enter(plan string, ${handler}) {\n` +
        '\tapp.UpgradeKeeper.SetUpgradeHandler(plan, handler)\n}',
    );
    assert.deepEqual(read(opened), before);
  });

  it('is there once for each name, whoever calls the function that gives it', async () => {
    const opened = await registering(
      `app.both(${handlers.iron})`,
      `if app.mm == nil {\n\t\tapp.both(${handlers.iron})\n\t}`,
      `func (app *App) both(${handler}) {\n\tapp.enter(iron.UpgradeName, handler)\n` +
        `\tapp.enter(steel.UpgradeName, handler)\n}\n\n` +
        `func (app *App) enter(plan string, ${handler}) {\n` +
        '\tapp.UpgradeKeeper.SetUpgradeHandler(plan, handler)\n}',
    );
    assert.deepEqual(read(opened)[0], ['iron authz', 'steel feegrant']);
  });

  it('is a handler that another function makes, two calls away', async () => {
    const opened = await registering(
      `app.UpgradeKeeper.SetUpgradeHandler(iron.UpgradeName, app.ironHandler())`,
      plain.steel,
      'func (app *App) ironHandler() upgradetypes.UpgradeHandler { return app.made() }\n\n' +
        'func (app *App) made() (made upgradetypes.UpgradeHandler) {\n' +
        `\tmade = ${handlers.iron}\n\treturn\n}`,
    );
    assert.deepEqual(read(opened), [['iron authz', 'steel feegrant'], 2]);
  });
});
