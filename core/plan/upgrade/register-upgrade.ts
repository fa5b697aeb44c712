import type { App } from '../../chain/chain.ts';
import { usesCrlf } from '../../go/edit/edit.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { Draft } from '../draft.ts';
import type { PlanInput } from '../plan-input.ts';
import type { Answers } from '../question.ts';
import type { Step } from '../task.ts';
import type { Job } from './job.ts';
import type { UpgradeRequest } from './request.ts';
import { upgradeNotes } from './upgrade-notes.ts';
import { chooseWay } from './upgrade-ways.ts';

/** Writes the upgrade and its registration, with the loader of its stores. */
export function registerUpgrade(input: PlanInput, request: UpgradeRequest, answers: Answers): Step {
  return {
    name: 'register the upgrade',
    apply(draft) {
      const job = jobOf(input, request, draft);
      draft.notes.push(...request.notes, ...upgradeNotes(job, answers));
      const allowed = chooseWay(job, answers);
      if (writesCrlf(job.repo, job.app)) withCrlf(job);
      const { name, stores } = request;
      return [{ kind: 'upgrade', dir: job.app.dir, name, stores, ...allowed }];
    },
  };
}

function jobOf({ app, base }: PlanInput, request: UpgradeRequest, draft: Draft): Job {
  const { now } = draft;
  return {
    repo: now.repo,
    app,
    base: base?.chain,
    baseDoubt: base?.doubt,
    wiring: now.wiringOf(app),
    name: request.name,
    stores: request.stores,
    info: request.info,
    test: request.test,
    changes: draft.edits,
    creates: draft.creates,
    plain: draft.texts,
    notes: draft.notes,
    tidy: draft.tidy,
  };
}

/** Whether the app's own files end their lines as Windows does: then new ones do so too. */
function writesCrlf(repo: Repo, app: App): boolean {
  const files = repo.packages.get(app.dir)?.files ?? [];
  return files.length > 0 && files.every(file => usesCrlf(repo.texts.get(file)!));
}

function withCrlf({ creates }: Job): void {
  for (const [i, { file, text }] of creates.entries()) {
    creates[i] = { file, text: text.replace(/\r?\n/g, '\r\n') };
  }
}
