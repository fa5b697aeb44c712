import { analyse } from '../../core/chain/analysis.ts';
import type { App } from '../../core/chain/chain.ts';
import { join } from '../../core/files.ts';
import type { Repo } from '../../core/go/repo/repo.ts';
import type { Plan } from '../../core/plan/plan.ts';
import { generationIsBefore } from '../../core/sdk/generations.ts';
import { planMount } from '../../core/tasks/tasks.ts';
import { filesOf } from '../../test/go/generations.ts';
import { gofmtFaults } from '../corpus/gofmt.ts';

/** What became of mounting the module on one app. */
export interface MountTrial {
  readonly app: App;
  /** The module's files, as the app's SDK and its Go module want them. */
  readonly laid: ReadonlyMap<string, string>;
  /** Absent where it was refused. */
  readonly plan?: Plan;
  readonly refused?: string;
  /** What gofmt has against it. */
  readonly faults: readonly string[];
}

/**
 * Mounts the example module on each app of a repository, with nothing written: a plan is judged, so
 * that one that is offered is proved. `wanted` names a module of the SDK instead.
 */
export function tryMounts(repo: Repo, wanted?: string): MountTrial[] {
  return analyse(repo).chain.apps.flatMap(app => {
    const { generation } = app.sdk;
    if (generation === null || generationIsBefore(generation, '0.47')) return [];
    return [tryMount(repo, app, wanted)];
  });
}

function tryMount(repo: Repo, app: App, wanted: string | undefined): MountTrial {
  const module = repo.modOf(app.dir);
  if (!module) throw new Error(`${app.dir} lies in no Go module`);
  const generation = filesFor(app);
  const laid = new Map(
    [...filesOf(generation, 'mount')].map(([file, text]) => [
      join(module.dir, file),
      text.replaceAll('example.com/tiny', module.module),
    ]),
  );
  const analysis = analyse(repo.with(laid));
  const now = analysis.chain.apps.find(({ dir }) => dir === app.dir)!;
  const answers = { module: wanted ?? join(module.dir, 'x/berth') };
  const plan = planMount({ analysis, app: now }, answers);
  if (plan.refused) return { app: now, laid, refused: plan.refused.reason, faults: [] };
  const written = plan.edits.filter(({ file }) => file.endsWith('.go'));
  return { app: now, laid, plan, faults: gofmtFaults(written) };
}

/** The generation whose module fits the app's SDK. */
function filesFor({ sdk: { generation } }: App): '0.47' | '0.50' | '0.54' {
  if (generation === '0.47') return '0.47';
  return generation !== null && generationIsBefore(generation, '0.54') ? '0.50' : '0.54';
}
