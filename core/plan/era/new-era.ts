import type { Eras } from '../../chain/eras/eras.ts';
import { readErasOf } from '../../chain/eras/eras.ts';
import { Refusal } from '../../refusal.ts';
import { plansSinceRelease } from '../guard/pending.ts';
import type { PlanInput } from '../plan-input.ts';
import type { Answers } from '../question.ts';
import { answerItems } from '../question.ts';
import type { Step } from '../task.ts';
import { addBehaviour } from './behaviours.ts';
import { isEraName } from './facts.ts';
import { generationFor } from './generation.ts';
import { givenText } from './given-text.ts';
import { newSwitches } from './new-switch.ts';
import { erasOfRelease } from './released.ts';
import { addSupported } from './supported.ts';
import { addTestBlock } from './test-blocks.ts';

/** The steps that add an era to a chain that has the framework. */
export function newEraSteps(
  input: PlanInput,
  eras: Eras,
  name: string,
  answers: Answers,
): readonly Step[] {
  refuseAnswers(input, eras, name, answers);
  const isThere = eras.supported.some(one => one.name === name);
  const switches = switchAnswers(answers);
  const since = givenText(answers, 'since');
  const supported = eras.supported.map(one => one.name!);
  return [
    ...(isThere ? [] : [addEra(input, eras, name, since)]),
    ...(switches.length > 0 ? [newSwitches(input, generationFor(input.app), switches)] : []),
    {
      name: 'say what is left to do',
      apply(draft) {
        if (!isThere) for (const note of notesFor(input, eras, name, since)) draft.note(note);
        return [
          {
            kind: 'era',
            dir: input.app.dir,
            supported: isThere ? supported : [...supported, name],
            switches: eras.switches.length + switches.length,
          },
        ];
      },
    },
  ];
}

function refuseAnswers(input: PlanInput, eras: Eras, name: string, answers: Answers): void {
  const { dir, isWhole, first, supported } = eras;
  if (!isWhole)
    throw new Refusal(`Supported in ${dir} cannot be read as a whole: write it out`, {
      file: eras.definition.facts.path,
    });
  if (givenText(answers, 'upgrade') !== undefined)
    throw new Refusal(
      'the framework of eras is there: an era needs no upgrade, leave --upgrade out',
    );
  const given = givenText(answers, 'first');
  if (given !== undefined && given !== first)
    throw new Refusal(`the first era of this chain is ${first ?? 'not known'}; leave --first out`);
  const isThere = supported.some(one => one.name === name);
  const wantsSwitch = switchAnswers(answers).length > 0;
  const then = erasOfRelease(input);
  const isReleased = then?.supported.some(one => one.name === name) ?? false;
  if (isThere && (!wantsSwitch || isReleased))
    throw new Refusal(
      isReleased
        ? `the era ${name} is released already, with ${input.base!.ref}; name a new one`
        : `the era ${name} is there already`,
      { file: eras.definition.facts.path },
    );
  if (!isThere && (name === first || isReleased))
    throw new Refusal(`${name} was an era of this chain; name another one`);
}

/** The switches that are to be added. Throws `Refusal` for what is no name of one. */
export function switchAnswers(answers: Answers): string[] {
  const names = answerItems(answers['switch']) ?? [];
  const wrong = names.find(name => !isEraName(name));
  if (wrong === undefined) return names;
  throw new Refusal(`"${wrong}" is no name of a switch: small letters, digits and hyphens`);
}

function addEra({ app }: PlanInput, eras: Eras, name: string, since: string | undefined): Step {
  const newest = eras.supported.at(-1)?.name;
  return {
    name: `add the era ${name}`,
    apply(draft) {
      if (newest == null) throw new Refusal(`${eras.dir} supports no era to go on from`);
      addSupported(draft.edits, eras, name, since);
      for (const one of eras.switches) {
        const isThere = one.eras.some(held => held.name === name);
        if (isThere) continue;
        addBehaviour(draft.edits, one, newest, name);
        const isTested = addTestBlock(draft, one, newest, name);
        const { file, line } = one.location;
        const test = isTested ? '' : ', and a test of it';
        draft.note(
          `${file}:${line}: ${one.name ?? 'the switch'} behaves in ${name} as in ${newest}: write ` +
            `what differs${test}`,
        );
      }
      if (eras.switches.length === 0)
        draft.note(`nothing differs in ${name} yet: add a switch with --switch NAME`);
      // Read again with what was written: a table that holds no era twice, all of them read.
      if (!readErasOf(draft.repo, app)?.isWhole) throw new Error('the eras are no longer read');
      return [];
    },
  };
}

/** How an era begins. */
export function beginsBy(name: string, dir: string, governed: boolean): string {
  return governed
    ? `${name} begins at the height that a vote gives it: the daemon's era announce ${name}, then era ` +
        `activate ${name} --height H, print the proposals`
    : `${name} begins at the heights that ${dir}/schedule.go has: give each network its row`;
}

function notesFor(
  input: PlanInput,
  { dir, supported }: Eras,
  name: string,
  since: string | undefined,
): string[] {
  const [pending] = plansSinceRelease(input);
  const oldest = supported[0]?.name ?? 'the oldest one';
  return [
    ...(since === undefined
      ? [`Since in ${dir} does not tell which release knows ${name} first: add it when you know`]
      : []),
    ...(supported.length > 1
      ? [`${supported.length + 1} eras are supported: retire ${oldest} with the next upgrade`]
      : []),
    ...(pending === undefined
      ? []
      : [
          `the upgrade ${pending} is pending: its binary cannot run before its height, so validators ` +
            `cannot have ${name} before then`,
        ]),
    beginsBy(name, dir, input.analysis.repo.value(dir, 'Schedule') === undefined),
  ];
}
