import type { Answer, Question } from '../question.ts';
import type { UpgradeContext } from '../upgrade-questions.ts';
import { ambiguity } from './find-module.ts';
import { prefixMove } from './prefix.ts';

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
    id: 'prefix', kind: 'text', title: 'Key prefix', value: 'OLD=NEW',
    prompt: 'Does nothing change but a key prefix? Then OLD=NEW, such as 0x01=0x11; empty where the migration is still to be written',
    help: 'write a migration that moves all entries from one key prefix to another, such as 0x01=0x11',
    default: () => '',
    validate: value => {
      const read = value === '' ? undefined : prefixMove(String(value));
      return read && 'error' in read ? { severity: 'error', message: read.error } : undefined;
    },
  },
  {
    id: 'new-params', kind: 'text', title: 'New parameters', value: 'FIELD,…',
    prompt: 'Are parameters new that start from DefaultParams? Then their fields, such as MaxEntries; empty for none',
    help: 'write a migration that gives these new fields of the module\'s parameters their values from DefaultParams, and keeps all others',
    when: ({ answers }) => !answers['prefix'],
    default: () => '',
  },
  {
    id: 'test', kind: 'confirm', title: 'Test',
    prompt: 'Write a test of the migration too?',
    help: 'write a test of the migration too (the default; --no-test leaves it out)',
    default: () => true,
  },
];
