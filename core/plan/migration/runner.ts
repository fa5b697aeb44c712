import type { VersionStep } from '../../edit/version-step.ts';
import type { FoundFunc } from '../../go/repo/repo.ts';

/** A function or method of the chain that runs one step, found behind a registration. */
export interface Runner extends FoundFunc {
  readonly step: VersionStep;
}
