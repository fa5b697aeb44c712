import assert from 'node:assert/strict';
import type { Answers, Question } from '../../../core/plan/question.ts';
import type { Asked } from '../../../extension/wizard/wizard.ts';
import { WizardRun } from '../../../extension/wizard/wizard.ts';
import { click, press, read, shot, type } from './support/host.ts';
import {
  enter,
  messageIs,
  noStep,
  rowsSay,
  step,
  stepTitled,
  toggle,
} from './support/quick-input.ts';

/** One question of every kind; what a front end must draw, and nothing of upgrades. */
const questions: Question<Answers>[] = [
  {
    id: 'name',
    kind: 'text',
    title: 'Name',
    prompt: 'What is it called?',
    help: '',
    default: () => 'first',
    validate: value => {
      if (value === 'bad') return { severity: 'error', message: 'bad is taken' };
      return value === 'odd' ? { severity: 'warning', message: 'odd is unusual' } : undefined;
    },
  },
  {
    id: 'parts',
    kind: 'choices',
    title: 'Parts',
    prompt: 'Which parts?',
    help: '',
    choices: () => [
      { value: 'a', label: 'Alpha', detail: 'the first' },
      { value: 'b', label: 'Beta', picked: true },
      { value: 'c', label: 'Gamma' },
    ],
    validate: value => {
      const { length } = value as string[];
      if (length === 0) return { severity: 'error', message: 'choose at least one' };
      return length === 3 ? { severity: 'warning', message: 'all is much' } : undefined;
    },
  },
  {
    id: 'more',
    kind: 'confirm',
    title: 'More',
    prompt: 'Is there more?',
    help: '',
    default: () => false,
  },
  {
    id: 'where',
    kind: 'choice',
    title: 'Where',
    prompt: 'Where to?',
    help: '',
    when: answers => answers['more'] === true,
    choices: () => [
      { value: 'n', label: 'North' },
      { value: 's', label: 'South' },
    ],
    default: () => 's',
  },
  {
    id: 'links',
    kind: 'choices',
    title: 'Links',
    prompt: 'Which links?',
    help: '',
    repeatable: true,
    default: answers => [`${String(answers['name'])}-link`],
  },
];

let run: Promise<Asked>;
let wizard: WizardRun<Answers>;
const start = (back = false) => {
  wizard = new WizardRun({
    title: 'Test',
    questions,
    context: answers => answers,
    stepsAfter: 1,
    back,
  });
  run = wizard.ask();
};

describe('the wizard', () => {
  afterEach(async () => {
    while (await step()) await press('Escape');
  });

  it('asks every kind of question, and counts its steps', async () => {
    start();
    assert.equal((await stepTitled('Test: Name (1/5)')).value, 'first');
    await enter('mine');
    const parts = await stepTitled('Test: Parts (2/5)');
    assert.deepEqual(
      parts.rows.map(row => row.split(' · ')[0]),
      ['Alpha', 'Beta', 'Gamma'],
    );
    await press('Enter');
    await stepTitled('Test: More (3/5)');
    await press('ArrowUp', 'Enter');
    await stepTitled('Test: Where (4/6)');
    await press('Enter');
    assert.equal((await stepTitled('Test: Links (5/6)')).value, 'mine-link');
    await enter('x, y,');
    assert.deepEqual(await run, {
      by: 'accept',
      answers: { name: 'mine', parts: ['b'], more: true, where: 's', links: ['x', 'y'] },
    });
    assert.equal(wizard.nextStep, 6);
  });

  it('shows in words what is wrong: an error stops, a warning can be passed', async () => {
    start();
    await stepTitled('Test: Name (1/5)');
    await enter('bad');
    await messageIs('bad is taken');
    await shot('wizard-validation');
    assert.equal((await step())?.title, 'Test: Name (1/5)');
    await press('Control+a');
    await type('odd');
    await messageIs('odd is unusual');
    await press('Enter');
    await stepTitled('Test: Parts (2/5)');
  });

  it('judges choices, which have no place for it, at the head of their list', async () => {
    start();
    await stepTitled('Test: Name (1/5)');
    await press('Enter');
    await stepTitled('Test: Parts (2/5)');
    // Beta is picked: taking it out leaves none.
    await toggle('Beta');
    await press('Enter');
    await rowsSay('choose at least one');
    for (const label of ['Alpha', 'Beta', 'Gamma']) await toggle(label);
    await press('Enter');
    await rowsSay('all is much (accept again to go on)');
    await press('Enter');
    await stepTitled('Test: More (3/5)');
  });

  it('Back keeps what was entered, and what was only offered follows', async () => {
    start();
    await stepTitled('Test: Name (1/5)');
    await enter('one');
    await stepTitled('Test: Parts (2/5)');
    await press('Enter');
    await stepTitled('Test: More (3/5)');
    await press('Enter');
    await stepTitled('Test: Links (4/5)');
    const back = () => click('.quick-input-titlebar .codicon-quick-input-back');
    await back();
    await stepTitled('Test: More (3/5)');
    await back();
    await stepTitled('Test: Parts (2/5)');
    await back();
    assert.equal((await stepTitled('Test: Name (1/5)')).value, 'one');
    await enter('two');
    await stepTitled('Test: Parts (2/5)');
    await press('Enter');
    await stepTitled('Test: More (3/5)');
    await press('Enter');
    assert.equal((await stepTitled('Test: Links (4/5)')).value, 'two-link');
    await enter('kept');
    await run;
    run = wizard.ask();
    assert.equal((await stepTitled('Test: Links (4/5)')).value, 'kept');
  });

  it('Back on the first step leaves to where it came from, and only then', async () => {
    start(true);
    await stepTitled('Test: Name (1/5)');
    assert.equal((await read('.quick-input-titlebar .codicon-quick-input-back')).length, 1);
    await click('.quick-input-titlebar .codicon-quick-input-back');
    assert.deepEqual(await run, { by: 'back' });
    // The first wizard's bar bears the same title: it must be gone before the next one is looked
    // at.
    await noStep();
    start(false);
    await stepTitled('Test: Name (1/5)');
    assert.deepEqual(await read('.quick-input-titlebar .codicon-quick-input-back'), []);
  });

  for (const steps of [0, 1, 2, 3]) {
    it(`Escape ends it on step ${steps + 1}`, async () => {
      start();
      for (let i = 0; i < steps; i++) {
        await stepTitled(`Test: ${questions.filter(q => q.id !== 'where')[i]!.title} (${i + 1}/5)`);
        await press('Enter');
      }
      await stepTitled(
        `Test: ${questions.filter(q => q.id !== 'where')[steps]!.title} (${steps + 1}/5)`,
      );
      await press('Escape');
      assert.deepEqual(await run, { by: 'escape' });
      await noStep();
    });
  }
});
