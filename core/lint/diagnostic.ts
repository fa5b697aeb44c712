import type { Location } from '../go/source/location.ts';
import type { RelatedInformation, Severity, SuggestedFix } from './rule.ts';

/** A finding as the doors show it: with its rule's name, and its severity settled. */
export interface Diagnostic {
  readonly rule: string;
  readonly severity: Severity;
  readonly location: Location;
  readonly message: string;
  readonly related: readonly RelatedInformation[];
  readonly fixes: readonly SuggestedFix[];
}
