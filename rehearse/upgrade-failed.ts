import type { Moment } from '../core/rehearse/causes.ts';

/** What went wrong was the upgrade. */
export class UpgradeFailed extends Error {
  readonly step: Moment;
  constructor(step: Moment, words: string) {
    super(words);
    this.step = step;
  }
}
