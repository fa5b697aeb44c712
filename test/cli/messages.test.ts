import assert from 'node:assert/strict';
import { chmodSync, cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { failureJson } from '../../cli/failure.ts';
import { Refusal } from '../../core/refusal.ts';
import { failureOf } from '../../host/errors.ts';
import { chainCopy, chainDir, cli, cliHere, main } from '../support/cli.ts';
import { giveToNormalUser, readableByNormalUser } from '../support/normal-user.ts';
import { projectRoot } from '../support/root.ts';
import { tempDir, writeFiles } from '../support/temp.ts';

const message = /^chain-upgrade: (error|warning|note): \S.*$/;

/** Every line of standard error is a message; gives them without the program's name. */
function messages(stderr: string): string[] {
  const lines = stderr.split('\n').slice(0, -1);
  for (const line of lines) assert.match(line, message);
  return lines.map(line => line.replace(/^chain-upgrade: /, ''));
}

/** Exit 2 with one error, and nothing on standard output. */
async function errorOf(args: readonly string[], cwd = chainDir('list')): Promise<string> {
  const { status, stdout, stderr } = await cliHere(args, cwd);
  assert.deepEqual([status, stdout], [2, ''], stderr);
  const [line, ...more] = messages(stderr);
  assert.deepEqual(more, []);
  return line!;
}

describe('messages of the command line', () => {
  const wrong: readonly (readonly [args: string, error: string])[] = [
    [
      'lint --format xml',
      'error: invalid value "xml" for --format (expected text, json, sarif or github)',
    ],
    ['inspect --format xml', 'error: invalid value "xml" for --format (expected text or json)'],
    ['lint --max-warnings x', 'error: invalid value "x" for --max-warnings: expected a number'],
    [
      'new v9',
      'error: cannot prompt, standard input is not a terminal; use --yes to write or --dry-run to preview',
    ],
    [
      'rehearse',
      'error: cannot prompt, standard input is not a terminal; use --yes to build and run',
    ],
    ['migration nosuch --yes', 'error: no module "nosuch" with a ConsensusVersion (found: berth)'],
    ['inspect no/such', 'error: no such folder: no/such'],
    ['inspect . app', 'error: inspect takes one DIR, "app" is one too many'],
    ['rehearse v9', 'error: rehearse takes no argument, "v9" is one too many'],
    [
      'lint --explain nosuch',
      'error: unknown rule "nosuch"; run chain-upgrade lint --list to see all rules',
    ],
    [
      'rehearse --yes --fees 5',
      'error: invalid value "5" for --fees: expected an amount and a denomination, such as 5000stake',
    ],
  ];
  for (const [args, error] of wrong) {
    it(args, async () => assert.equal(await errorOf(args.split(' ')), error));
  }

  it('names a plan name that contains a space', async () => {
    assert.equal(
      await errorOf(['new', 'v 9', '--yes']),
      'error: plan name contains a space; use "-" or "." instead',
    );
  });

  it('names the file and line of a syntax error first, as compilers do', async () => {
    const dir = chainCopy('list');
    writeFiles(dir, { 'app/broken.go': 'package app\n\nfunc {\n' });
    const line = await errorOf(['new', 'v9', '--yes'], dir);
    assert.match(line, /^error: app\/broken\.go:\d+: syntax error; fix it and run again$/);
  });

  it('warns where there is no release to compare with, and what that means', async () => {
    const dir = tempDir();
    cpSync(join(projectRoot, 'test/rules/chain'), dir, { recursive: true });
    const { stderr } = await cliHere(['lint', dir]);
    assert.match(
      messages(stderr)[0]!,
      /^warning: no release to compare with \(.*not a git repository.*\); rules that need one are skipped\. Set one with --base REF$/,
    );
    assert.match(
      await errorOf(['lint', dir, '--only-new']),
      /^error: no release to compare with \(.*not a git repository.*\); set one with --base REF$/,
    );
  });

  it('warns of folders that may not be read', function () {
    if (!readableByNormalUser(main)) {
      console.log('      not run: a normal user may not read this checkout');
      return this.skip();
    }
    const dir = chainCopy('list');
    mkdirSync(join(dir, 'closed'));
    giveToNormalUser(dir);
    chmodSync(join(dir, 'closed'), 0);
    const { status, stderr } = cli(['inspect', dir], { cwd: '/', asNormalUser: true });
    chmodSync(join(dir, 'closed'), 0o700);
    assert.deepEqual(
      [status, messages(stderr)],
      [0, ['warning: skipped closed: permission denied']],
    );
  });

  it('says what it compared with as a note', async () => {
    const { stderr } = await cliHere(['new', 'v9', '--dry-run'], chainDir('list'));
    for (const line of messages(stderr)) assert.match(line, /^note: /);
  });

  it('says that nothing was written, that something was fixed, and how much was found as notes', async () => {
    const { stderr } = await cliHere(['lint', chainDir('list')]);
    assert.match(messages(stderr).at(-1)!, /^note: \d+ errors?, \d+ warnings?, \d+ info$/);
  });
});

describe('errors with --format json', () => {
  const json = async (...args: string[]) => {
    const { status, stdout, stderr } = await cliHere([...args, '--format', 'json']);
    assert.equal(status, 2, stderr);
    assert.equal(messages(stderr).length, 1);
    return JSON.parse(stdout) as Record<string, unknown>;
  };

  it('are an error of commands that have no plan', async () => {
    for (const command of ['inspect', 'lint']) {
      assert.deepEqual(await json(command, 'no/such'), {
        error: { message: 'no such folder: no/such', internal: false },
      });
    }
    assert.deepEqual(await json('rehearse', '--yes', '--dir', 'no/such'), {
      error: { message: 'no such folder: no/such', internal: false },
    });
    assert.deepEqual(await json('lint', '--frobnicate'), {
      error: {
        message: "unknown option '--frobnicate'; see chain-upgrade lint --help",
        internal: false,
      },
    });
  });

  it('are a refused plan of commands that write', async () => {
    for (const command of ['new', 'migration', 'lock']) {
      assert.deepEqual(await json(command, 'x', '--yes', '--dir', '/no/such'), {
        root: '/no/such',
        creates: [],
        edits: [],
        notes: [],
        refused: { reason: 'no such folder: /no/such' },
      });
    }
  });

  it('leave standard output empty in every other format', async () => {
    for (const format of ['text', 'sarif', 'github']) {
      const { status, stdout } = await cliHere(['lint', 'no/such', `--format=${format}`]);
      assert.deepEqual([status, stdout], [2, '']);
    }
  });
});

describe('what is our own fault', () => {
  it('is everything but a refusal and what the system says', () => {
    assert.deepEqual(failureOf(new Refusal('no such folder: x')), {
      message: 'no such folder: x',
      internal: false,
    });
    const full = Object.assign(new Error('ENOSPC: write'), { code: 'ENOSPC' });
    assert.deepEqual(failureOf(full), { message: 'no space left on the disk', internal: false });
    assert.deepEqual(failureOf(new TypeError('x is not\n  a function')), {
      message: 'internal error: x is not a function; please report this',
      internal: true,
    });
    assert.equal(
      failureOf(new Error('edits overlap'), 'https://example.org/issues').message,
      'internal error: edits overlap; please report this (https://example.org/issues)',
    );
  });

  it('is marked in both forms of JSON', () => {
    const failure = failureOf(new Error('edits overlap'));
    assert.deepEqual(failureJson(failure), { error: failure });
    assert.deepEqual(failureJson(failure, '/chain'), {
      root: '/chain',
      creates: [],
      edits: [],
      notes: [],
      refused: { reason: failure.message, internal: true },
    });
  });
});
