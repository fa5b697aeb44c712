import type { Answers, Question } from '../question.ts';
import type { UpgradeContext } from '../upgrade/upgrade-questions.ts';
import { nextVersion } from './next-version.ts';

/** The first app version that the answers ask for: 1 by default. */
export function startVersion(answers: Answers): number {
  const given = answers['start'];
  return given === undefined || given === '' ? 1 : Number(given);
}

/** The questions of the version guard, in the order they are asked. */
export const guardQuestions: readonly Question<UpgradeContext>[] = [
  {
    id: 'software',
    kind: 'text',
    title: 'Release',
    value: 'NAME',
    prompt: 'How do messages to operators call this release, such as v1.4.x?',
    help: "how messages call this release (default: the version after the last release's)",
    default: ({ baseRef }) => (baseRef === undefined ? undefined : nextVersion(baseRef)),
    validate: value =>
      /[\n"`]/.test(String(value)) || String(value).trim() === ''
        ? { severity: 'error', message: 'the name of a release is one line without quotes' }
        : undefined,
  },
  {
    id: 'start',
    kind: 'text',
    title: 'First app version',
    value: 'N',
    prompt: 'The app version of this release',
    help: 'the first app version (default: 1)',
    default: () => '1',
    validate: value =>
      /^[1-9]\d{0,8}$/.test(String(value))
        ? undefined
        : { severity: 'error', message: 'an app version is a whole number from 1 on' },
  },
];
