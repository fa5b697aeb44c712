import assert from 'node:assert/strict';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import type { BaseOptions } from 'yeoman-generator';
import helpers from 'yeoman-test';
import type { Answers, Question } from '../../core/plan/question.ts';
import type { Step } from '../../core/plan/task.ts';
import type { UpgradeContext } from '../../core/plan/upgrade/upgrade-questions.ts';
import { Refusal } from '../../core/refusal.ts';
import { WritingGenerator } from '../../generators/writing.ts';
import { projectRoot } from '../support/root.ts';
import { tempDir, treeOf, writeFiles } from '../support/temp.ts';

const base = { title: '', help: 'what it is' };
const questions: readonly Question<UpgradeContext>[] = [
  {
    ...base,
    id: 'name',
    kind: 'text',
    prompt: 'Name?',
    default: ({ chain }) => `v${chain.apps.length + 1}`,
    validate: name =>
      name === 'bad' ? { severity: 'error', message: 'bad is no name' } : undefined,
  },
  {
    ...base,
    id: 'added',
    kind: 'choices',
    prompt: 'Added?',
    value: 'KEY,…',
    choices: () => [
      { value: 'a', label: 'A', picked: true },
      { value: 'b', label: 'B' },
    ],
    default: () => ['a'],
  },
  {
    ...base,
    id: 'binary',
    kind: 'choices',
    prompt: 'Binaries?',
    value: 'OS=URL',
    repeatable: true,
  },
  { ...base, id: 'test', kind: 'confirm', prompt: 'A test?' },
  {
    ...base,
    id: 'way',
    kind: 'choice',
    prompt: 'Which way?',
    choices: () => [
      { value: 'up', label: 'Up' },
      { value: 'down', label: 'Down' },
    ],
    when: ({ answers }) => answers['test'] === true,
  },
];

/** Writes what it was answered. */
function steps(_: unknown, answers: Answers): Step[] {
  if (answers['name'] === 'taken')
    throw new Refusal('taken is registered already', { file: 'app/app.go', line: 3 });
  return [
    {
      name: 'write the answers',
      apply(draft) {
        meanwhile?.();
        draft.creates.push({ file: 'answers/a.json', text: JSON.stringify(answers) });
        draft.texts.set(edited, 'package fresh\r\n');
        draft.note('a note');
        return [];
      },
    },
  ];
}

/** What somebody else does between reading and writing. */
let meanwhile: (() => void) | undefined;

/** A file of the chain that is edited; its lines end as Windows has it. */
const edited = 'x/edited/edited.go';

let pretended: { stdin: { isTTY: boolean } } | undefined;

/** The lines that generators said. */
const said: string[] = [];

class Probe extends WritingGenerator {
  constructor(args: string[], options: BaseOptions) {
    super(args, options, { title: 'Probe', argument: 'name', questions, steps });
    const log = Object.assign((line: string) => void said.push(line), this.log);
    Object.defineProperty(this, 'log', { value: log });
    if (pretended) Object.assign((this.env as unknown as { adapter: object }).adapter, pretended);
  }

  async prompting(): Promise<void> {
    await this.askAndPlan();
  }

  async writing(): Promise<void> {
    await this.write();
  }
}

function chainToWrite(): string {
  const dir = tempDir({ [edited]: 'package old\r\n' });
  cpSync(join(projectRoot, 'test/chains/list'), dir, { recursive: true });
  return dir;
}

async function run(
  dir: string,
  args: string[],
  options: Record<string, unknown>,
  answers: Record<string, unknown> = {},
) {
  return helpers
    .run(Probe as never, {
      namespace: 'probe:app',
      resolved: join(projectRoot, 'dist/generators/app/index.js'),
    })
    .cd(dir)
    .withArguments(args)
    .withOptions({ force: false, ...options } as object)
    .withAnswers(answers);
}

const answered = (dir: string) =>
  JSON.parse(treeOf(dir)['answers/a.json']!.replace(/^\d+ /, '')) as unknown;
const asked = (result: Awaited<ReturnType<typeof run>>) =>
  result.askedQuestions.map(({ name }) => name);

