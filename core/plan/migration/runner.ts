import type { FoundFunc } from '../../go/repo/repo.ts';
import type { VersionStep } from './step.ts';

/** A function or method of the chain that runs one step, found behind a registration. */
export interface Runner extends FoundFunc {
  readonly step: VersionStep;
}
