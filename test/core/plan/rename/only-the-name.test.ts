import assert from 'node:assert/strict';
import { memoryFiles } from '../../../../core/files.ts';
import type { Plan } from '../../../../core/plan/plan.ts';
import { planRenameIn } from '../../../../core/tasks/tasks.ts';
import { replaceOnce } from '../../../support/edits.ts';
import type { Opened } from '../../../support/plans.ts';
import { inputOf, openChain, openRepo } from '../../../support/plans.ts';
import {
  offeredRename,
  refused,
  rename,
  texts,
  upgraded,
  withV5,
} from '../../../support/renamed.ts';

/** A chain with some texts of it replaced. */
function changed(
  { repo }: Opened,
  changes: readonly (readonly [file: string, from: string, to: string])[],
): Opened {
  const after = changes.reduce(
    (all, [file, from, to]) =>
      all.with([[file, replaceOnce(file, all.texts.get(file) ?? '', from, to)]]),
    repo,
  );
  return openRepo(after);
}

/** The rename of v5 in a chain with one more Go file, and beside files that are not read. */
async function renameWith(
  to: string,
  [file, text]: readonly [file: string, text: string],
  unread: Readonly<Record<string, string>> = {},
): Promise<Plan> {
  const { repo } = await withV5();
  const opened = openRepo(file.endsWith('.go') ? repo.with([[file, text]]) : repo);
  const files = memoryFiles({ ...texts(opened), [file]: text, ...unread });
  return planRenameIn(inputOf(opened), { name: 'v5', to }, files);
}

/** Where the rename of v5 moves a file. */
async function movedTo(to: string, file: string): Promise<string | undefined> {
  const plan = await renameWith(to, [file, 'package v5\n']);
  assert.equal(plan.refused?.reason, undefined);
  return plan.moves!.find(({ from }) => from === file)?.to;
}

/** The rename of v5 where a Go file embeds something. */
function renameEmbedded(file: string, pattern: string): Promise<Plan> {
  const embed = `package ${file.split('/').at(-2)!}\n\nimport _ "embed"\n\n//go:embed ${pattern}\nvar params []byte\n`;
  return renameWith('v6', [file, embed], {
    'app/upgrades/v5/params.json': '{}\n',
    'app/upgrades/v5/data/params.json': '{}\n',
    'app/upgrades/v5.json': '{}\n',
  });
}

