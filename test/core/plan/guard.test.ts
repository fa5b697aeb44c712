import assert from 'node:assert/strict';
import { analyse } from '../../../core/chain/analysis.ts';
import { readGuardOf } from '../../../core/chain/guard.ts';
import { nextVersion } from '../../../core/plan/guard/next-version.ts';
import type { Plan } from '../../../core/plan/plan.ts';
import type { Answers } from '../../../core/plan/question.ts';
import { planOf } from '../../../core/tasks/make-plan.ts';
import { newGuard } from '../../../core/tasks/tasks.ts';
import { replaceOnce } from '../../support/edits.ts';
import { chainWithDaemon, rootCommand } from '../../support/guarded-chain.ts';

const root = rootCommand;
const call = 'addModuleInitFlags)\n}';

/** The chain of test/chains/list with such a root command. */
async function guarded(
  rootText: string,
  answers: Answers = { software: 'v1.4.x' },
  more: Record<string, string> = {},
) {
  const repo = await chainWithDaemon(rootText, more);
  const analysis = analyse(repo);
  const [app] = analysis.chain.apps;
  const plan = planOf(newGuard, { analysis, app: app! }, answers);
  const after = repo.with([
    ...plan.creates.map(({ file, text }) => [file, text] as const),
    ...plan.edits.map(one => [one.file, one.after] as const),
  ]);
  return { plan, guard: readGuardOf(after, app!), after, app: app! };
}

function editOf({ edits }: Plan): string {
  return edits.find(({ file }) => file === 'cmd/harbourd/cmd/root.go')!.after;
}

