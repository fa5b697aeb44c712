import assert from 'node:assert/strict';
import { analyse } from '../../../../core/chain/analysis.ts';
import { LintedRepo } from '../../../../core/workspace/linted-repo.ts';
import { chainNodes } from '../../../../core/workspace/view/chain-nodes.ts';
import type { ViewNode } from '../../../../core/workspace/view/view-node.ts';
import { chainBeforeV3, exampleApp } from '../../../support/before-v3.ts';
import { chainTexts, without } from '../../../support/chains.ts';
import { replaceOnce } from '../../../support/edits.ts';
import { smallEraTexts } from '../../../support/era-chain.ts';
import { repoOf } from '../../../support/go.ts';
import { twoNetworks } from '../../../support/two-networks.ts';

type Texts = Record<string, string>;

/** The lines of the example chain, compared with an earlier one where that is given. */
async function nodesOf(now: Texts, before?: Texts, notCompared?: string) {
  const linted = new LintedRepo(analyse(await repoOf(now)), () => ({}));
  if (before) {
    const { repo, chain } = analyse(await repoOf(before));
    linted.compareWith({ ref: 'v2.0.0', repo, chain, merged: true });
  }
  linted.lint();
  return chainNodes(linted, { name: '', id: 'chain', notCompared });
}

/** The texts of lines and of all below them, indented. */
function outline(nodes: readonly ViewNode[], indent = ''): string[] {
  return nodes.flatMap(node => [
    `${indent}${node.label} [${node.kind}] ${node.note}`.trimEnd(),
    ...outline(node.children?.() ?? [], `${indent}  `),
  ]);
}

/** The ids of lines and of all below them. */
function idsOf(nodes: readonly ViewNode[]): string[] {
  return nodes.flatMap(node => [node.id, ...idsOf(node.children?.() ?? [])]);
}

const module = 'x/berth/module.go';

