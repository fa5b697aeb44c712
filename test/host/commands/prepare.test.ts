import assert from 'node:assert/strict';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { refuse } from '../../../core/plan/plan.ts';
import type { PlanInput } from '../../../core/plan/plan-input.ts';
import type { Answers } from '../../../core/plan/question.ts';
import type { Step, Task } from '../../../core/plan/task.ts';
import { Refusal } from '../../../core/refusal.ts';
import type { Request } from '../../../host/commands/prepare.ts';
import { prepare } from '../../../host/commands/prepare.ts';
import { git, History } from '../../support/git.ts';
import { projectRoot } from '../../support/root.ts';
import { tempDir, writeFiles } from '../../support/temp.ts';

/** Plans nothing and keeps what it was given. */
class Recorder implements Task {
  readonly questions: Task['questions'] = [
    {
      id: 'name',
      kind: 'text',
      title: 'Name',
      prompt: 'Name?',
      help: '',
      validate: (value: unknown) =>
        value === 'bad' ? { severity: 'error', message: 'bad is no name' } : undefined,
    },
  ];
  input: PlanInput | undefined;
  answers: Answers | undefined;
  readonly steps = (input: PlanInput, answers: Answers): Step[] => {
    this.input = input;
    this.answers = answers;
    if (answers['name'] === 'taken') throw new Refusal('taken', { file: 'app/app.go', line: 3 });
    if (answers['name'] === 'broken') throw new TypeError('x is undefined');
    const done: Step = {
      name: 'say so',
      apply(draft) {
        draft.note('done');
        return [];
      },
    };
    return [done];
  };
}

const chainDir = (name: string) => join(projectRoot, 'test/chains', name);

function copyOf(name: string): string {
  const dir = tempDir();
  cpSync(chainDir(name), dir, { recursive: true });
  return dir;
}

async function run(request: Partial<Request>, task = new Recorder()) {
  const told: string[] = [];
  const prepared = await prepare(task, {
    dir: '.',
    given: {},
    tell: line => told.push(line),
    ...request,
  });
  return { ...prepared, task, told };
}

describe('prepare', () => {
  it('gives the task the chain as it is and as of the last release', async () => {
    const history = new History(copyOf('list'));
    history.commit('v3.0.0');
    writeFiles(history.dir, {
      'x/berth/module.go':
        'package berth\n\nfunc (AppModule) ConsensusVersion() uint64 { return 9 }\n',
    });
    history.commit();
    const { root, plan, task } = await run({
      dir: join(history.dir, 'app'),
      given: { name: 'v4' },
    });
    assert.equal(root, history.dir);
    assert.deepEqual(task.answers, { name: 'v4' });
    assert.equal(task.input!.app.dir, 'app');
    assert.equal(
      task.input!.analysis.chain.modules.find(m => m.dir === 'x/berth')?.consensusVersion,
      9,
    );
    assert.equal(
      task.input!.base!.chain.modules.find(m => m.dir === 'x/berth')?.consensusVersion,
      2,
    );
    assert.equal(
      task.input!.analysis.repo.texts.get('x/berth/module.go')?.includes('return 9'),
      true,
    );
    assert.deepEqual(plan.notes, ['compared with v3.0.0', 'done']);
  });

  it('goes on without a baseline, and says loudly why', async () => {
    const { plan, task } = await run({ dir: copyOf('list'), given: { name: 'v4' } });
    assert.equal(task.input!.base, undefined);
    assert.match(plan.notes[0]!, /^not compared with a release: not a git repository/);
  });

  it('compares with the base that is named, or refuses', async () => {
    const history = new History(copyOf('list'));
    history.commit();
    history.commit();
    const first = git(history.dir, 'rev-parse', 'HEAD~1');
    assert.deepEqual((await run({ dir: history.dir, base: first })).plan.notes, [
      `compared with ${first}`,
      'done',
    ]);
    assert.match(
      (await run({ dir: history.dir, base: 'v9' })).plan.refused!.reason,
      /^the base v9 is not a commit/,
    );
  });

  it('picks the app and its own baseline among several', async () => {
    const dir = copyOf('single-two-apps');
    const unclear = await run({ dir });
    assert.match(
      unclear.plan.refused!.reason,
      /^there are several apps here, name one with --app DIR: app\/consumer, app\/provider$/,
    );
    assert.equal(unclear.task.input, undefined);
    assert.equal((await run({ dir, app: 'app/provider' })).task.input!.app.dir, 'app/provider');
  });

  it('refuses what has no app, and a wrong answer; passes on a refused plan', async () => {
    const none = await run({ dir: copyOf('notachain') });
    assert.match(none.plan.refused!.reason, /^no Cosmos SDK app found in /);
    const dir = copyOf('list');
    assert.deepEqual((await run({ dir, given: { name: 'bad' } })).plan, refuse('bad is no name'));
    assert.deepEqual(
      (await run({ dir, given: { name: 'taken' } })).plan,
      refuse('taken', { file: 'app/app.go', line: 3 }),
    );
  });

  it('asks with the chain before it, and passes on that the user went away', async () => {
    const dir = copyOf('list');
    let seen = false;
    const { task } = await run({
      dir,
      ask: async ({ id }, { app, chain }) => {
        seen = id === 'name' && chain.apps.includes(app);
        return 'v4';
      },
    });
    assert.ok(seen);
    assert.deepEqual(task.answers, { name: 'v4' });
    await assert.rejects(
      run({
        dir,
        ask: async () => {
          throw new RangeError('gone');
        },
      }),
      RangeError,
    );
  });

  it('throws where there is no repository', async () => {
    await assert.rejects(run({ dir: join(chainDir('list'), 'nowhere') }), /^Error: no such folder/);
    await assert.rejects(run({ dir: tempDir() }), /^Error: no go\.mod/);
  });
});
