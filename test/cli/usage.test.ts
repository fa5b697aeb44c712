import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { commands } from '../../cli/commands.ts';
import { upgradeQuestions } from '../../core/plan/upgrade/upgrade-questions.ts';
import { chainDir, cli, cliHere } from '../support/cli.ts';
import { projectRoot } from '../support/root.ts';
import { tempDir } from '../support/temp.ts';

/** Exit 2, nothing on standard output, one line on standard error that matches. */
async function refuses(
  args: readonly string[],
  pattern: RegExp,
  cwd = chainDir('list'),
): Promise<void> {
  const { status, stdout, stderr } = await cliHere(args, cwd);
  const told = `${args.join(' ')}: ${stderr}`;
  assert.equal(stdout, '', told);
  assert.equal(status, 2, told);
  assert.match(stderr, /^chain-upgrade: error: [^\n]+\n$/, told);
  assert.match(stderr, pattern, told);
}

describe('chain-upgrade', function () {
  this.timeout(30_000);
  const { version } = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as {
    version: string;
  };

  it('is a program: result, message and exit status go where they belong', () => {
    assert.deepEqual(cli(['--version']), { status: 0, stdout: `${version}\n`, stderr: '' });
    assert.deepEqual(cli(['frobnicate']), {
      status: 2,
      stdout: '',
      stderr: `chain-upgrade: error: unknown command 'frobnicate'; the commands are ${commands.map(({ name }) => name).join(', ')}, see chain-upgrade --help\n`,
    });
    assert.match(
      readFileSync(join(projectRoot, 'dist/bundle/main.js'), 'utf8'),
      /^#!\/usr\/bin\/env node\n/,
    );
  });

  it('says its version', async () => {
    for (const args of [['--version'], ['new', '--version'], ['inspect', '--version', 'nowhere']]) {
      assert.deepEqual(await cliHere(args), { status: 0, stdout: `${version}\n`, stderr: '' });
    }
  });

  it('lists its commands', async () => {
    const { status, stdout, stderr } = await cliHere(['--help']);
    assert.deepEqual([status, stderr], [0, '']);
    for (const { name, summary } of commands)
      assert.match(stdout, new RegExp(`^  ${name}\\b.*${summary.slice(0, 20)}`, 'm'));
    for (const args of [['-h'], ['help']]) assert.equal((await cliHere(args)).stdout, stdout);
  });

  it('explains every option of a command, those of its questions too', async () => {
    for (const command of commands) {
      const { status, stdout, stderr } = await cliHere([
        command.name,
        '--help',
        ...(command.argument ? ['whatever'] : []),
      ]);
      assert.deepEqual([status, stderr], [0, '']);
      for (const { name, help, hidden } of command.options)
        if (!hidden)
          assert.match(
            stdout,
            new RegExp(
              `^  --(\\[no-\\])?${name}\\b[^]*${help.slice(0, 20).replace(/[^\w ]/g, '.')}`,
              'm',
            ),
          );
      assert.equal((await cliHere(['help', command.name])).stdout, stdout);
    }
    const { stdout } = await cliHere(['new', '--help']);
    for (const { id, help } of upgradeQuestions.filter(q => q.id !== 'name'))
      assert.match(
        stdout,
        new RegExp(`--(\\[no-\\])?${id}\\b[^]*${help.slice(0, 20).replace(/[^\w ]/g, '.')}`),
      );
  });

  it('refuses what it does not know, in one line', async () => {
    await refuses([], /no command given; the commands are inspect, new/);
    await refuses(['frobnicate'], /unknown command 'frobnicate'; the commands are inspect, new/);
    await refuses(['--frobnicate'], /unknown option '--frobnicate'/);
    await refuses(['help', 'frobnicate'], /unknown command 'frobnicate'/);
    await refuses(
      ['inspect', '--frobnicate'],
      /unknown option '--frobnicate'; see chain-upgrade inspect --help/,
    );
    await refuses(['inspect', '--yes'], /unknown option '--yes'/);
    await refuses(['inspect', '-x'], /unknown option '-x'/);
    await refuses(['new', 'v4', '--no-yes'], /unknown option '--no-yes'/);
  });

  it('refuses options that are used wrongly', async () => {
    await refuses(['inspect', '--dir'], /: --dir needs a value: DIR$/m);
    await refuses(
      ['inspect', '--dir', '--app', 'x'],
      /--dir needs a value: DIR; one that begins with a dash is given as --dir=DIR/,
    );
    await refuses(['inspect', '--dir='], /--dir needs a value/);
    await refuses(['inspect', '--dir', 'app', '--dir', '.'], /--dir may be given once/);
    await refuses(['new', 'v4', '--yes=1'], /option '--yes' does not take an argument/);
    await refuses(
      ['inspect', '--format', 'yaml'],
      /invalid value "yaml" for --format \(expected text or json\)/,
    );
    await refuses(
      ['new', 'v4', '--yes', '--format', 'sarif'],
      /invalid value "sarif" for --format \(expected text or json\)/,
    );
    await refuses(['inspect', 'app', '--dir', '.'], /the folder is given twice/);
    await refuses(['inspect', '.', 'app'], /inspect takes one DIR, "app" is one too many/);
    await refuses(['inspect', ''], /the folder has no name/);
    await refuses(['new', 'v4', 'v5', '--yes'], /new takes one NAME, "v5" is one too many/);
    await refuses(['new', 'v4', '--name', 'v4', '--yes'], /the name is given twice/);
  });

  it('refuses folders that are none', async () => {
    await refuses(['inspect', 'no/such/folder'], /no such folder: no\/such\/folder/);
    await refuses(['inspect', 'go.mod'], /go\.mod is not a folder/);
    await refuses(['inspect'], /no go\.mod in, below or above/, tempDir());
    await refuses(['new', 'v4', '--yes', '--dir', 'no/such/folder'], /no such folder/);
    await refuses(
      ['inspect', '--app', 'nosuch'],
      /there is no app in "nosuch", name one with --app DIR: app/,
    );
  });
});
