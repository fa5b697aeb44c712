import { appFolders } from '../../chain/app/app-code.ts';
import type { Store } from '../../chain/chain.ts';
import { storeId } from '../../chain/compare.ts';
import { readAppConfigs } from '../../chain/depinject/app-configs.ts';
import { managerCalls } from '../../chain/modules/manager.ts';
import { locationOf } from '../../go/source/location.ts';
import { Refusal } from '../../refusal.ts';
import { inputNow } from '../input-now.ts';
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
import { storesOfModule } from './removal.ts';
import { mountedModule, unmount } from './remove.ts';
import { readMountRequest, refuseMounted, wantedModule } from './request.ts';
import { mountSnippet } from './snippet.ts';

/**
 * The steps that mount a module on an app; with an upgrade among the answers also those that add its
 * store by it. Throws `Refusal` where the answers are wrong or the app cannot be extended.
 */
export function mountSteps(input: PlanInput, answers: Answers): readonly Step[] {
  const name = typeof answers['upgrade'] === 'string' ? answers['upgrade'].trim() : '';
  if (answers['remove'] === true) return removeSteps(input, wantedModule(answers), name);
  const request = readMountRequest(input, answers);
  refuseMounted(input.analysis.repo, input.app, request.module);
  return [
    mountModule(input, request),
    name === ''
      ? remindOfUpgrade(request)
      : writeUpgrade(input, name, {
          added: request.module.store ? [request.module.store.value] : [],
        }),
  ];
}

/** The steps that take a module out, and with an upgrade delete its stores by it. */
function removeSteps(input: PlanInput, wanted: string, name: string): Step[] {
  const { repo } = input.analysis;
  const module = mountedModule(repo, input.app, wanted);
  const deleted = storesOfModule(repo, input.app, module)
    .filter(({ kind, assumed }) => kind === 'kv' && !assumed)
    .flatMap(store => store.name ?? []);
  const isGone = deleted.length > 0;
  return [
    unmount(input.app, wanted),
    ...(name === '' ? [] : [writeUpgrade(input, name, isGone ? { deleted } : {})]),
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
      if (isConfigured) refuseTwice(job);
      return [isConfigured ? mountByConfig(job) : mountByHand(job)];
    },
  };
}

/** Build tags may choose between an app that is wired by hand and one that depinject builds. */
function refuseTwice(job: MountJob): void {
  const { repo, app } = job;
  const byHand = managerCalls(repo, app.dir).find(({ name }) => /^NewManager/.test(name));
  if (!byHand) return;
  const { file, line } = locationOf(byHand.call.facts, byHand.call.node);
  throw new Refusal(
    `this app is wired by hand (${file}:${line}) and by depinject; mount the module by hand in both`,
    { file, line, snippet: mountSnippet(job) },
  );
}

/** The upgrade with the module's stores, and what else changed since the last release. */
function writeUpgrade(
  input: PlanInput,
  name: string,
  stores: { readonly added?: readonly string[]; readonly deleted?: readonly string[] },
): Step {
  return {
    name: `write the upgrade ${name}`,
    apply(draft) {
      const now = inputNow(input, draft);
      const { base } = now;
      const derived = derivedStores({ app: now.app, base: base?.chain, baseDoubt: base?.doubt });
      const ids = (all: readonly Store[]) => all.flatMap(one => storeId(one) ?? []);
      const added = [...new Set([...ids(derived.added), ...(stores.added ?? [])])];
      const deleted = [...new Set([...ids(derived.deleted), ...(stores.deleted ?? [])])];
      const given = {
        name,
        ...(added.length > 0 && { added }),
        ...(deleted.length > 0 && { deleted }),
      };
      const answers = defaultAnswers(upgradeQuestions, given, all => ({
        repo: now.analysis.repo,
        chain: now.analysis.chain,
        app: now.app,
        ...(base && { base: base.chain, baseDoubt: base.doubt }),
        answers: all,
      }));
      return upgradeSteps(now, answers).flatMap(step => step.apply(draft));
    },
  };
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
