import { l10n } from 'vscode';
import type { Answer, Answers, Choice, Question, Verdict } from '../../core/plan/question.ts';
import type { Frame, Left } from './steps.ts';
import { askChoice, askText } from './steps.ts';

/** Questions to ask one after the other. */
export interface Wizard<C> {
  readonly title: string;
  readonly questions: readonly Question<C>[];
  /** What a question may look at, given the answers so far. */
  readonly context: (answers: Answers) => C;
  /** Steps that follow in another form; they count. */
  readonly stepsAfter: number;
  /** Whether the first question has a way back. */
  readonly back: boolean;
  /** Answers that are known: their questions are asked only when one goes back to them. */
  readonly given?: Answers;
}

/** What was answered, or how the wizard was left. */
export type Asked =
  | { readonly by: 'accept'; readonly answers: Answers }
  | { readonly by: 'back' | 'escape' };

/**
 * Asks questions that are data: a new one needs no change here. Back keeps what was entered, from
 * steps that come later too.
 */
export class WizardRun<C> {
  private readonly wizard: Wizard<C>;
  /** What was entered in each step, accepted or not, and the default it was offered with. */
  private readonly drafts = new Map<string, { value: Answer; offered: Answer | undefined }>();
  private readonly answers = new Map<string, Answer>();
  private readonly given: Map<string, Answer>;

  constructor(wizard: Wizard<C>) {
    this.wizard = wizard;
    this.given = new Map(
      Object.entries(wizard.given ?? {}).flatMap(([id, answer]) =>
        answer === undefined ? [] : [[id, answer]],
      ),
    );
  }

  /** Asks what is open. Called again, it goes back to the last question. */
  async ask(): Promise<Asked> {
    this.forgetLast();
    for (;;) {
      const path = this.path();
      const question = path.find(q => !this.answers.has(q.id));
      if (!question) return { by: 'accept', answers: Object.fromEntries(this.answers) };
      if (this.takeGiven(question)) continue;
      const left = await this.askOne(question, {
        title: `${this.wizard.title}: ${question.title}`,
        step: this.answers.size + 1,
        totalSteps: path.length + this.wizard.stepsAfter,
        back: this.wizard.back || this.answers.size > 0,
      });
      if (left.by === 'escape') return left;
      if (left.by === 'accept') this.answers.set(question.id, left.value);
      else if (!this.forgetLast()) return { by: 'back' };
    }
  }

  /** The number of the step after the last question. */
  get nextStep(): number {
    return this.answers.size + 1;
  }

  private context(): C {
    return this.wizard.context(Object.fromEntries(this.answers));
  }

  private path(): Question<C>[] {
    const context = this.context();
    return this.wizard.questions.filter(question => question.when?.(context) ?? true);
  }

  /** Answers a question with what is known, once, where that is an answer. */
  private takeGiven(question: Question<C>): boolean {
    const { id } = question;
    const value = this.given.get(id);
    if (value === undefined) return false;
    this.given.delete(id);
    this.drafts.set(id, { value, offered: undefined });
    if (question.validate?.(value, this.context())?.severity === 'error') return false;
    this.answers.set(id, value);
    return true;
  }

  private forgetLast(): boolean {
    const last = [...this.answers.keys()].at(-1);
    return last !== undefined && this.answers.delete(last);
  }

  private async askOne(question: Question<C>, frame: Frame): Promise<Left<Answer>> {
    const context = this.context();
    const offered = question.default?.(context);
    const draft = this.drafts.get(question.id);
    // What was merely offered follows the answers before it.
    const value = draft && !same(draft.value, draft.offered) ? draft.value : offered;
    const left = await draw(question, frame, context, value);
    if (left.by !== 'escape') this.drafts.set(question.id, { value: left.value, offered });
    return left;
  }
}

/** Draws a question by its kind, with what was answered before. */
async function draw<C>(
  question: Question<C>,
  frame: Frame,
  context: C,
  value: Answer | undefined,
): Promise<Left<Answer>> {
  const { prompt } = question;
  const validate = (answer: Answer) => question.validate?.(answer, context);
  const choices = question.choices?.(context) ?? [];
  switch (question.kind) {
    case 'text':
      return drawText(frame, prompt, value, validate);
    case 'choice':
      return drawChoice(frame, prompt, choices, value, validate);
    case 'confirm':
      return drawConfirm(frame, prompt, value, validate);
    case 'choices': {
      const picked = choices.filter(choice => choice.picked).map(choice => choice.value);
      const selected = Array.isArray(value) ? (value as readonly string[]) : picked;
      return choices.length > 0
        ? askChoice(frame, { prompt, choices, many: true, selected, validate })
        : askList(frame, prompt, selected, validate);
    }
  }
}

type Validate = (answer: Answer) => Verdict | undefined;

async function drawText(
  frame: Frame,
  prompt: string,
  value: Answer | undefined,
  validate: Validate,
): Promise<Left<Answer>> {
  const left = await askText(frame, {
    prompt,
    value: typeof value === 'string' ? value : '',
    validate: text => validate(text.trim()),
  });
  return left.by === 'escape' ? left : { by: left.by, value: left.value.trim() };
}

async function drawChoice(
  frame: Frame,
  prompt: string,
  choices: readonly Choice[],
  value: Answer | undefined,
  validate: Validate,
): Promise<Left<Answer>> {
  const answerOf = (values: readonly string[]): Answer => values[0] ?? '';
  const left = await askChoice(frame, {
    prompt,
    choices,
    many: false,
    selected: typeof value === 'string' ? [value] : [],
    validate: values => validate(answerOf(values)),
  });
  return left.by === 'escape' ? left : { by: left.by, value: answerOf(left.value) };
}

function yesOrNo(): readonly Choice[] {
  return [
    { value: 'yes', label: l10n.t('Yes') },
    { value: 'no', label: l10n.t('No') },
  ];
}

async function drawConfirm(
  frame: Frame,
  prompt: string,
  value: Answer | undefined,
  validate: Validate,
): Promise<Left<Answer>> {
  const answerOf = (values: readonly string[]): Answer => values[0] === 'yes';
  const left = await askChoice(frame, {
    prompt,
    choices: yesOrNo(),
    many: false,
    selected: typeof value === 'boolean' ? [value ? 'yes' : 'no'] : [],
    validate: values => validate(answerOf(values)),
  });
  return left.by === 'escape' ? left : { by: left.by, value: answerOf(left.value) };
}

/** A list that offers nothing to pick is typed. */
async function askList(
  frame: Frame,
  prompt: string,
  value: readonly string[],
  validate: (value: readonly string[]) => Verdict | undefined,
): Promise<Left<readonly string[]>> {
  const items = (text: string) =>
    text
      .split(',')
      .map(item => item.trim())
      .filter(Boolean);
  const left = await askText(frame, {
    prompt: l10n.t('{0} (separated by commas, empty for none)', prompt),
    value: value.join(', '),
    validate: text => validate(items(text)),
  });
  return left.by === 'escape' ? left : { by: left.by, value: items(left.value) };
}

function same(a: Answer | undefined, b: Answer | undefined): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
