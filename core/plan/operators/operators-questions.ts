import type { Question } from '../question.ts';
import type { UpgradeContext } from '../upgrade/upgrade-questions.ts';
import { nodeProgram } from './daemon.ts';
import { textAnswer } from './place.ts';
import { placeQuestions, planQuestion } from './proposal-questions.ts';

const never = () => false;

/** Whether the files are of a plan, rather than of a release or a move that needs none. */
export function isForPlan({ answers }: Pick<UpgradeContext, 'answers'>): boolean {
  return textAnswer(answers, 'no-break') === '' && textAnswer(answers, 'from-oraivisor') === '';
}

/** The questions of operator files, in the order they are asked. */
export const operatorQuestions: readonly Question<UpgradeContext>[] = [
  { ...planQuestion, when: isForPlan },
  ...placeQuestions,
  {
    id: 'user',
    kind: 'text',
    title: 'User',
    value: 'U',
    prompt: 'User that the service runs as',
    help: "the user that the service runs as (default: the daemon's name)",
    default: ({ repo, app }) => nodeProgram(repo, app).name,
    validate: value =>
      /^[a-z_][a-z0-9_-]{0,31}$/.test(String(value))
        ? undefined
        : { severity: 'error', message: `"${String(value)}" is no name of a user` },
  },
  {
    id: 'no-break',
    kind: 'text',
    title: 'Release that breaks nothing',
    value: 'VERSION',
    prompt: 'Version of a release that breaks nothing',
    help: 'files for a release that breaks nothing, with the reasons why it does not',
    when: never,
  },
  {
    id: 'from-oraivisor',
    kind: 'text',
    title: 'Move from oraivisor',
    value: 'DIR',
    prompt: 'Home of a node that oraivisor runs',
    help: 'files for the move from oraivisor to cosmovisor, from the home of a node that it runs',
    when: never,
  },
];