describe('a generator that writes', function () {
  this.timeout(20_000);
  afterEach(() => {
    pretended = undefined;
    said.length = 0;
    // yeoman-test leaves the process in the folder it worked on.
    process.chdir(projectRoot);
  });

  it('asks what the options leave open, then once about the files that it changes', async () => {
    const dir = chainToWrite();
    const result = await run(
      dir,
      [],
      {},
      { name: 'v9', added: ['b'], binary: 'x=1, y=2', test: true, way: 'down', write: true },
    );
    assert.deepEqual(asked(result), ['name', 'added', 'binary', 'test', 'way', 'write']);
    assert.deepEqual(answered(dir), {
      name: 'v9',
      added: ['b'],
      binary: ['x=1', 'y=2'],
      test: true,
      way: 'down',
    });
    assert.equal(treeOf(dir)[edited]!.slice(4), 'package fresh\r\n');
  });

  it('shows what it would write, created files too, before it asks', async () => {
    const result = await run(chainToWrite(), ['v9'], {}, { write: false });
    const text = said.join('\n');
    assert.match(text, /^\+\+\+ b\/answers\/a\.json$/m);
    assert.match(text, /^-package old\r$/m);
    assert.equal(asked(result).at(-1), 'write');
    assert.equal(said.at(-1), 'nothing was written');
  });

  it('offers the defaults', async () => {
    const dir = chainToWrite();
    await run(dir, [], {});
    assert.deepEqual(answered(dir), { name: 'v2', added: ['a'], binary: [], test: false });
  });

  it('does not ask for what an option answers, and asks only what applies', async () => {
    const dir = chainToWrite();
    const result = await run(
      dir,
      ['v9'],
      { added: 'a,b', binary: ['linux=u,1', 'darwin=u,2'], test: false },
      { write: true },
    );
    assert.deepEqual(asked(result), ['write']);
    assert.deepEqual(answered(dir), {
      name: 'v9',
      added: ['a', 'b'],
      binary: ['linux=u,1', 'darwin=u,2'],
      test: false,
    });
  });

  it('asks nothing with --yes, and takes the defaults', async () => {
    const dir = chainToWrite();
    const result = await run(dir, ['v9'], { yes: true });
    assert.deepEqual(asked(result), []);
    assert.deepEqual(answered(dir), { name: 'v9', added: ['a'] });
  });

  it('does not ask about changed files with --force', async () => {
    assert.deepEqual(
      asked(
        await run(chainToWrite(), ['v9'], {
          force: true,
          added: '',
          binary: 'x',
          test: true,
          way: 'up',
        }),
      ),
      [],
    );
  });

  it('takes the name that yo mistook for the value of a flag', async () => {
    for (const options of [{ yes: 'v9' }, { yes: true, 'dry-run': 'false', test: 'v9' }]) {
      const dir = chainToWrite();
      await run(dir, [], options);
      assert.equal((answered(dir) as { name: string }).name, 'v9');
    }
  });

  it('writes nothing where the user declines', async () => {
    const dir = chainToWrite();
    const before = treeOf(dir);
    await run(dir, ['v9'], {}, { write: false });
    assert.deepEqual(treeOf(dir), before);
  });

  it('works on another folder with --dir, and leaves no files of its own', async () => {
    const dir = chainToWrite();
    const elsewhere = tempDir();
    await run(elsewhere, ['v9'], { yes: true, dir });
    assert.deepEqual(treeOf(elsewhere), {});
    assert.deepEqual(
      Object.keys(treeOf(dir)).filter(name => /\.yo-|package/.test(name)),
      [],
    );
    assert.ok('answers/a.json' in treeOf(dir));
  });

  describe('fails with one plain line, and writes nothing,', () => {
    async function refused(
      args: string[],
      options: Record<string, unknown>,
      pattern: RegExp,
      prepare: (dir: string) => Record<string, string> | undefined = () => undefined,
    ): Promise<void> {
      const dir = chainToWrite();
      const theirs = prepare(dir) ?? {};
      const before = { ...treeOf(dir), ...theirs };
      await assert.rejects(run(dir, args, options), (error: Error) => {
        assert.match(error.message, pattern);
        return !('code' in error) && !error.message.includes('\n');
      });
      assert.deepEqual(treeOf(dir), before);
    }

    it('where the plan is refused or an answer is wrong', async () => {
      await refused(['taken'], { yes: true }, /^app\/app\.go:3: taken is registered already$/);
      await refused(['bad'], { yes: true }, /^bad is no name$/);
      await refused(['v9', 'extra'], { yes: true }, /^one name is taken, "extra" is one too many$/);
      await refused(['v9'], { yes: true, added: true }, /^--added needs a value$/);
      await refused(['v9'], { yes: true, dir: true }, /^--dir needs one value$/);
      await refused(['v9'], { yes: true, base: ['a', 'b'] }, /^--base needs one value$/);
    });

    it('where a file changed or the folder is none', async () => {
      await refused(
        ['v9'],
        { yes: true },
        /^x\/edited\/edited\.go has changed since it was read: run again$/,
        dir => {
          const theirs = { [edited]: 'package mine' };
          meanwhile = () => writeFiles(dir, theirs);
          return { [edited]: '644 package mine' };
        },
      );
      meanwhile = undefined;
      await refused(['v9'], { yes: true, dir: 'no/such' }, /^no such folder: /);
    });

    it('where there is no terminal to ask on', async () => {
      pretended = { stdin: { isTTY: false } };
      await refused(
        ['v9'],
        {},
        /^cannot prompt, standard input is not a terminal; use --yes to write or --dry-run to preview$/,
      );
    });
  });
});
