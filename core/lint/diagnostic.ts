import type { Location } from '../go/source/location.ts';
import type { RelatedInformation, Severity, SuggestedFix } from './rule.ts';

/** A finding as the front ends show it: with its rule's name, and its severity settled. */
export interface Diagnostic {
  readonly rule: string;
  readonly severity: Severity;
  readonly location: Location;
  /** What is wrong, in one sentence. */
  readonly message: string;
  /** What the node will do and when. */
  readonly consequence?: string;
  readonly related: readonly RelatedInformation[];
  readonly fixes: readonly SuggestedFix[];
  /** There is no upgrade yet that could repair it: a new one, with its defaults, does. */
  readonly wantsUpgrade?: true;
}

/** All that a finding says: the message, and the consequence on a line of its own. */
export function fullMessage({
  message,
  consequence,
}: Pick<Diagnostic, 'message' | 'consequence'>): string {
  return consequence === undefined ? message : `${message}\n${consequence}`;
}
