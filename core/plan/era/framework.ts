import { keeperFields } from '../../chain/app/keepers.ts';
import type { App } from '../../chain/chain.ts';
import { basename, dirname, join } from '../../files.ts';
import type { Repo } from '../../go/repo/repo.ts';
import { Refusal } from '../../refusal.ts';
import { inputNow } from '../input-now.ts';
import { mountSteps } from '../mount/mount.ts';
import type { PlanInput } from '../plan-input.ts';
import type { Answers } from '../question.ts';
import type { Step } from '../task.ts';
import { addEraCommand } from './daemon-command.ts';
import type { EraFacts, SupportedEra } from './facts.ts';
import { isEraName } from './facts.ts';
import { eraFiles } from './files.ts';
import { generationFor } from './generation.ts';
import { givenText } from './given-text.ts';
import { beginsBy, switchAnswers } from './new-era.ts';
import { noteOnSwitch } from './new-switch.ts';
import { eraOrders, judgeOrder } from './orders.ts';
import { addStartCheck } from './start-check.ts';
import { eraWiring } from './wiring.ts';

/** The steps that give an app the framework of eras, with an era to come where one is named. */
export function frameworkSteps(input: PlanInput, name: string, answers: Answers): readonly Step[] {
  const facts = factsFor(input, name, answers);
  const wiring = eraWiring(facts.generation, facts.governed);
  const upgrade = givenText(answers, 'upgrade');
  return [
    {
      name: `write ${facts.dir}`,
      apply(draft) {
        const files = eraFiles(draft.repo, facts);
        draft.creates.push(...files);
        return [];
      },
    },
    {
      name: `mount ${facts.dir}`,
      apply(draft) {
        const now = inputNow(input, draft);
        const order = eraOrders(now, wiring);
        const given = { module: facts.dir, order, ...(upgrade !== undefined && { upgrade }) };
        const declared = mountSteps(now, given).flatMap(step => step.apply(draft));
        const laid = inputNow(input, draft);
        judgeOrder(laid.analysis.repo, laid.app, facts.generation);
        return declared;
      },
    },
    addStartCheck(input, wiring.startCheck),
    addEraCommand(input, facts),
    {
      name: 'say what is left to do',
      apply(draft) {
        for (const note of notesFor(facts, name)) draft.note(note);
        return [
          {
            kind: 'era',
            dir: input.app.dir,
            framework: facts.dir,
            supported: facts.supported.map(era => era.name),
            switches: facts.switches.length,
          },
        ];
      },
    },
  ];
}

function factsFor(input: PlanInput, name: string, answers: Answers): EraFacts {
  const { repo } = input.analysis;
  const first = givenText(answers, 'first') ?? 'origin';
  if (!isEraName(first)) throw new Refusal(`--first "${first}" is no name of an era`);
  const since = givenText(answers, 'since');
  const later: SupportedEra[] = name === first ? [] : [{ name, since }];
  const dir = folderFor(input);
  return {
    generation: generationFor(input.app),
    dir,
    path: repo.importPath(dir)!,
    supported: [{ name: first }, ...later],
    switches: switchAnswers(answers),
    governed: isGoverned(repo, input.app),
  };
}

/** `x/era` beside the modules of the app's own Go module. */
function folderFor({ analysis: { repo, chain }, app }: PlanInput): string {
  const home = repo.modOf(app.dir)?.dir ?? '';
  const parents = chain.modules
    .map(({ dir }) => dirname(dir))
    .filter(dir => basename(dir) === 'x' && repo.modOf(dir)?.dir === home);
  const dir = join(parents[0] ?? join(home, 'x'), 'era');
  const there = [...repo.texts.keys()].find(path => path.startsWith(`${dir}/`));
  if (there !== undefined)
    throw new Refusal(`${dir} exists already; move it, or add eras by hand`, { file: there });
  return dir;
}

const gov = 'github.com/cosmos/cosmos-sdk/x/gov/keeper';

/** Whether the app holds the SDK's x/gov, whose votes decide on eras. */
function isGoverned(repo: Repo, app: App): boolean {
  return keeperFields(repo, app.dir, app.type).some(
    ({ package: path, ref }) => path === gov && ref?.name === 'Keeper',
  );
}

function notesFor({ dir, governed, supported, switches }: EraFacts, name: string): string[] {
  const [first, ...later] = supported;
  const stays = `the chain stays in ${first!.name}; add an era with chain-upgrade era NAME`;
  return [
    ...switches.map(noteOnSwitch),
    ...(governed ? ['eras can be announced once the upgrade that adds their store has run'] : []),
    ...(governed
      ? []
      : ['the app holds no x/gov of the SDK, so the heights of eras are compiled in']),
    later.length === 0 ? stays : beginsBy(name, dir, governed),
  ];
}
