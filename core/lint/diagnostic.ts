import type { Place } from '../go/source/location.ts';
import type { Fix, Related, Severity } from './rule.ts';

/** A finding as the doors show it: with its rule's name, and its severity settled. */
export interface Problem {
  readonly rule: string;
  readonly severity: Severity;
  readonly place: Place;
  readonly message: string;
  readonly related: readonly Related[];
  readonly fixes: readonly Fix[];
}
