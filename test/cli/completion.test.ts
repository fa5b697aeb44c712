import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { always } from '../../cli/command.ts';
import { commands } from '../../cli/commands.ts';
import { cliHere } from '../support/cli.ts';
import { tempDir } from '../support/temp.ts';

const scriptFor = async (shell: string) => (await cliHere(['completion', shell])).stdout;

describe('chain-upgrade completion', function () {
  this.timeout(30_000);

  for (const shell of ['bash', 'zsh', 'fish']) {
    it(`${shell}: names every command and every option`, async () => {
      const script = await scriptFor(shell);
      for (const { name, options } of commands) {
        assert.match(script, new RegExp(`\\b${name}\\b`));
        for (const option of [...options, ...always].filter(({ hidden }) => !hidden)) {
          const written = shell === 'fish' ? `-l ${option.name}` : `--${option.name}`;
          assert.ok(script.includes(written), `${name} ${written}`);
        }
      }
      assert.ok(!script.includes('clientProcessId'));
    });

    it(`${shell}: is accepted by that shell`, async function () {
      const file = join(tempDir({ script: await scriptFor(shell) }), 'script');
      const { error, status, stderr } = spawnSync(shell, ['-n', file], { encoding: 'utf8' });
      if (error) {
        console.log(`      not checked: ${shell} is not installed`);
        this.skip();
      }
      assert.deepEqual([status, stderr], [0, '']);
    });
  }

  it('bash completes commands, options, values and names of rules', async function () {
    const file = join(tempDir({ script: await scriptFor('bash') }), 'script');
    if (spawnSync('bash', ['--version']).error) {
      console.log('      not checked: bash is not installed');
      this.skip();
    }
    const completed = (...words: string[]) => {
      const line = words.map(word => `'${word}'`).join(' ');
      const program =
        `source '${file}'; COMP_WORDS=(chain-upgrade ${line}); COMP_CWORD=${words.length}; ` +
        'set -u; _chain_upgrade; IFS=,; echo "$' +
        '{COMPREPLY[*]-}"';
      const { stdout, stderr } = spawnSync('bash', ['-c', program], { encoding: 'utf8' });
      assert.equal(stderr, '');
      return stdout.trim().split(',');
    };
    assert.deepEqual(completed('insp'), ['inspect']);
    assert.deepEqual(completed('lint', '--f'), ['--format', '--fix']);
    assert.deepEqual(completed('lint', '--format', ''), ['text', 'json', 'sarif', 'github']);
    assert.deepEqual(completed('lint', '--explain', 'store-not'), ['store-not-added']);
    assert.deepEqual(completed('new', '--no-t'), ['--no-test']);
    assert.deepEqual(completed('completion', 'z'), ['zsh']);
    assert.deepEqual(completed('lint', '--base', ''), ['']);
  });

  it('wants the name of a shell', async () => {
    for (const args of [[], ['tcsh']]) {
      const { status, stderr } = await cliHere(['completion', ...args]);
      assert.equal(status, 2);
      assert.match(stderr, /error: name the shell: chain-upgrade completion bash, zsh or fish\n$/);
    }
  });
});
