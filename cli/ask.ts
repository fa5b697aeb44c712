import type { Answer, Question, Verdict } from '../core/plan/question.ts';
import type { Ask } from '../host/commands/answers.ts';
import { writeMessage } from './messages.ts';
import type { Terminal } from './terminal.ts';

// Loaded only when something is asked: scripts and CI never wait for it.
const prompts = () => import('@inquirer/prompts');
const context = { output: process.stderr };

/** Draws questions on the terminal. A warning is shown and passed, an error is asked again. */
export function asker<C>(terminal: Terminal): Ask<C> {
  return async (question, seen) => {
    const check = (answer: Answer): true | string => {
      const verdict = question.validate?.(answer, seen);
      return verdict?.severity === 'error' ? verdict.message : true;
    };
    const answer = await draw(question, seen, check);
    const verdict: Verdict | undefined = question.validate?.(answer, seen);
    if (verdict?.severity === 'warning') writeMessage(terminal, 'warning', verdict.message);
    return answer;
  };
}

async function draw<C>(
  question: Question<C>,
  seen: C,
  check: (answer: Answer) => true | string,
): Promise<Answer> {
  const { confirm, select } = await prompts();
  const message = question.prompt;
  const preset = question.default?.(seen);
  const choices = question.choices?.(seen) ?? [];
  switch (question.kind) {
    case 'confirm':
      return confirm({ message, default: preset === true }, context);
    case 'choice': {
      const options = choices.map(({ value, label, detail }) => ({
        value,
        name: label,
        ...(detail && { description: detail }),
      }));
      return select(
        { message, choices: options, ...(typeof preset === 'string' && { default: preset }) },
        context,
      );
    }
    case 'choices':
      return choices.length > 0
        ? pickSeveral(message, choices, preset, check)
        : typeSeveral(message, preset, check);
    case 'text': {
      const { input } = await prompts();
      return (
        await input(
          {
            message,
            ...(typeof preset === 'string' && { default: preset }),
            validate: text => check(text.trim()),
          },
          context,
        )
      ).trim();
    }
  }
}

async function pickSeveral(
  message: string,
  choices: readonly { value: string; label: string; detail?: string; picked?: boolean }[],
  preset: Answer | undefined,
  check: (answer: Answer) => true | string,
): Promise<string[]> {
  const { checkbox } = await prompts();
  const picked = (value: string, fallback: boolean | undefined) =>
    Array.isArray(preset) ? preset.includes(value) : fallback === true;
  return checkbox(
    {
      message,
      choices: choices.map(choice => ({
        value: choice.value,
        name: choice.label,
        checked: picked(choice.value, choice.picked),
        ...(choice.detail && { description: choice.detail }),
      })),
      validate: items => check(items.map(item => item.value)),
    },
    context,
  );
}

async function typeSeveral(
  message: string,
  preset: Answer | undefined,
  check: (answer: Answer) => true | string,
): Promise<string[]> {
  const { input } = await prompts();
  const split = (text: string) =>
    text
      .split(',')
      .map(item => item.trim())
      .filter(Boolean);
  return split(
    await input(
      {
        message: `${message} (separated by commas, empty for none)`,
        ...(Array.isArray(preset) && preset.length > 0 && { default: preset.join(',') }),
        validate: text => check(split(text)),
      },
      context,
    ),
  );
}

/** Asks for a yes or no. */
export async function askYes(message: string): Promise<boolean> {
  const { confirm } = await prompts();
  return confirm({ message, default: true }, context);
}
