import { appFolders } from '../../chain/app/app-code.ts';
import { sameApp } from '../../chain/compare.ts';
import { readAppConfigs } from '../../chain/depinject/app-configs.ts';
import type { Draft } from '../draft.ts';
import type { PlanInput } from '../plan-input.ts';
import type { Answers } from '../question.ts';
import { defaultAnswers } from '../question.ts';
import type { Step } from '../task.ts';
import { derivedStores } from '../upgrade/store-answers.ts';
import { upgradeSteps } from '../upgrade/upgrade.ts';
import { upgradeQuestions } from '../upgrade/upgrade-questions.ts';
import { mountByConfig } from './configured.ts';
import { mountByHand } from './hand-wired.ts';
import type { MountJob, MountRequest } from './job.ts';
import { readMountRequest, refuseMounted } from './request.ts';

/**
 * The steps that mount a module on an app; with an upgrade among the answers also those that add its
 * store by it. Throws `Refusal` where the answers are wrong or the app cannot be extended.
 */
export function mountSteps(input: PlanInput, answers: Answers): readonly Step[] {
  const request = readMountRequest(input, answers);
  refuseMounted(input.analysis.repo, input.app, request.module);
  const name = typeof answers['upgrade'] === 'string' ? answers['upgrade'].trim() : '';
  return [
    mountModule(input, request),
    ...(name === '' ? [] : [addByUpgrade(input, request, name)]),
    ...(name === '' ? [remindOfUpgrade(request)] : []),
  ];
}

function mountModule({ app }: PlanInput, request: MountRequest): Step {
  return {
    name: `mount ${request.module.name.value}`,
    apply(draft) {
      const { repo } = draft;
      const job: MountJob = {
        ...request,
        repo,
        app,
        changes: draft.edits,
        plain: draft.texts,
        notes: draft.notes,
      };
      const isConfigured = readAppConfigs(repo, appFolders(repo, app.dir)).length > 0;
      return [isConfigured ? mountByConfig(job) : mountByHand(job)];
    },
  };
}

/** The upgrade that adds the module's store, and what else is new since the last release. */
function addByUpgrade(input: PlanInput, { module }: MountRequest, name: string): Step {
  return {
    name: `add the store of ${module.name.value}`,
    apply(draft) {
      const now = inputNow(input, draft);
      const given = { name, ...addedStores(now, module.store?.value) };
      const { base } = now;
      const answers = defaultAnswers(upgradeQuestions, given, all => ({
        repo: now.analysis.repo,
        chain: now.analysis.chain,
        app: now.app,
        ...(base && { base: base.chain }),
        answers: all,
      }));
      return upgradeSteps(now, answers).flatMap(step => step.apply(draft));
    },
  };
}

function addedStores({ app, base }: PlanInput, store: string | undefined): Answers {
  const derived = derivedStores(app, base?.chain).added.map(one => one.name ?? one.const!);
  const added = [...new Set([...derived, ...(store === undefined ? [] : [store])])];
  return added.length > 0 ? { added } : {};
}

/** The input as the draft has it. */
function inputNow(input: PlanInput, draft: Draft): PlanInput {
  const analysis = draft.now;
  const app = sameApp(analysis.chain, input.app);
  if (!app) throw new Error(`the app in ${input.app.dir} is no longer found`);
  return { ...input, analysis, app };
}

function remindOfUpgrade({ module }: MountRequest): Step {
  return {
    name: 'say what is left to do',
    apply(draft) {
      if (module.store)
        draft.note(
          `The store "${module.store.value}" is new: add it by an upgrade ` +
            `(\`new NAME --added ${module.store.value}\`, or --upgrade NAME here).`,
        );
      return [];
    },
  };
}
