import type { Repo } from '../go/repo/repo.ts';
import type { Plan } from './plan.ts';

/** The repository as a plan leaves it. */
export function afterPlan(repo: Repo, plan: Plan): Repo {
  return repo.with([
    ...plan.creates.map(c => [c.file, c.text] as const),
    ...plan.edits.map(e => [e.file, e.after] as const),
  ]);
}

/**
 * A plan with further changes on top: `texts` and `creates` were made for what it leaves
 * (`afterPlan`), and together they are one plan again.
 */
export function onTop(
  plan: Plan,
  further: {
    readonly texts: ReadonlyMap<string, string>;
    readonly creates?: Plan['creates'];
    readonly notes?: readonly string[];
  },
  before: Repo,
): Plan {
  const created = new Set(plan.creates.map(c => c.file));
  const edited = new Set(plan.edits.map(e => e.file));
  return {
    ...plan,
    creates: [
      ...plan.creates.map(c => ({ ...c, text: further.texts.get(c.file) ?? c.text })),
      ...(further.creates ?? []),
    ],
    edits: [
      ...plan.edits.map(e => ({ ...e, after: further.texts.get(e.file) ?? e.after })),
      ...[...further.texts]
        .filter(([file]) => !created.has(file) && !edited.has(file))
        .map(([file, after]) => ({ file, before: before.texts.get(file)!, after })),
    ],
    notes: [...plan.notes, ...(further.notes ?? [])],
  };
}
