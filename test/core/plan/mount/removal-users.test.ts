import assert from 'node:assert/strict';
import { planMount } from '../../../../core/tasks/tasks.ts';
import { textsIn } from '../../../go/generations.ts';
import { replaceOnce } from '../../../support/edits.ts';
import { repoOf } from '../../../support/go.ts';
import type { Opened } from '../../../support/plans.ts';
import { applied, inputOf, openRepo } from '../../../support/plans.ts';

describe('what uses a module that is taken out of an app that is wired by hand', function () {
  this.timeout(30_000);
  let there: Opened;
  before(async () => {
    const texts = new Map([...textsIn('chain'), ...textsIn('mount')]);
    const opened = openRepo(await repoOf(Object.fromEntries(texts)));
    there = applied(opened, planMount(inputOf(opened), { module: 'x/berth' }));
  });

  const reasonWith = (file: string, text: string): string => {
    const opened = openRepo(there.repo.with([[file, text]]));
    const { refused } = planMount(inputOf(opened), { module: 'x/berth', remove: true });
    return refused?.reason ?? 'offered';
  };
  const replaced = (file: string, from: string, to: string) =>
    reasonWith(file, replaceOnce(file, there.repo.texts.get(file)!, from, to));

  const types = 'berthtypes "example.com/tiny/x/berth/types"';
  const keeper = 'berthkeeper "example.com/tiny/x/berth/keeper"';
  const inApp = (imported: string, code: string) =>
    reasonWith('app/other.go', `package app\n\nimport (\n\t${imported}\n)\n\n${code}\n`);

  for (const use of [
    'app.GetKey(berthtypes.StoreKey)',
    'app.keys[berthtypes.StoreKey]',
    'app.keys["berth"]',
    'other[berthtypes.StoreKey]',
    'app.GetSubspace(berthtypes.ModuleName)',
    'app.ModuleManager.Modules[berthtypes.ModuleName]',
    'keyOf(app, berthtypes.StoreKey)',
  ])
    it(`is refused for ${use}`, () => {
      const helper =
        'func keyOf(app *App, name string) any { return app.keys[name] }\n\nvar other map[string]any';
      const reason = inApp(types, `${helper}\n\nfunc (app *App) other() { _ = ${use} }`);
      assert.match(reason, /^app\/other\.go:\d+: .+ is still used; take that out first$/);
      assert.ok(reason.includes(use), reason);
    });

  for (const [what, harmless] of [
    [
      'a map of versions',
      'var v = map[string]uint64{berthtypes.ModuleName: 1}[berthtypes.ModuleName]',
    ],
    ['the stores of an upgrade', 'var added = append([]string{}, berthtypes.StoreKey)'],
    [
      'a comment',
      '// app.keys[berthtypes.StoreKey] and app.BerthKeeper\nvar s = "app.BerthKeeper"',
    ],
  ] as const)
    it(`is offered beside ${what}`, () => assert.equal(inApp(types, harmless), 'offered'));

  it('is refused for a literal that sets its field', () => {
    const code =
      'func other(k berthkeeper.Keeper) *App {\n\treturn &App{\n\t\tBerthKeeper: k,\n\t}\n}';
    assert.match(
      inApp(keeper, code),
      /^the keeper of berth \(BerthKeeper\) is still used: app\/other\.go:9; take that out first$/,
    );
  });

  it('is refused for a command, though the app does not import it', () => {
    const code = (use: string) =>
      `package main\n\nimport "example.com/tiny/app"\n\nfunc other(a *app.App) { _ = a.${use} }\n`;
    assert.match(
      reasonWith('cmd/tinyd/other.go', code('BerthKeeper')),
      /still used: cmd\/tinyd\/other\.go:5; /,
    );
    assert.match(
      reasonWith('cmd/tinyd/other.go', code('GetKey("berth")')),
      /^cmd\/tinyd\/other\.go:5: a\.GetKey\("berth"\) is still used/,
    );
  });

  it('is refused for a local variable that only half of goes', () => {
    const file = 'app/keepers.go';
    const made = '\tapp.BerthKeeper = berthkeeper.NewKeeper(';
    const text = there.repo.texts.get(file)!;
    assert.match(
      replaced(file, made, `\tquay := app.appCodec\n${made}\n\t\tquay,`),
      /^app\/keepers\.go:\d+: nothing but berth uses quay, and Go compiles no unused variable; /,
    );
    const from = text.indexOf(made);
    const whole = text.slice(from, text.indexOf('\n\t)\n', from) + 4);
    const local = whole.replace('app.BerthKeeper =', 'berth :=');
    const set = `${local}\tapp.BerthKeeper = berth\n`;
    assert.equal(replaced(file, whole, set), 'offered');
    assert.match(
      replaced(file, whole, `${set}\t_ = berth\n`),
      /^app\/keepers\.go:\d+: berth, which goes with berth, is still used; take that out first$/,
    );
  });
});
