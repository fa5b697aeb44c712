import assert from 'node:assert/strict';
import type { Chain } from '../../core/chain/chain.ts';
import type { Plan } from '../../core/plan/plan.ts';
import type { Answers } from '../../core/plan/question.ts';
import { chainTexts } from './chains.ts';
import type { SourceEdit } from './edits.ts';
import { edited } from './edits.ts';
import { gofmtIsHere, gofmtWish } from './gofmt.ts';
import type { Opened } from './plans.ts';
import { applied, openChain, planIn } from './plans.ts';

/** A small chain with some of its files changed. */
export async function changedChain(name: string, edits: readonly SourceEdit[]): Promise<Opened> {
  const texts = edited(new Map(Object.entries(chainTexts(name))), edits);
  const all: Record<string, string> = Object.fromEntries(texts);
  // A file that is taken out must not come back from the chain.
  const gone = Object.keys(chainTexts(name)).filter(file => !texts.has(file));
  const opened = await openChain(name, { texts: all });
  if (gone.length === 0) return opened;
  throw new Error(`openChain cannot leave out ${gone.join(', ')}; change their text`);
}

/** A plan that was offered, and the chain as it is afterwards. */
export interface Offered {
  readonly plan: Plan;
  readonly after: Opened;
  /** A file's text after the plan. */
  text(file: string): string;
  /** The plan's notes, one a line. */
  readonly notes: string;
}

/** Plans a new upgrade that has to be offered, in Go that gofmt leaves as it is. */
export function offered(opened: Opened, answers: Answers, base?: Chain): Offered {
  const plan = planIn(opened, answers, base);
  assert.equal(plan.refused?.reason, undefined);
  const after = applied(opened, plan);
  const text = (file: string) => {
    const found = after.repo.texts.get(file);
    assert.ok(found !== undefined, `there is no ${file}`);
    return found;
  };
  const touched = [...plan.creates, ...plan.edits].map(({ file }) => file);
  for (const file of touched.filter(one => gofmtIsHere && one.endsWith('.go')))
    assert.equal(gofmtWish(text(file)), undefined, file);
  return { plan, after, text, notes: plan.notes.join('\n') };
}

/** The reason for which a new upgrade is refused. */
export function refusal(opened: Opened, answers: Answers, base?: Chain): string {
  const { refused } = planIn(opened, answers, base);
  assert.ok(refused, 'it is not refused');
  return refused.reason;
}

/** The names that a chain registers, in order. */
export function registeredNames({ app }: Opened): (string | null)[] {
  return app.upgrades.filter(({ registered }) => registered).map(({ name }) => name);
}
