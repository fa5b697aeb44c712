import type { Moment } from '../core/rehearse/causes.ts';

/** What went wrong was the upgrade. */
export class UpgradeFailed extends Error {
  readonly step: Moment;
  /** Where what failed is written, if that is known without an explanation. */
  readonly place: Place | undefined;
  constructor(step: Moment, words: string, place?: Place) {
    super(words);
    this.step = step;
    this.place = place;
  }
}

/** A line of a file of the repository. */
interface Place {
  readonly file: string;
  readonly line: number;
}
