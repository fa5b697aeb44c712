import type { Answer, Answers, Choice, Question } from '../question.ts';
import type { UpgradeContext } from '../upgrade-questions.ts';
import { ambiguity } from './find-module.ts';
import { prefixMove } from './prefix.ts';

/** What a migration can do of what is written outright; each but the first is the option of its name too. */
const bodies: readonly Choice[] = [
  { value: 'own', label: 'Something of its own', detail: 'its body is still to be written' },
  { value: 'prefix', label: 'Move a key prefix', detail: 'all entries under one prefix go under another' },
  { value: 'new-params', label: 'Add parameters', detail: 'new ones start from DefaultParams, all others keep their values' },
  { value: 'legacy-params', label: 'Move parameters out of x/params', detail: 'into where the module keeps them now' },
];

const given = (answer: Answer | undefined) => answer !== undefined && answer !== '' && answer !== false;
const error = (message: string) => ({ severity: 'error', message }) as const;

/** The body that the answers ask for; `error` where they ask for two, or leave out what one needs. */
export function bodyAsked(answers: Answers): { readonly body: string } | { readonly error: string } {
  const options = bodies.map(b => b.value).filter(value => given(answers[value])), body = given(answers['body']) ? String(answers['body']) : undefined;
  if (options.length > 1) return { error: `--${options[0]} and --${options[1]} ask for two migrations; do one, and write the other into it` };
  if (body !== undefined && options[0] !== undefined && options[0] !== body) return { error: `--body ${body} and --${options[0]} ask for two migrations; give one of them` };
  if (body !== undefined && !bodies.some(b => b.value === body)) return { error: `there is no body ${body}; choose one of ${bodies.map(b => b.value).join(', ')}` };
  if (body !== undefined && body !== 'own' && body !== 'legacy-params' && options.length === 0) return { error: `--body ${body} needs --${body} too` };
  return { body: options[0] ?? body ?? 'own' };
}

/** The names in a list that an answer holds. */
export function listOf(answer: Answer | undefined): string[] {
  return typeof answer === 'string' ? answer.split(',').map(name => name.trim()).filter(name => name !== '') : [];
}

/** The questions of a migration, in the order they are asked. */
export const migrationQuestions: readonly Question<UpgradeContext>[] = [
  {
    id: 'module', kind: 'choice', title: 'Module', value: 'MODULE',
    prompt: 'Which module changes its state?',
    help: 'the module whose state changes: its name or folder',
    choices: ({ chain }) => chain.modules.filter(m => m.consensusVersion !== null).map(m => ({ value: m.dir, label: m.name, detail: `${m.dir}, version ${m.consensusVersion}` })),
    validate: (value, { chain }) => {
      const message = ambiguity(chain, String(value));
      return message === undefined ? undefined : { severity: 'error', message };
    },
  },
  {
    id: 'body', kind: 'choice', title: 'Body', value: 'KIND',
    prompt: 'What does the migration do?',
    help: `what the migration does: ${bodies.map(b => b.value).join(', ')}; the option of that name says it too`,
    choices: () => bodies,
    when: ({ answers }) => !bodies.some(b => given(answers[b.value])),
    default: () => 'own',
    validate: value => bodies.some(b => b.value === value) ? undefined : error(`there is no body ${String(value)}; choose one of ${bodies.map(b => b.value).join(', ')}`),
  },
  {
    id: 'prefix', kind: 'text', title: 'Key prefix', value: 'OLD=NEW',
    prompt: 'The old and the new prefix, as OLD=NEW, such as 0x01=0x11',
    help: 'write a migration that moves all entries from one key prefix to another, such as 0x01=0x11',
    when: ({ answers }) => answers['body'] === 'prefix',
    validate: value => {
      const read = prefixMove(String(value));
      return 'error' in read ? error(read.error) : undefined;
    },
  },
  {
    id: 'new-params', kind: 'text', title: 'New parameters', value: 'FIELD,…',
    prompt: 'The fields of the parameters that are new, such as MaxEntries',
    help: 'write a migration that gives these new fields of the module\'s parameters their values from DefaultParams, and keeps all others',
    when: ({ answers }) => answers['body'] === 'new-params',
    validate: value => listOf(value).length > 0 ? undefined : error('name a field of the parameters, such as MaxEntries'),
  },
  {
    id: 'legacy-params', kind: 'confirm', title: 'Legacy parameters',
    prompt: 'Move the parameters from x/params into where the module keeps them now?',
    help: 'write a migration that moves the module\'s parameters from x/params into where it keeps them now',
    // As a step of its own it would ask again what the body was chosen to be.
    when: () => false,
  },
  {
    id: 'test', kind: 'confirm', title: 'Test',
    prompt: 'Write a test of the migration too?',
    help: 'write a test of the migration too (the default; --no-test leaves it out)',
    default: () => true,
  },
];
