import assert from 'node:assert/strict';
import { cut, put } from '../../support/edits.ts';
import { changedChain, offered } from '../../support/planned.ts';

const app = 'app/app.go';
const call = '\tapp.setupUpgradeStoreLoaders()\n';
const answers = { name: 'v4', added: ['berths'], deleted: [] };

describe('a store loader that nothing calls', () => {
  it('is called where it goes over the list', async () => {
    const opened = await changedChain('list', [cut(app, call)]);
    const { text, after } = offered(opened, answers);
    assert.match(
      text(app),
      /\tapp\.setupUpgradeHandlers\(\)\n\tapp\.setupUpgradeStoreLoaders\(\)\n/,
    );
    assert.equal(text(app).split('SetStoreLoader(').length, 2);
    assert.ok(after.app.upgrades.find(({ name }) => name === 'v4')?.loader);
  });

  it('is called where it is a function that takes the app', async () => {
    const opened = await changedChain('list', [
      cut(app, call),
      put(
        app,
        'func (app *HarborApp) setupUpgradeStoreLoaders()',
        'func loadStores(app *HarborApp)',
      ),
    ]);
    assert.match(
      offered(opened, answers).text(app),
      /setupUpgradeHandlers\(\)\n\tloadStores\(app\)\n/,
    );
  });

  it('is left alone where it wants something else', async () => {
    const opened = await changedChain('list', [
      cut(app, call),
      put(app, 'setupUpgradeStoreLoaders() {', 'setupUpgradeStoreLoaders(height int64) {'),
    ]);
    assert.match(offered(opened, answers).text(app), /\tapp\.setupUpgradeStoreLoaders2\(\)\n/);
  });

  it('is left alone where it goes over another list', async () => {
    const opened = await changedChain('list', [
      cut(app, call),
      put(app, 'range Upgrades {\n\t\tif upgradeInfo', 'range planned {\n\t\tif upgradeInfo'),
      put(
        app,
        '// HarborApp is',
        'var planned = []upgrades.Upgrade{v2.Upgrade}\n\n// HarborApp is',
      ),
    ]);
    assert.match(offered(opened, answers).text(app), /\tapp\.setupUpgradeStoreLoaders2\(\)\n/);
  });

  it('is called and written into where it has a switch', async () => {
    const file = 'app/upgrades.go';
    const opened = await changedChain('statements', [
      put(
        file,
        '\tupgradeInfo, err := app',
        '}\n\nfunc (app *App) loadStores() {\n\tupgradeInfo, err := app',
      ),
    ]);
    const { text } = offered(opened, { name: 'v4', added: ['delta'], deleted: [] });
    assert.match(text(file), /case "v4":\n/);
    assert.equal(text(file).split('SetStoreLoader(').length, 2);
    assert.match(text('app/app.go'), /setupUpgradeHandlers\(\)\n\tapp\.loadStores\(\)\n/);
  });
});
