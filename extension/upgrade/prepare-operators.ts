import { l10n, window } from 'vscode';
import { newManifest, newOperatorFiles, newProposal } from '../../core/tasks/tasks.ts';
import type { CommandTarget } from '../command-target.ts';
import type { Tools } from '../services.ts';
import { writeByPlan } from './write-by-plan.ts';

/** What can be prepared, in the order in which a team does it. */
function steps() {
  return [
    {
      task: newProposal,
      detail: l10n.t('The governance proposal, or the one that cancels the upgrade'),
    },
    { task: newManifest, detail: l10n.t('The binaries with their checksums') },
    { task: newOperatorFiles, detail: l10n.t('Runbook, install script, checksum gate, service') },
  ] as const;
}

/** Prepares the proposal of an upgrade, its manifest or its operator files. */
export async function prepareOperators(tools: Tools, target?: CommandTarget): Promise<void> {
  const picked = await window.showQuickPick(
    steps().map(({ task, detail }) => ({ label: task.title, detail, task })),
    {
      title: l10n.t('Prepare Proposal and Operator Files'),
      placeHolder: l10n.t('What is to be written?'),
    },
  );
  if (!picked) return;
  const { plan, answers } = target ?? {};
  // The line of a plan says which one.
  const known = plan === undefined ? target : { ...target!, answers: { name: plan, ...answers } };
  await writeByPlan(tools, picked.task, known);
}
