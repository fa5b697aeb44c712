import type { App } from './chain.ts';
import { bearsPlan } from './tag-names.ts';

/** What speaks for and against a tag that was chosen as the last release. */
export interface ChoiceOfTag {
  /** How long before the current commit it was made, in seconds. */
  readonly age: number;
  /** Newer tags that were not taken for releases. */
  readonly passedOver: readonly string[];
  /**
   * What the current commit itself is released as, where that is a lower version: then the tag is of
   * another line, or of the chain whose repository this one was made from.
   */
  readonly lowerRelease?: string;
}

const year = 365 * 24 * 60 * 60;

/**
 * Why a tag that was chosen may not be what the network runs; undefined where nothing speaks against
 * it. `before`: the app as it was there.
 */
export function doubtAbout(
  { age, passedOver, lowerRelease }: ChoiceOfTag,
  app: App,
  before: App | undefined,
): string | undefined {
  if (lowerRelease !== undefined)
    return `it is a higher version than ${lowerRelease}, which this commit is released as`;
  const plans = plansOf(app);
  const then = before ? plansOf(before) : [];
  const knowsNone = plans.length > 0 && !plans.some(plan => then.includes(plan));
  const naming = passedOver.filter(tag => plans.some(plan => bearsPlan(tag, plan)));
  if (knowsNone && naming.length > 0)
    return `it has none of the plans of this commit, and ${some(naming)} ${verb(naming)} named for them`;
  const years = Math.floor(age / year);
  if (years < 2) return undefined;
  if (passedOver.length > 0)
    return `it is ${years} years older than this commit, and ${some(passedOver)} ${verb(passedOver)} newer`;
  return knowsNone && then.length > 0
    ? `it is ${years} years older than this commit, and has none of its plans`
    : undefined;
}

/** The names of the plans that are registered. */
export function plansOf({ upgrades }: App): string[] {
  return upgrades.flatMap(({ name, registered, loader }) =>
    name !== null && (registered || loader) ? [name] : [],
  );
}

/** The first few tags. */
function some(tags: readonly string[]): string {
  const more = tags.length > 2 ? ` and ${tags.length - 2} more` : '';
  return `${tags.length === 1 ? 'the tag' : 'the tags'} ${tags.slice(0, 2).join(', ')}${more}`;
}

function verb(tags: readonly string[]): string {
  return tags.length === 1 ? 'is' : 'are';
}
