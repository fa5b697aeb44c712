import { Refusal } from '../../refusal.ts';
import { render } from '../../render.ts';
import type { PlanInput } from '../plan-input.ts';
import type { Answers } from '../question.ts';
import type { Sources, Step } from '../task.ts';
import { moveFiles } from './from-oraivisor.ts';
import { noBreakFiles } from './no-break.ts';
import { textAnswer, writeWhole } from './place.ts';
import { upgradeFiles } from './upgrade-files.ts';

/** The workflow that lints and rehearses pull requests. */
const workflow = '.github/workflows/chain-upgrade.yml';

/** Reads what operator files need of the machine. Throws `Refusal`. */
export async function readOperatorSources(
  _input: PlanInput,
  answers: Answers,
  { machine, now }: Sources,
): Promise<Partial<PlanInput>> {
  const home = textAnswer(answers, 'from-oraivisor');
  if (home !== '') {
    if (!machine)
      throw new Refusal('a home cannot be read here; open a trusted folder on the desktop');
    return { operators: { oraivisor: await machine.oraivisor(home) } };
  }
  const hasWorkflow = (await now.read(workflow)) !== undefined;
  return { operators: { hasWorkflow, tool: machine?.version } };
}

/** The steps of operator files. Throws `Refusal` where the answers cannot be met. */
export function operatorSteps(input: PlanInput, answers: Answers): readonly Step[] {
  const isMove = textAnswer(answers, 'from-oraivisor') !== '';
  const isRelease = textAnswer(answers, 'no-break') !== '';
  if (isMove && isRelease) throw new Refusal('give --no-break or --from-oraivisor, not both');
  if ((isMove || isRelease) && textAnswer(answers, 'name') !== '')
    throw new Refusal('a release or a move is no upgrade: leave the name of the plan out');
  const withoutPlan = isMove ? moveFiles : noBreakFiles;
  const filesOf = isMove || isRelease ? withoutPlan : upgradeFiles;
  const { files, notes } = filesOf(input, answers);
  return [
    {
      name: 'write operator files',
      apply: draft => {
        for (const [file, text] of Object.entries(files)) writeWhole(draft, file, text);
        if (!isMove) offerWorkflow(input, text => draft.creates.push({ file: workflow, text }));
        for (const note of notes) draft.note(note);
        return [];
      },
    },
  ];
}

/** Offers the workflow where the repository has none of that name. */
function offerWorkflow(input: PlanInput, create: (text: string) => void): void {
  const { operators, app, analysis } = input;
  if (operators?.hasWorkflow !== false || operators.tool === undefined) return;
  const mod = analysis.repo.modOf(app.dir)?.dir ?? '';
  create(
    render('operators/pull-request.yml', {
      tool: operators.tool,
      dir: '',
      goMod: mod === '' ? 'go.mod' : `${mod}/go.mod`,
    }),
  );
}
