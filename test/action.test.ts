import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { parse } from 'yaml';
import { projectRoot } from './support/root.ts';
import { tempDir } from './support/temp.ts';

interface Action {
  readonly inputs: Readonly<Record<string, { readonly default: string }>>;
  readonly runs: {
    readonly steps: readonly {
      readonly id?: string;
      readonly if?: string;
      readonly uses?: string;
      readonly env?: Readonly<Record<string, string>>;
      readonly run?: string;
    }[];
  };
}

const action = parse(readFileSync(join(projectRoot, 'action.yml'), 'utf8')) as Action;
const rehearse = action.runs.steps.find(({ id }) => id === 'rehearse')!;

/** Runs the step as GitHub does, with a chain-upgrade that says this and notes how it was called. */
function run(plan: { out: string; status: number }, env: Record<string, string> = {}) {
  const bin = tempDir({
    npm: [
      '#!/usr/bin/env bash',
      'echo "$*" >> "$CALLS"',
      `case "$*" in *" plan "*) echo '${plan.out}'; exit ${plan.status};; esac`,
      'exit 1',
      '',
    ].join('\n'),
  });
  chmodSync(join(bin, 'npm'), 0o755);
  const calls = join(bin, 'calls');
  const ran = spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', rehearse.run!], {
    encoding: 'utf8',
    env: {
      ...process.env,
      PATH: `${bin}${delimiter}${process.env['PATH']}`,
      CALLS: calls,
      DIRECTORY: 'my chain',
      BASE: '',
      VERSION: '1.2.3',
      ARGUMENTS: '',
      REPORT: 'r.html',
      ...env,
    },
  });
  const asked = existsSync(calls) ? readFileSync(calls, 'utf8').trim().split('\n') : [];
  return { status: ran.status, stdout: ran.stdout, asked };
}

const program = 'exec --yes --package generator-chain-upgrade@1.2.3 -- chain-upgrade';

describe('the GitHub action', () => {
  it('rehearses only where that is asked for, also where the lint found something', () => {
    assert.equal(action.inputs['rehearse']!.default, 'false');
    const later = action.runs.steps.slice(1);
    assert.equal(later.length, 3);
    for (const step of later)
      assert.match(step.if!, /^\$\{\{ !cancelled\(\) && inputs\.rehearse == 'true' \}\}$/);
  });

  it('gives its inputs by the environment, and pins what it uses', () => {
    for (const { run: script = '', env = {} } of action.runs.steps) {
      assert.doesNotMatch(script, /\$\{\{/);
      for (const value of Object.values(env))
        assert.match(value, /^\$\{\{ (inputs|steps)\.\S+ \}\}$/);
    }
    const uses = action.runs.steps.flatMap(step => step.uses ?? []);
    for (const used of uses) assert.match(used, /@[0-9a-f]{40}$/);
  });

  it('rehearses a pending upgrade, and fails with it', () => {
    const { status, asked } = run({ out: '{ "plan": "v3" }', status: 0 });
    assert.equal(status, 1);
    assert.deepEqual(asked, [
      `${program} plan --dir my chain --format json`,
      `${program} rehearse --dir my chain --yes --report r.html`,
    ]);
  });

  it('takes a base and more arguments', () => {
    const { asked } = run(
      { out: '{ "plan": "v3" }', status: 0 },
      { BASE: 'v2', ARGUMENTS: '--plan v3 --keep' },
    );
    assert.deepEqual(asked, [
      `${program} plan --dir my chain --format json --base v2`,
      `${program} rehearse --dir my chain --yes --report r.html --from v2 --plan v3 --keep`,
    ]);
  });

  it('passes with a notice where no upgrade is pending, and lets rehearse say what plan cannot', () => {
    const none = run({ out: '{ "plan": null }', status: 0 });
    assert.deepEqual([none.status, none.asked.length], [0, 1]);
    assert.match(none.stdout, /^::notice::No upgrade is pending/m);
    assert.equal(run({ out: '{ "error": {} }', status: 2 }).asked.length, 2);
  });
});