describe('the view of a chain', () => {
  it('has the pending upgrade first, with what it does, and the modules', async () => {
    const nodes = await nodesOf(chainTexts('list'), chainBeforeV3());
    assert.deepEqual(outline(nodes), [
      'app [app] Cosmos SDK v0.50.13 · 1 warning',
      '  compared with v2.0.0 [baseline]',
      '  v3 [upgrade-pending] pending · −1 · 1 warning',
      '    − tally [store-deleted] store deleted',
      '    registered in app/app.go:51 [registration]',
      '  v2 [upgrade-done] already in v2.0.0 · +1',
      '    + berths [store-added] store added',
      '    registered in app/app.go:50 [registration]',
      'Modules [modules] 1 module',
      '  berth [module] version 2 (2 in v2.0.0) · 1 migration',
      '    1 → 2 [migration] m.Migrate1to2',
    ]);
  });

  it('has the eras of an app and its switches, and says where one has a gap', async () => {
    const fee = smallEraTexts['x/era/fee.go']!;
    const gap = fee.replace(/\tPythagoras:.*\n/, '');
    const [node] = await nodesOf({ ...chainTexts('list'), ...smallEraTexts, 'x/era/fee.go': gap });
    const eras = node!.children!().filter(({ kind }) => kind === 'eras');
    assert.deepEqual(outline(eras), [
      'Eras [eras] 2 eras · 2 switches',
      '  thales [era] the first era of the chain',
      '  pythagoras [era] since v2.1.0',
      '  step [era-switch] 2 behaviours',
      '  fee [era-switch] 1 behaviour · none for pythagoras',
    ]);
    assert.deepEqual(
      eras[0]!.children!().map(({ spoken, location }) => `${spoken}: ${location?.file}`),
      [
        'era thales, the first era of the chain: x/era/supported.go',
        'era pythagoras, since v2.1.0: x/era/supported.go',
        'era switch step, 2 behaviours: x/berth/keeper/step.go',
        'era switch fee, 1 behaviour, none for pythagoras: x/era/fee.go',
      ],
    );
  });

  it('says in words what signs and icons say', async () => {
    const [chain] = await nodesOf(chainTexts('list'), chainBeforeV3());
    const spoken = chain!.children!().map(node => node.spoken);
    assert.equal(spoken[1], 'upgrade "v3", pending, deletes tally, 1 warning');
    assert.match(chain!.spoken, /^app app, Cosmos SDK v0\.50\.13, 1 warning, compared with v2/);
  });

  it('a pending upgrade can be rehearsed, others cannot', async () => {
    const [chain] = await nodesOf(chainTexts('list'), chainBeforeV3());
    const plans = chain!.children!().map(({ label, plan }) => [label, plan]);
    assert.deepEqual(plans.slice(1), [
      ['v3', 'v3'],
      ['v2', undefined],
    ]);
  });

  it('a raised version is what the pending upgrade migrates', async () => {
    const before = chainBeforeV3();
    const text = before[module]!;
    const version = replaceOnce(module, text, 'return 2 }', 'return 1 }');
    const nodes = await nodesOf(chainTexts('list'), { ...before, [module]: version });
    const lines = outline(nodes);
    assert.ok(
      lines.includes('    berth 1 → 2 [migration] version in v2.0.0 → now'),
      lines.join('\n'),
    );
    assert.ok(
      lines.includes(
        '  berth [module] version 2 (1 in v2.0.0) · 1 migration · 1 file changed since v2.0.0',
      ),
      lines.join('\n'),
    );
  });

  it('a module that the release did not have is new', async () => {
    const before = chainBeforeV3();
    const files = Object.keys(before).filter(file => file.startsWith('x/berth/'));
    const nodes = await nodesOf(chainTexts('list'), without(before, ...files));
    assert.match(outline(nodes).join('\n'), /berth \[module\] version 2 · .*new since v2\.0\.0/);
  });

  it('without a release nothing is pending, and the reason is said', async () => {
    const lines = outline(await nodesOf(chainTexts('list'), undefined, 'git is not run'));
    assert.equal(lines[1], '  not compared with a release: git is not run [baseline]');
    assert.ok(!lines.join('\n').includes('pending'));
    // Newest first.
    const upgrades = lines.filter(text => text.includes('[upgrade]'));
    assert.deepEqual(
      upgrades.map(text => text.trim().split(' ')[0]),
      ['v3', 'v2'],
    );
  });

  it('an upgrade that nothing registers says so', async () => {
    const lines = outline(await nodesOf(chainBeforeV3()));
    assert.match(lines[2]!, /^ {2}v3 \[upgrade-unregistered\] not registered/);
  });

  it('ids are unique, and stay when a text changes', async () => {
    const texts = chainTexts('list');
    const before = idsOf(await nodesOf(texts));
    assert.equal(new Set(before).size, before.length);
    const twice = replaceOnce(
      exampleApp,
      texts[exampleApp]!,
      'v3.Upgrade,',
      'v3.Upgrade,\n\t\tv3.Upgrade,',
    );
    const doubled = idsOf(await nodesOf({ ...texts, [exampleApp]: twice }));
    assert.ok(doubled.length > before.length);
    assert.equal(new Set(doubled).size, doubled.length);
    const changed = { ...texts, [module]: `${texts[module]!}\n// A comment.\n` };
    assert.deepEqual(idsOf(await nodesOf(changed)), before);
  });

  it('whatever the chain calls its things, ids are unique', async () => {
    const texts = { ...chainTexts('list'), ...smallEraTexts };
    const constants = 'app/upgrades/v3/constants.go';
    // An upgrade and an era that are called like other lines of the view.
    const named = replaceOnce(constants, texts[constants]!, '"v3"', '"baseline"');
    const eras = texts['x/era/supported.go']!.replaceAll('"thales"', '"switch fee"');
    const twice = replaceOnce(
      module,
      texts[module]!,
      'if err := cfg.RegisterMigration(',
      'if err := cfg.RegisterMigration(types.ModuleName, 1, m.Migrate1to2); err != nil {\n\t\tpanic(err)\n\t}\n\tif err := cfg.RegisterMigration(',
    );
    const nodes = await nodesOf(
      { ...texts, [constants]: named, 'x/era/supported.go': eras, [module]: twice },
      chainBeforeV3(),
    );
    assert.equal(outline(nodes).filter(line => line.includes('1 → 2 [migration]')).length, 2);
    const ids = idsOf(nodes);
    assert.deepEqual(
      ids.filter((id, i) => ids.indexOf(id) !== i),
      [],
    );
  });

  it('an app is compared with what tells of it, not with the network of another one', async () => {
    const linted = new LintedRepo(analyse(await repoOf(twoNetworks())), () => ({}));
    linted.lint();
    const [consumer, provider] = chainNodes(linted, {
      name: '',
      id: 'chain',
      notCompared: undefined,
    });
    const state = (node?: ViewNode) =>
      outline(node!.children!()).filter(line => /^\S.*\[(baseline|upgrade-)/.test(line));
    assert.deepEqual(state(consumer), [
      'compared with consumer-1 [baseline]',
      'v4-consumer [upgrade-done] already in consumer-1',
    ]);
    assert.deepEqual(state(provider), [
      'compared with provider-1 [baseline]',
      'v7-provider [upgrade-pending] pending · +1',
    ]);
  });

  it('a chain without upgrades and two apps in one repository are told apart', async () => {
    const none = outline(await nodesOf(chainTexts('none')));
    assert.ok(none.includes('  no upgrade yet [unknown]'), none.join('\n'));
    const two = await nodesOf(chainTexts('single-two-apps'));
    assert.equal(two.filter(({ kind }) => kind === 'app').length, 2);
  });
});
