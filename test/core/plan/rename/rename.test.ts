import assert from 'node:assert/strict';
import { memoryFiles } from '../../../../core/files.ts';
import { planRenameIn } from '../../../../core/tasks/tasks.ts';
import { chainTexts } from '../../../support/chains.ts';
import { cut, edited } from '../../../support/edits.ts';
import { guardedChain } from '../../../support/guarded-chain.ts';
import { inputOf, openChain, openRepo } from '../../../support/plans.ts';
import {
  offeredRename,
  refused,
  rename,
  texts,
  upgraded,
  withV5,
} from '../../../support/renamed.ts';

describe('the rename of a plan', function () {
  this.timeout(30_000);

  it('moves every file of the folder, those that are not read included', async () => {
    const opened = await withV5();
    const files = memoryFiles({
      ...texts(opened),
      'app/upgrades/v5/README.md': 'The plan v5.\n',
      'app/upgrades/v5/testdata/genesis.json': '{}\n',
    });
    const plan = await planRenameIn(inputOf(opened), { name: 'v5', to: 'v6' }, files);
    assert.equal(plan.refused?.reason, undefined);
    const moved = (plan.moves ?? []).map(({ from, to }) => `${from} ${to}`);
    assert.ok(moved.includes('app/upgrades/v5/README.md app/upgrades/v6/README.md'));
    assert.ok(
      moved.includes('app/upgrades/v5/testdata/genesis.json app/upgrades/v6/testdata/genesis.json'),
    );
    assert.ok(moved.includes('app/upgrades/v5/constants.go app/upgrades/v6/constants.go'));
  });

  it('says that it was not compared with a release, where it was not', async () => {
    const { plan } = offeredRename(await withV5(), 'v5', 'v6');
    assert.match(
      plan.notes.join('\n'),
      /^not compared with a release or a lock: .* none has run v5$/m,
    );
  });

  it('says that only another app was compared with its release', async () => {
    const opened = await openChain('single-two-apps', { app: 'app/provider' });
    const { repo, chain } = opened;
    const release = { ref: 'v3', merged: true, repo, chain, apps: ['app/consumer'] };
    const plan = rename(opened, 'v7-provider', 'v8-provider', [release]);
    assert.match(plan.notes.join('\n'), /^not compared with a release, only with v3: /m);
  });

  it('changes the qualifiers of every file that imports the package, tests included', async () => {
    const opened = await withV5({
      'app/more_test.go': `package app_test

import (
	five "github.com/harbor-chain/harbor/app/upgrades/v5"
)

var name = five.UpgradeName
`,
      'app/other/other.go': `package other

import "github.com/harbor-chain/harbor/app/upgrades/v5"

func name() string {
	v6 := v5.UpgradeName
	return v6
}
`,
      'app/other/local.go': `package other

func local() struct{ UpgradeName string } {
	v5 := struct{ UpgradeName string }{"v5"}
	_ = v5.UpgradeName
	return v5
}
`,
    });
    const { plan, after } = offeredRename(opened, 'v5', 'v6');
    const text = (file: string) => after.repo.texts.get(file)!;
    assert.match(text('app/more_test.go'), /five "github.*\/v6"\n[\s\S]*five\.UpgradeName/);
    // The new name is taken there: the import keeps the one that the code uses.
    assert.match(
      text('app/other/other.go'),
      /import v5 "github.*\/v6"\n[\s\S]*v6 := v5\.UpgradeName/,
    );
    assert.equal(text('app/other/local.go'), opened.repo.texts.get('app/other/local.go'));
    assert.match(plan.notes.join('\n'), /not changed: "v5" at app\/other\/local\.go:4/);
  });

  it('leaves imports of other packages, and what only sounds like the name', async () => {
    const file = 'app/upgrades/v5/constants.go';
    const opened = await withV5();
    const text = `${opened.repo.texts.get(file)!}
// It follows ibc-go/v5 and https://example.com/v5, see v5.1 and V5Config; it is v5 itself.
const topic = "v5-topic"
`;
    const { after } = offeredRename(openRepo(opened.repo.with([[file, text]])), 'v5', 'v6');
    const now = after.repo.texts.get('app/upgrades/v6/constants.go')!;
    assert.match(
      now,
      /follows ibc-go\/v5 and https:\/\/example\.com\/v5, see v5\.1 and V5Config; it is v6 itself\.\nconst topic = "v5-topic"/,
    );
  });

  it('keeps the name of an identifier that no habit of the chain explains', async () => {
    const file = 'app/upgrades/v5/constants.go';
    const opened = await withV5();
    const text = `${opened.repo.texts.get(file)!}\nconst V5Limit = 5\n`;
    const { plan, after } = offeredRename(openRepo(opened.repo.with([[file, text]])), 'v5', 'v6');
    assert.match(after.repo.texts.get('app/upgrades/v6/constants.go')!, /^const V5Limit = 5$/m);
    assert.match(
      plan.notes.join('\n'),
      /V5Limit in app\/upgrades\/v5\/constants\.go keeps its name/,
    );
  });

  it('keeps a name that is in use for something else too', async () => {
    const chain = upgraded(await openChain('functions'), 'v5');
    const file = 'app/upgrades/v5/upgrade.go';
    const text = `${chain.repo.texts.get(file)!}\nfunc other() { GetV6UpgradeHandler := 1; _ = GetV6UpgradeHandler }\n`;
    const { plan, after } = offeredRename(openRepo(chain.repo.with([[file, text]])), 'v5', 'v6');
    assert.match(after.repo.texts.get('app/upgrades/register.go')!, /v6\.GetV5UpgradeHandler\(/);
    assert.match(plan.notes.join('\n'), /keeps its name: GetV6UpgradeHandler is in use in app/);
  });

  it('follows a method that registers one upgrade', async () => {
    const file = 'app/upgrades.go';
    const all = edited(new Map(Object.entries(chainTexts('methods'))), [
      cut(file, '\tapp.registerUpgrade("v1.2", onDisk, nil, nil)\n'),
      cut(file, '\tapp.registerUpgrade("v1.4", onDisk, []string{"ashes"}, nil)\n'),
    ]);
    const fresh = await openChain('methods', { texts: Object.fromEntries(all) });
    const { after } = offeredRename(upgraded(fresh, 'v1.6'), 'v1.6', 'v1.7');
    assert.deepEqual(texts(after), texts(upgraded(fresh, 'v1.7')));
  });

  it('respells what New Upgrade respells where it rewrites the only handler', async () => {
    const file = 'app/upgrades.go';
    const all = Object.fromEntries(
      Object.entries(chainTexts('single')).map(([path, text]) => [
        path,
        text.replaceAll(/\bUpgradeName\b/g, 'UpgradeV3Name'),
      ]),
    );
    const opened = await openChain('single', { texts: all });
    const { after } = offeredRename(upgraded(opened, 'v4'), 'v4', 'v5');
    assert.deepEqual(texts(after), texts(upgraded(opened, 'v5')));
    assert.match(after.repo.texts.get(file)!, /const UpgradeV5Name = "v5"/);
  });

  it('leaves a name where it stands in a list', async () => {
    const opened = upgraded(await openChain('names'), 'v1.3.0');
    const { after } = offeredRename(opened, 'v1.3.0', 'v1.0.0');
    assert.match(after.repo.texts.get('app/upgrades.go')!, /"v1\.2\.0",\n\t"v1\.0\.0",/);
  });

  it('renames it in the table of the version guard', async () => {
    const fresh = openRepo((await guardedChain()).repo);
    const { after } = offeredRename(upgraded(fresh, 'v5'), 'v5', 'v6');
    assert.deepEqual(texts(after), texts(upgraded(fresh, 'v6')));
    assert.match(JSON.stringify(texts(after)), /Upgrades: \[\]string\{\\"v6\\"\}/);
  });

  it('keeps line ends and byte order marks', async () => {
    const mark = '\uFEFF';
    const file = 'app/app.go';
    const opened = await openChain('crlf', {
      texts: { [file]: `${mark}${chainTexts('crlf')[file]!.replace(/^\uFEFF/, '')}` },
    });
    const { after } = offeredRename(upgraded(opened, 'v5'), 'v5', 'v5.1');
    const text = after.repo.texts.get(file)!;
    assert.ok(text.startsWith(mark) && !/[^\r]\n/.test(text));
  });

  it('is refused where it would change what is not its own', async () => {
    const opened = await withV5();
    const file = 'app/keepers/keys.go';
    // The constant of the plan is the name of a store too.
    const mixed = opened.repo.texts
      .get(file)!
      .replace('import (', 'import (\n\t"github.com/harbor-chain/harbor/app/upgrades/v5"')
      .replace('NewKVStoreKeys(', 'NewKVStoreKeys(v5.UpgradeName, ');
    const plan = rename(openRepo(opened.repo.with([[file, mixed]])), 'v5', 'v6');
    refused(plan, /the store v5 would change/);
  });
});
