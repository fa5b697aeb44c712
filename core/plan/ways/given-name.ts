import type { Expr } from '../../go/eval/value.ts';
import { calledFunction, exprAt, stringValue, textOf } from '../../go/eval/value.ts';
import { callArguments } from '../../go/syntax/syntax.ts';
import type { Registration } from '../../wiring/style.ts';
import { isReusable } from '../handler/reusable.ts';
import { newName } from '../package/new-name.ts';
import type { Job } from '../upgrade/job.ts';
import { changesStores } from '../upgrade/job.ts';

// Elements that a function of the chain makes from the plan's name: `upgrades.NewDefault("v3")`.

/** What such an element gives for the name; undefined where it is another element. */
function givenName({ repo }: Job, { place, name }: Registration): Expr | undefined {
  if (place.node.type !== 'call_expression' || name.kind !== 'known') return undefined;
  const [only, ...others] = callArguments(place.node);
  if (!only || others.length > 0 || !calledFunction(repo, place)) return undefined;
  const given = exprAt(place, only);
  const value = stringValue(repo, given);
  return value.kind === 'known' && value.value === name.value ? given : undefined;
}

/**
 * Whether one more can be made by the same function: it takes nothing but the name, gives no
 * stores where some are asked for, and what its upgrades run is not one upgrade's own.
 */
export function canFollowGivenName(job: Job, registration: Registration): boolean {
  return (
    !changesStores(job) &&
    givenName(job, registration) !== undefined &&
    isReusable(job.repo, registration, job.wiring.registrations)
  );
}

/** The call with the new name. */
export function callWithName(job: Job, registration: Registration): string {
  const given = givenName(job, registration)!;
  const { place } = registration;
  const text = textOf(place);
  const name = newName(job, registration, given);
  const from = given.node.start - place.node.start;
  const to = given.node.end - place.node.start;
  return `${text.slice(0, from)}${name}${text.slice(to)}`;
}