describe('the version guard', function () {
  this.timeout(30_000);

  it('is a last statement of the function that gets the start command', async () => {
    const { plan, guard } = await guarded(root);
    assert.equal(plan.refused, undefined);
    const commands = 'rootCmd.AddCommand(appVersionCmd(), preUpgradeCmd(app.DefaultNodeHome))';
    const expected = root
      .replace(call, `addModuleInitFlags)\n\t${commands}\n}`)
      .replace('Flags(startCmd)\n}', 'Flags(startCmd)\n\tguardStart(startCmd)\n}');
    assert.equal(editOf(plan).replace(/"[^"]*\/app"/, ''), expected.replace(/"[^"]*\/app"/, ''));
    assert.deepEqual(
      plan.creates.map(({ file }) => file),
      [
        'app/appversion/appversion.go',
        'app/appversion/record.go',
        'app/appversion/appversion_test.go',
        'app/appversion/releases.go',
        'app/appversion/releases_test.go',
        'cmd/harbourd/cmd/app_version.go',
      ],
    );
    assert.deepEqual(
      [guard?.current, guard?.releases.map(({ software }) => software), guard?.start?.line],
      [1, ['v1.4.x'], 17],
    );
  });

  const flags: Record<string, [given: string, after: RegExp]> = {
    'an empty closure': ['func(*cobra.Command) {}', /export, guardStart\)/],
    'a closure without a name for its parameter': [
      'func(_ *cobra.Command) {\n\t\tprepare()\n\t}',
      /func\(startCmd \*cobra\.Command\) \{\n\t\tprepare\(\)\n\t\tguardStart\(startCmd\)\n\t\}\)/,
    ],
    'a closure on one line': [
      'func(c *cobra.Command) { crisis.AddModuleInitFlags(c) }',
      /\{\n\t\tcrisis\.AddModuleInitFlags\(c\)\n\t\tguardStart\(c\)\n\t\}\)/,
    ],
    'a function of another package': [
      'crisis.AddModuleInitFlags',
      /func\(startCmd \*cobra\.Command\) \{\n\t\tcrisis\.AddModuleInitFlags\(startCmd\)\n\t\tguardStart\(startCmd\)\n\t\}\)/,
    ],
  };
  for (const [what, [given, after]] of Object.entries(flags)) {
    it(`follows ${what}`, async () => {
      const { plan, guard } = await guarded(replaceOnce('root', root, call, `${given})\n}`));
      assert.equal(plan.refused, undefined);
      assert.match(editOf(plan), after);
      assert.ok(guard?.start);
    });
  }

  it('wraps a function that others call too', async () => {
    const used = `${root}\nfunc other(c *cobra.Command) { addModuleInitFlags(c) }\n`;
    const { plan, guard } = await guarded(used);
    assert.match(
      editOf(plan),
      /\{\n\t\taddModuleInitFlags\(startCmd\)\n\t\tguardStart\(startCmd\)/,
    );
    assert.ok(guard?.start);
  });

  it('leaves the pre-upgrade command of the chain alone, and says so', async () => {
    const own =
      'package cmd\n\nfunc preUpgrade() *cobra.Command {\n\treturn &cobra.Command{Use: "pre-upgrade"}\n}\n';
    const { plan } = await guarded(root, undefined, { 'cmd/harbourd/cmd/pre.go': own });
    assert.match(plan.notes.join('\n'), /pre\.go:4: have it call checkAppVersion/);
    assert.match(editOf(plan), /AddCommand\(appVersionCmd\(\)\)/);
    const file = plan.creates.find(({ file: one }) => one.endsWith('app_version.go'))!;
    assert.doesNotMatch(file.text, /preUpgradeCmd/);
  });

  it('opens the database as the chain does', async () => {
    const text = replaceOnce(
      'root',
      root,
      'server.AddCommands(rootCmd, app.DefaultNodeHome, newApp, export, addModuleInitFlags)',
      'server.AddCommandsWithStartCmdOptions(rootCmd, app.DefaultNodeHome, newApp, export, ' +
        'server.StartCmdOptions{AddFlags: addModuleInitFlags, DBOpener: app.OpenDB})',
    );
    const { plan } = await guarded(text);
    const file = plan.creates.find(({ file: one }) => one.endsWith('app_version.go'))!;
    assert.match(
      file.text,
      /db, err := app\.OpenDB\(ctx\.Config\.RootDir, server\.GetAppDBBackend/,
    );
    assert.doesNotMatch(file.text, /dbm/);
  });

  const refusals: Record<string, [text: string, reason: RegExp]> = {
    'a start of its own': [
      root.replace('server.AddCommands(rootCmd', 'tools.ServerCmds(rootCmd'),
      /does not call server\.AddCommands/,
    ],
    'a function that returns early': [
      root.replace('\twasm.', '\tif quick {\n\t\treturn\n\t}\n\twasm.'),
      /may return before its end/,
    ],
    'another handler of the start': [
      root.replace(
        'server.AddCommands(rootCmd, app.DefaultNodeHome, newApp, export, addModuleInitFlags)',
        'server.AddCommandsWithStartCmdOptions(rootCmd, app.DefaultNodeHome, newApp, export, ' +
          'server.StartCmdOptions{AddFlags: addModuleInitFlags, StartCommandHandler: run})',
      ),
      /StartCommandHandler/,
    ],
    'names that are taken': [
      `${root}\nfunc guardStart(c *cobra.Command) {}\n`,
      /guardStart is declared in cmd\/harbourd\/cmd already/,
    ],
  };
  for (const [what, [text, reason]] of Object.entries(refusals)) {
    it(`is refused for ${what}`, async () => {
      const { plan } = await guarded(text);
      assert.match(plan.refused!.reason, reason);
      assert.deepEqual([plan.creates, plan.edits], [[], []]);
    });
  }

  it('is refused with all that is to be pasted', async () => {
    const { plan } = await guarded(refusals['a function that returns early']![0]);
    const { snippet = '', file, line } = plan.refused!;
    assert.deepEqual([file, line], ['cmd/harbourd/cmd/root.go', 11]);
    assert.match(snippet, /^guardStart\(startCmd\)$/m);
    assert.match(snippet, /^rootCmd\.AddCommand\(appVersionCmd\(\), preUpgradeCmd\(app\.D/m);
    assert.match(snippet, /^func guardStart\(start \*cobra\.Command\) \{$/m);
    assert.match(snippet, /^\/\/ The file app\/appversion\/releases\.go:$/m);
  });

  it('is refused where it is there already, and without a name for the release', async () => {
    const { after, app } = await guarded(root);
    const again = planOf(newGuard, { analysis: analyse(after), app }, { software: 'v2' });
    assert.match(again.refused!.reason, /is there already, in app\/appversion/);
    const { plan } = await guarded(root, {});
    assert.match(plan.refused!.reason, /--software NAME/);
  });

  it('begins at another app version where it is asked to', async () => {
    const { guard } = await guarded(root, { software: 'v7', start: '7' });
    assert.equal(guard?.current, 7);
  });
});

describe('the version behind a release', () => {
  for (const [tag, next] of [
    ['v1.4.2', 'v1.4.3'],
    ['protocol/v5.0.0', 'v5.0.1'],
    ['v3.16', 'v3.16.1'],
    ['2.0.0-beta', '2.0.1'],
    ['nightly', undefined],
  ] as const)
    it(`of ${tag} is ${next ?? 'not known'}`, () => assert.equal(nextVersion(tag), next));
});
