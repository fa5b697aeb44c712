import { readErasOf } from '../../chain/eras/eras.ts';
import { nextVersion } from '../guard/next-version.ts';
import { plansSinceRelease } from '../guard/pending.ts';
import type { Answer, Answers, Question } from '../question.ts';
import { answerItems } from '../question.ts';
import { checkNewName } from '../upgrade/plan-name.ts';
import type { UpgradeContext } from '../upgrade/upgrade-questions.ts';
import { isEraName } from './facts.ts';

const eraRule = 'is no name of an era: small letters, digits and hyphens, such as pythagoras';

function eraFault(value: Answer): { severity: 'error'; message: string } | undefined {
  const name = String(value);
  return isEraName(name) ? undefined : { severity: 'error', message: `"${name}" ${eraRule}` };
}

function hasEras({ repo, app }: UpgradeContext): boolean {
  return readErasOf(repo, app) !== undefined;
}

function retires({ retire }: Answers): boolean {
  return retire === true;
}

/** The release of an upgrade whose name is a version: v3.0.0 of v3. */
function releaseNamedBy(upgrade: Answer | undefined): string | undefined {
  const [, major, minor = '.0', patch = '.0'] =
    /^v(\d+)(\.\d+)?(\.\d+)?$/.exec(String(upgrade ?? '')) ?? [];
  return major === undefined ? undefined : `v${major}${minor}${patch}`;
}

/** The release that comes next; undefined where a pending upgrade does not name its own. */
function nextRelease({ app, base, baseRef }: UpgradeContext): string | undefined {
  const [pending] = base ? plansSinceRelease({ app, base: { chain: base } }) : [];
  if (pending !== undefined) return releaseNamedBy(pending);
  return baseRef === undefined ? undefined : nextVersion(baseRef);
}

/** The questions of eras, in the order they are asked. */
export const eraQuestions: readonly Question<UpgradeContext>[] = [
  {
    id: 'name',
    kind: 'text',
    title: 'Era',
    value: 'NAME',
    prompt: 'Name of the era, as the votes on it will give it',
    help: 'the era: small letters, digits and hyphens, such as pythagoras',
    validate: eraFault,
  },
  {
    id: 'retire',
    kind: 'confirm',
    title: 'Retire',
    prompt: 'Take the behaviour of this era out instead?',
    help:
      'take the behaviour of the era out instead; refused unless a newer era is supported and an ' +
      'upgrade is pending',
    when: () => false,
  },
  {
    id: 'first',
    kind: 'text',
    title: 'First era',
    value: 'NAME',
    prompt: 'What is the era called that the chain has been in so far?',
    help: 'the era that the chain has been in so far, where it has no eras yet (default: origin)',
    when: context => !hasEras(context) && !retires(context.answers),
    default: () => 'origin',
    validate: eraFault,
  },
  {
    id: 'switch',
    kind: 'text',
    title: 'Switches',
    value: 'NAME,…',
    prompt: 'New behaviours that differ between eras, such as fee (empty for none)',
    help:
      'behaviours that are to differ between eras besides those that do already: each gets a switch ' +
      'with a function and a test for every era',
    when: ({ answers }) => !retires(answers),
    default: () => '',
    validate: value => {
      const wrong = (answerItems(value) ?? []).find(item => !isEraName(item));
      return wrong === undefined
        ? undefined
        : { severity: 'error', message: `"${wrong}" is no name of a switch` };
    },
  },
  {
    id: 'upgrade',
    kind: 'text',
    title: 'Upgrade',
    value: 'NAME',
    prompt: 'Name of a new upgrade that adds the store of eras (empty for none)',
    help: 'where the chain has no eras yet: also write this upgrade, which adds their store',
    when: context => !hasEras(context) && !retires(context.answers),
    default: () => '',
    validate: value => (value === '' ? undefined : checkNewName(String(value))),
  },
  {
    id: 'since',
    kind: 'text',
    title: 'Release',
    value: 'VERSION',
    prompt: 'Which release brings it, such as v2.1.0?',
    help: 'the first release that knows the era (default: that of the upgrade, or the one after the last)',
    when: ({ answers }) => !retires(answers),
    default: context => releaseNamedBy(context.answers['upgrade']) ?? nextRelease(context),
    validate: value =>
      value === '' || /^v?\d+(\.\d+){0,2}([-+][\w.+-]+)?$/.test(String(value))
        ? undefined
        : { severity: 'error', message: `"${String(value)}" is no version such as v2.1.0` },
  },
];
