import { commands, l10n, workspace } from 'vscode';
import type { ReleaseOrReason } from '../../core/chain/baseline.ts';
import type { App, Chain } from '../../core/chain/chain.ts';
import { sameApp } from '../../core/chain/compare.ts';
import type { PlanMachine } from '../../core/plan/machine.ts';
import type { Plan } from '../../core/plan/plan.ts';
import type { Answers } from '../../core/plan/question.ts';
import type { OfferedTask } from '../../core/plan/task.ts';
import type { UpgradeContext } from '../../core/plan/upgrade/upgrade-questions.ts';
import { makePlan } from '../../core/tasks/make-plan.ts';
import { chooseApp, chooseRepository } from '../choose.ts';
import type { CommandTarget } from '../command-target.ts';
import { withProgress } from '../progress.ts';
import type { Reading, Repository } from '../repositories.ts';
import type { Tools } from '../services.ts';
import { WizardRun } from '../wizard/wizard.ts';
import { confirmPlan } from './confirm.ts';
import { notEditable } from './not-editable.ts';
import { Preview } from './preview.ts';
import { sayRefused } from './refused.ts';
import { write } from './write.ts';

/**
 * Does a task: asks, shows what would be written, writes it. Escape ends it at every step with
 * nothing written.
 */
export async function writeByPlan(
  tools: Tools,
  task: OfferedTask,
  target?: CommandTarget,
): Promise<void> {
  ensureQuestions(task, target?.answers);
  for (;;) {
    const repository = await chooseRepository(tools.repositories, task.title, target);
    if (!repository) return;
    const reading = await read(tools, repository.value);
    const way = await inRepository(tools, { task, reading, back: repository.asked, target });
    if (way === 'done') return;
  }
}

/** An answer to what is not asked would be passed over in silence. */
function ensureQuestions({ title, questions }: OfferedTask, answers: Answers = {}): void {
  const known = questions.map(({ id }) => id);
  const unknown = Object.keys(answers).find(id => !known.includes(id));
  if (unknown !== undefined)
    throw new Error(
      l10n.t('{0} does not ask for "{1}"; it asks for {2}', title, unknown, known.join(', ')),
    );
}

/** Goes back only to a step that was asked. */
type Way = 'back' | 'done';

interface Wanted {
  readonly task: OfferedTask;
  readonly reading: Reading;
  readonly back: boolean;
  readonly target: CommandTarget | undefined;
}

async function inRepository(tools: Tools, { task, reading, back, target }: Wanted): Promise<Way> {
  for (;;) {
    const app = await chooseApp(reading, task.title, back, target);
    if (app === 'back' || app === 'done') return app;
    const base = await withProgress(l10n.t('Reading the last release …'), progress =>
      tools.repositories.baseline(reading, app.value, progress),
    );
    const seen = {
      repo: reading.repo,
      chain: reading.chain,
      app: app.value,
      ...('chain' in base && {
        base: base.chain,
        baseRepo: base.repo,
        baseRef: base.ref,
        baseDoubt: base.doubt,
      }),
    };
    const wizard = new WizardRun<UpgradeContext>({
      title: task.title,
      questions: task.questions,
      given: target?.answers ?? {},
      stepsAfter: 1,
      back: back || app.asked,
      context: answers => ({ ...seen, answers }),
    });
    const way = await inWizard(tools, { task, repository: reading, app: app.value, base, wizard });
    if (way === 'done' || !app.asked) return way;
  }
}

interface Asking {
  readonly task: OfferedTask;
  readonly repository: Repository;
  readonly app: App;
  readonly base: ReleaseOrReason;
  readonly wizard: WizardRun<UpgradeContext>;
}

async function inWizard(tools: Tools, asking: Asking): Promise<Way> {
  for (;;) {
    const asked = await asking.wizard.ask();
    if (asked.by !== 'accept') return asked.by === 'back' ? 'back' : 'done';
    const { reading, plan } = await planAnew(tools, asking, asked.answers);
    const refused = plan.refused ?? (await notEditable(reading.root, plan));
    if (refused) {
      sayRefused(reading.root, refused, () =>
        tools.run(async () => {
          await inWizard(tools, asking);
        }),
      );
      return 'done';
    }
    const heading = `${asking.task.title}${nameIn(asked.answers, asking.task.argument)}`;
    const preview = new Preview(tools.documents, heading);
    await preview.open(reading.root, plan);
    try {
      const { nextStep } = asking.wizard;
      const choice = await confirmPlan(
        { title: heading, step: nextStep, totalSteps: nextStep, back: true },
        plan,
      );
      if (choice === 'cancel') return 'done';
      if (choice === 'back') continue;
      await write(tools, reading, plan, heading);
      // A step of the walkthrough is done by it.
      void commands.executeCommand('setContext', 'chainUpgrade.wrote', asking.task.title);
      return 'done';
    } finally {
      await preview.close();
    }
  }
}

/**
 * Reads again before planning: the developer may have typed meanwhile, or fixed what a refusal
 * named.
 */
async function planAnew(
  tools: Tools,
  { task, repository, app, base }: Asking,
  answers: Answers,
): Promise<{ reading: Reading; plan: Plan }> {
  const reading = await read(tools, repository);
  const input = {
    analysis: reading,
    app: appNow(reading.chain, app),
    ...('chain' in base && { base }),
  };
  const machine = await machineFor(reading, tools.version);
  return {
    reading,
    plan: await makePlan(task, input, answers, { now: reading.files, base, machine }),
  };
}

/** This machine, for files and nodes that answers name: in a trusted folder on a disk. */
async function machineFor({ root }: Reading, version: string): Promise<PlanMachine | undefined> {
  if (!workspace.isTrusted || root.scheme !== 'file') return undefined;
  const { planMachine } = await import('../../host/commands/plan-machine.ts');
  return planMachine(root.fsPath, root.fsPath, version);
}

function read(tools: Tools, repository: Repository): Promise<Reading> {
  return withProgress(l10n.t('Reading {0} …', repository.folder.name), progress =>
    tools.repositories.read(repository, progress),
  );
}

/** The app in what was read again. */
function appNow(chain: Chain, app: App): App {
  const found = sameApp(chain, app);
  if (found) return found;
  throw new Error(
    app.dir === ''
      ? l10n.t('the app in the root folder is no longer there; start again')
      : l10n.t('the app in {0} is no longer there; start again', app.dir),
  );
}

function nameIn(answers: Answers, argument: string | undefined): string {
  const name = argument === undefined ? undefined : answers[argument];
  return typeof name === 'string' && name ? ` ${name}` : '';
}