describe('a rename of a plan', function () {
  this.timeout(30_000);

  it('leaves modules, stores and keys of the same name, and tells of them', async () => {
    const named = upgraded(await openChain('list'), 'berth');
    const handler = 'app/upgrades/berth/upgrades.go';
    const before = changed(named, [
      [handler, '\t\treturn vm, nil', '\t\tdelete(vm, "berth")\n\t\treturn vm, nil'],
    ]);
    const { plan, after } = offeredRename(before, 'berth', 'dock');
    const now = texts(after);
    assert.match(now['app/upgrades/dock/constants.go']!, /const UpgradeName = "dock"/);
    assert.match(now['app/upgrades/dock/upgrades.go']!, /delete\(vm, "berth"\)/);
    assert.match(
      plan.notes.join('\n'),
      /not changed: "berth" at app\/upgrades\/dock\/upgrades\.go:31,/,
    );
  });

  it('leaves what is compared with the name of something else', async () => {
    const handler = 'app/upgrades/berth/upgrades.go';
    const named = upgraded(await openChain('list'), 'berth');
    const before = changed(named, [
      [
        handler,
        '\t\treturn vm, nil',
        '\t\tfor moduleName := range vm {\n\t\t\tif moduleName == "berth" {\n\t\t\t\tcontinue\n\t\t\t}\n\t\t}\n' +
          '\t\tfor name := range vm {\n\t\t\tif name == "berth" {\n\t\t\t\tcontinue\n\t\t\t}\n\t\t}\n' +
          '\t\tif plan.Name != "berth" {\n\t\t\treturn nil, nil\n\t\t}\n\t\treturn vm, nil',
      ],
    ]);
    const now = texts(offeredRename(before, 'berth', 'dock').after);
    const text = now['app/upgrades/dock/upgrades.go']!;
    assert.match(text, /moduleName == "berth"/);
    assert.match(text, /[^e]name == "berth"/);
    assert.match(text, /plan\.Name != "dock"/);
  });

  it('leaves comments and messages where the name is a word, and tells of them', async () => {
    const handler = 'app/upgrades/berth/upgrades.go';
    const named = upgraded(await openChain('list'), 'berth');
    const before = changed(named, [
      [
        handler,
        '\t\treturn vm, nil',
        '\t\t// A ship takes the next berth.\n\t\tctx.Logger().Info("every berth is open")\n\t\treturn vm, nil',
      ],
    ]);
    const { plan, after } = offeredRename(before, 'berth', 'dock');
    const text = texts(after)['app/upgrades/dock/upgrades.go']!;
    assert.match(text, /^package dock$/m);
    assert.match(text, /takes the next berth\.\n.*"every berth is open"/);
    assert.match(
      plan.notes.join('\n'),
      /not changed: comments and messages that say berth, a word too: .*app\/upgrades\/dock\/upgrades\.go:30$/m,
    );
  });

  it('leaves the app, where only the name is declared beside it', async () => {
    const { repo } = await openChain('single');
    const name = /const UpgradeName = "[^"]+"/.exec(repo.texts.get('app/upgrades.go')!)![0];
    const before = changed(openRepo(repo), [
      ['app/upgrades.go', name, ''],
      [
        'app/app.go',
        '\ntype App ',
        `\n${name}\n\nvar perms = map[string]bool{"v3": true}\n\ntype App `,
      ],
    ]);
    const now = texts(offeredRename(before, 'v3', 'v4').after);
    assert.match(now['app/app.go']!, /perms = map\[string\]bool\{"v3": true\}/);
    assert.match(now['app/app.go']!, /const UpgradeName = "v4"/);
  });

  it('leaves members of types that are called as a renamed identifier is', async () => {
    const { repo } = upgraded(await openChain('functions'), 'v5');
    const dir = 'app/upgrades/v5';
    const hooks = 'package v5\n\ntype Hooks struct {\n\tGetV5UpgradeHandler string\n}\n';
    const before = openRepo(repo.with([[`${dir}/hooks.go`, hooks]]));
    const { plan, after } = offeredRename(before, 'v5', 'v6');
    assert.match(texts(after)['app/upgrades/v6/hooks.go']!, /\tGetV5UpgradeHandler string/);
    assert.match(plan.notes.join('\n'), /GetV5UpgradeHandler in .* keeps its name/);
  });

  it('keeps the names of files that code reads', async () => {
    const moved = await movedTo('v6', 'app/upgrades/v5/v5_list.txt');
    assert.equal(moved, 'app/upgrades/v6/v5_list.txt');
  });

  it('keeps the names of Go files that builds would take in otherwise', async () => {
    for (const [to, from, file] of [
      ['test', 'run_v5.go', 'run_v5.go'],
      ['linux', 'run_v5.go', 'run_v5.go'],
      ['wasm', 'run_v5.go', 'run_v5.go'],
      ['v6', 'run_v5.go', 'run_v6.go'],
      ['v6', 'run_v5_linux.go', 'run_v6_linux.go'],
      ['v6', 'run_v5_test.go', 'run_v6_test.go'],
    ] as const)
      assert.equal(await movedTo(to, `app/upgrades/v5/${from}`), `app/upgrades/${to}/${file}`);
  });

  describe('is refused', () => {
    it('where two files would get one place', async () => {
      const { repo } = await withV5();
      const files = ['v5', 'v6'].map(
        name => [`app/upgrades/v5/migrate_${name}.go`, 'package v5\n'] as const,
      );
      const before = openRepo(repo.with(files));
      refused(rename(before, 'v5', 'v6'), /would both become app\/upgrades\/v6\/migrate_v6\.go/);
    });

    it('where a file elsewhere embeds what would be moved', async () => {
      for (const pattern of [
        'upgrades/v5/params.json',
        'upgrades',
        'upgrades/*',
        'all:upgrades/v*',
      ])
        refused(
          await renameEmbedded('app/embed.go', pattern),
          /^app\/embed\.go embeds [\w/.*:]+ out of app\/upgrades\/v5/,
        );
    });

    it('not for what is embedded inside the folder, or beside it', async () => {
      for (const [file, pattern] of [
        ['app/upgrades/v5/data/data.go', 'params.json'],
        ['app/embed.go', 'upgrades/v2'],
        ['app/embed.go', 'upgrades/v5.json'],
      ] as const)
        assert.equal((await renameEmbedded(file, pattern)).refused?.reason, undefined, pattern);
    });

    it('where the name is a constant that other code uses too', async () => {
      const { repo } = await withV5({
        'version/version.go': 'package version\n\nconst V = "v5"\n',
      });
      const constants = 'app/upgrades/v5/constants.go';
      const module = /^module (\S+)/m.exec(repo.texts.get('go.mod')!)![1]!;
      const before = changed(openRepo(repo), [
        [constants, 'const UpgradeName = "v5"', 'const UpgradeName = version.V'],
        [constants, 'import (', `import (\n\t"${module}/version"`],
      ]);
      refused(
        rename(before, 'v5', 'v6'),
        /is a constant at version\/version\.go:3, which other code/,
      );
    });

    it('where a loader asks for the name in a way that is not read', async () => {
      const condition = 'upgradeInfo.Name == steel.UpgradeName';
      const before = changed(await openChain('statements-if'), [
        ['app/upgrades.go', condition, 'strings.EqualFold(upgradeInfo.Name, "Steel")'],
      ]);
      const name = before.app.upgrades.at(-1)!.name!;
      refused(rename(before, name, 'zinc'), /the loader at .* may ask for/);
    });
  });
});
