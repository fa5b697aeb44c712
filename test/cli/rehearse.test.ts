import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cli } from '../support/cli.ts';
import type { FakeNode } from '../support/fake-go.ts';
import { fakeGo } from '../support/fake-go.ts';
import { git, History } from '../support/git.ts';
import { chainToRehearse, rehearsed } from '../support/rehearsed.ts';
import { tempDir } from '../support/temp.ts';

/** With `--format json` an error is the one thing on standard output. */
function matchesError(stdout: string, line: RegExp): void {
  const { error } = JSON.parse(stdout) as { error: { message: string; internal: boolean } };
  assert.match(error.message, line);
  assert.equal(error.internal, false);
}

describe('chain-upgrade rehearse, with nodes that have no chain', function () {
  this.timeout(60_000);
  let dir: string;
  before(() => {
    dir = chainToRehearse();
  });

  const rehearse = (node: FakeNode, ...more: string[]) => rehearsed(dir, node, ...more);

  it('takes --from, --plan, --genesis-patch, --start-args and --fees, and keeps what is asked for', () => {
    const patch = join(
      tempDir({
        'patch.json':
          '{ "app_state": { "gov": { "params": { "quorum": "0.1", "voting_period": null } }, "extra": {} } }',
      }),
      'patch.json',
    );
    const { status, stderr, result, calls } = rehearse(
      {},
      '--from',
      'v2.0.0',
      '--plan',
      'v3',
      '--genesis-patch',
      patch,
      '--start-args=--x "a b" --y=\'c d\'',
      '--fees',
      '7stake',
      '--keep',
    );
    assert.equal(status, 0, stderr);
    const { from, plan, compared, steps } = result();
    assert.deepEqual(
      [from, plan, compared.plan!.applied === compared.plan!.height, steps.every(step => step.ok)],
      ['v2.0.0', 'v3', true, true],
    );
    // The upgrade, a restart, the upgrade block again, and both versions with the plan skipped.
    assert.deepEqual(
      calls('start', '--home').map(({ what, args }) => [what, ...args.slice(8)]),
      ['old', 'new', 'new', 'new', 'old', 'new'].map((what, i) => [
        what,
        '--x',
        'a b',
        '--y=c d',
        ...(i < 4 ? [] : ['--unsafe-skip-upgrades', String(compared.plan!.height)]),
      ]),
    );
    for (const { args } of calls('start', '--home'))
      assert.match(
        args.slice(3, 8).join(' '),
        /^--with-comet=false --transport socket --address (unix:\/\/\/|tcp:\/\/127\.0\.0\.1:)/,
      );
    assert.deepEqual(
      calls('tx').map(({ args }) => args[args.indexOf('--fees') + 1]),
      ['7stake', '7stake'],
    );
    const kept = /^chain-upgrade: note: kept: (.*)$/m.exec(stderr)![1]!;
    const genesis = JSON.parse(readFileSync(join(kept, 'home/config/genesis.json'), 'utf8')) as {
      app_state: { extra: object; gov: { params: object } };
    };
    // The patch has the last word over the votes of seconds.
    assert.deepEqual(
      [
        genesis.app_state.extra,
        Object.keys(genesis.app_state.gov.params).includes('voting_period'),
      ],
      [{}, false],
    );
    assert.ok(existsSync(join(kept, 'restart.log')));
    for (const { env } of calls())
      assert.deepEqual([env['HOME'], env['TMPDIR']], [join(kept, 'user'), join(kept, 'tmp')]);
  });

  it('writes a report, whether the upgrade passed or failed, and refuses a name that is none', () => {
    const out = tempDir();
    const [page, text, summary] = ['a.html', 'a.md', 'summary.md'].map(name => join(out, name));
    const before = process.env['GITHUB_STEP_SUMMARY'];
    process.env['GITHUB_STEP_SUMMARY'] = summary;
    try {
      assert.equal(rehearse({}, '--report', page!).status, 0);
      assert.match(
        readFileSync(page!, 'utf8'),
        /<h1>Rehearsal of v3 <span class="verdict passed">/,
      );
      assert.match(readFileSync(summary!, 'utf8'), /^## Rehearsal of v3: passed/);
      const failed = rehearse({ panic: 'the store is broken' }, '--report', text!);
      assert.equal(failed.status, 1, failed.stderr);
      assert.match(readFileSync(text!, 'utf8'), /^## Rehearsal of v3: failed/);
    } finally {
      if (before === undefined) delete process.env['GITHUB_STEP_SUMMARY'];
      else process.env['GITHUB_STEP_SUMMARY'] = before;
    }
    const refused = rehearse({}, '--report', join(out, 'a.pdf'));
    assert.equal(refused.status, 2);
    matchesError(refused.stdout, /a\.pdf has to end with \.md or \.html$/);
  });

  it('takes --build, run in each version, and finds the fees of a fee market by itself', () => {
    const asked = join(tempDir(), 'asked');
    const { status, stderr, calls } = rehearse(
      { needsFees: true },
      '--build',
      `echo "$PWD" >> ${asked} && go build -o "$OUTPUT" ./cmd/harbord`,
    );
    assert.equal(status, 0, stderr);
    assert.deepEqual(
      readFileSync(asked, 'utf8')
        .trim()
        .split('\n')
        .map(path => /run\/(old|new)-tree$/.exec(path)?.[1]),
      ['old', 'new'],
    );
    assert.deepEqual(
      calls('tx').map(({ args }) => args.includes('--fees')),
      [false, true, true],
    );
    assert.equal(
      calls('tx')[1]!.args[calls('tx')[1]!.args.indexOf('--fees') + 1],
      '10stake',
      'twice what the node said is required',
    );
  });

  it('builds once, and again where the environment says how', () => {
    const made = fakeGo({ gone: ['tally'] });
    const buildsWith = (env: Record<string, string>) => {
      const { status, stderr } = cli(['rehearse', '--dir', dir, '--yes'], {
        env: { ...made.env, ...env },
      });
      assert.equal(status, 0, stderr);
      return [...stderr.matchAll(/build (?:old|new)( built before)? \(/g)].map(
        ([, before]) => before === undefined,
      );
    };
    assert.deepEqual(
      [buildsWith({}), buildsWith({}), buildsWith({ GOFLAGS: '-tags=ledger' })],
      [
        [true, true],
        [false, false],
        [true, true],
      ],
    );
  });

  it('keeps what it built in a cache that lies in the repository, and that is named from here', () => {
    const chain = chainToRehearse();
    const before = git(chain, 'status', '--porcelain');
    const built = () => {
      const { status, stderr } = cli(['rehearse', '--yes'], {
        cwd: chain,
        env: { ...fakeGo({ gone: ['tally'] }).env, CHAIN_UPGRADE_CACHE: '.cache' },
      });
      assert.equal(status, 0, stderr);
      return stderr.match(/built before/g)?.length ?? 0;
    };
    assert.deepEqual([built(), built()], [0, 2]);
    rmSync(join(chain, '.cache'), { recursive: true });
    assert.equal(git(chain, 'status', '--porcelain'), before);
  });

  it('takes --propose, with all it needs to know in its environment', () => {
    const told = join(tempDir(), 'told');
    const { status, stderr, result, calls } = rehearse(
      {},
      '--propose',
      `echo "$PLAN_NAME $PLAN_HEIGHT $NODE $NODE_HOME $CHAIN_ID $DAEMON" > ${told} && printf '{"name":"%s","height":%s}' "$PLAN_NAME" "$PLAN_HEIGHT" > "$NODE_HOME/plan" && mv "$NODE_HOME/plan" "$NODE_HOME/data/plan.json"`,
    );
    assert.equal(status, 0, stderr);
    assert.deepEqual(calls('tx'), []);
    const [plan, height, node, home, chain, daemon] = readFileSync(told, 'utf8').trim().split(' ');
    assert.deepEqual(
      [plan, Number(height), chain],
      ['v3', result().compared.plan!.height, 'rehearsal_9000-1'],
    );
    assert.match(node!, /^tcp:\/\/127\.0\.0\.1:\d+$/);
    assert.deepEqual(
      [home!.endsWith('/places/0/run/home'), daemon!.endsWith('/places/0/run/old/harbord')],
      [true, true],
    );
  });

  it('exits 1 where the upgrade fails, with the rule, the place and the repair', () => {
    const { status, result } = rehearse({
      panic:
        "failed to load latest version: version of store berths mismatch root store's version; expected 32 got 0; new stores should be added using StoreUpgrades",
    });
    assert.equal(status, 1);
    const { failure } = result();
    assert.deepEqual(
      [failure!.step, failure!.rule, failure!.file !== null, failure!.fix !== null],
      ['upgrade', 'store-not-added', true, true],
    );
  });

  it('asks which plan where two are new', () => {
    const two = chainToRehearse();
    const history = new History(two);
    git(two, 'tag', '--delete', 'v2.0.0');
    writeFileSync(
      join(two, 'app/app.go'),
      readFileSync(join(two, 'app/app.go'), 'utf8')
        .replace(/^.*v[23]\.Upgrade,\n/gm, '')
        .replace(/^.*\/upgrades\/v[23]"\n/gm, ''),
    );
    history.commit('v1.0.0', 10);
    git(two, 'checkout', '--quiet', 'HEAD~1', '--', 'app/app.go');
    history.commit(undefined, 11);
    const { status, stderr } = cli(['rehearse', '--dir', two, '--yes'], { env: fakeGo().env });
    assert.deepEqual(
      [status, stderr],
      [2, 'chain-upgrade: error: which plan? Name it with --plan NAME; new since v1.0.0: v2, v3\n'],
    );
  });

  it('says that it was stopped, and not that something failed', async () => {
    const child = spawn(
      process.execPath,
      [
        fileURLToPath(new URL('../../bundle/main.js', import.meta.url)),
        'rehearse',
        '--dir',
        dir,
        '--yes',
      ],
      { env: { ...process.env, ...fakeGo({ build: 60 }).env } },
    );
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (!child.killed && /^building v2/m.test(said)) child.kill('SIGINT');
    });
    assert.equal(await new Promise(resolve => child.on('close', resolve)), 130);
    assert.match(
      said,
      /^ +[\d.]+ s {2}build old \([\d.]+ s\): stopped\nchain-upgrade: note: stopped; everything that was started has ended\n$/m,
    );
  });

  describe('refuses in one line', () => {
    const patches = tempDir({ 'list.json': '[1]', 'broken.json': '{ "a": ' });
    /** Told before anything is read, let alone built. */
    const early: readonly (readonly [options: readonly string[], line: RegExp])[] = [
      [
        ['--from', 'nowhere'],
        /^the base nowhere is not a commit of this repository: name a tag, a branch or a commit, or run git fetch --tags$/,
      ],
      [
        ['--from', '--yes'],
        /^--from needs a value: REF; one that begins with a dash is given as --from=REF$/,
      ],
      [
        ['--plan', 'v9'],
        /^there is no upgrade v9 in the working tree; there are v2, v3: name one of them with --plan NAME, or leave it out$/,
      ],
      [
        ['--plan', 'v2'],
        /^v2\.0\.0 has the upgrade v2 already and would not stop for it: name an older version with --from REF, or a newer plan with --plan NAME$/,
      ],
      [
        ['--genesis-patch', join(patches, 'none.json')],
        /^--genesis-patch .*none\.json cannot be used: no such file or folder$/,
      ],
      [
        ['--genesis-patch', join(patches, 'list.json')],
        /^--genesis-patch .*list\.json cannot be used: not a JSON object$/,
      ],
      [
        ['--genesis-patch', join(patches, 'broken.json')],
        /^--genesis-patch .*broken\.json cannot be used: .*JSON/,
      ],
      [
        ['--start-args', 'a "b'],
        /^invalid value "a \\"b" for --start-args: a quote is not closed$/,
      ],
      [
        ['--start-args', '--x'],
        /^--start-args needs a value: ARGS; one that begins with a dash is given as --start-args=ARGS$/,
      ],
      [
        ['--fees', '5'],
        /^invalid value "5" for --fees: expected an amount and a denomination, such as 5000stake$/,
      ],
      [['--fees', 'stake'], /invalid value "stake" for --fees/],
      [
        ['--after', '3 weeks'],
        /^invalid value "3 weeks" for --after: expected a duration, such as 90s or 21d$/,
      ],
      [['--max-block-time', '-1s'], /^--max-block-time needs a value: DURATION; /],
      [
        ['--cache-limit', '10 bananas'],
        /^invalid value "10 bananas" for --cache-limit: expected a size, such as 500MB or 10GB$/,
      ],
      [['--blocks', '1e3'], /^invalid value "1e3" for --blocks: expected a number$/],
      [
        ['--validator', '--blocks', '5'],
        /^--blocks needs a chain that is driven: leave --validator out$/,
      ],
      [
        ['--with-cosmovisor', '--max-block-time', '5s'],
        /^--max-block-time needs a chain that is driven: leave --with-cosmovisor out$/,
      ],
      [['--build', ''], /^--build needs a value: COMMAND$/],
      [['--propose', ''], /^--propose needs a value: COMMAND$/],
      [
        ['--keep=yes'],
        /^option '--keep' does not take an argument; see chain-upgrade rehearse --help$/,
      ],
    ];
    for (const [options, line] of early) {
      it(options.join(' '), () => {
        const { status, stdout, stderr, calls } = rehearse({}, ...options);
        const lines = stderr.trim().split('\n');
        assert.deepEqual([status, lines.length, calls().length], [2, 1, 0], stderr);
        matchesError(stdout, line);
        assert.match(lines[0]!.replace(/^chain-upgrade: error: /, ''), line);
      });
    }

    const late: readonly (readonly [options: readonly string[], node: FakeNode, line: RegExp])[] = [
      [
        ['--build', 'echo app/app.go:7:2: no >&2; exit 1'],
        {},
        /^the old version \(2\.0\.0\) does not build: app\/app\.go:7:2: no$/,
      ],
      [
        ['--build', 'true'],
        {},
        /^"true" left no harbord in \$GOBIN, build, bin or the root folder, nor at \$OUTPUT$/,
      ],
      [
        ['--propose', 'echo Error: no authority >&2; exit 3'],
        {},
        /^--propose "echo Error: no authority >&2; exit 3" failed: no authority$/,
      ],
      [
        [],
        { turnsDown: true },
        /^submitting the proposal failed: the node turned it down with code 5$/,
      ],
      [
        ['--after', '1h'],
        { driven: false },
        /^--after needs a chain that can be driven, and this one cannot: v2\.0\.0: its start command has no --with-comet, --transport, --address$/,
      ],
      [
        ['--with-cosmovisor'],
        {},
        /^cosmovisor is not in the PATH: install it, or leave --with-cosmovisor out$/,
      ],
    ];
    for (const [options, node, line] of late) {
      it(options.join(' ') || JSON.stringify(node), () => {
        const { status, stdout, stderr } = rehearse(node, ...options);
        assert.equal(status, 2, stderr);
        matchesError(stdout, line);
        assert.match(
          stderr
            .trim()
            .split('\n')
            .at(-1)!
            .replace(/^chain-upgrade: error: /, ''),
          line,
        );
      });
    }
  });
});
