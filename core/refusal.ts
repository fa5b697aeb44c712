/** Why nothing is offered, and what to do instead; `snippet` is Go to paste by hand. */
export interface RefusalInfo {
  readonly reason: string;
  readonly file?: string;
  readonly line?: number;
  readonly snippet?: string;
  /** Whether it is a fault of ours, not of what was asked for. */
  readonly internal?: boolean;
}

/**
 * What the user asked for cannot be done as asked; the message says what to do. The only error that
 * is thrown on purpose: any other one is a fault of ours.
 */
export class Refusal extends Error {
  readonly info: RefusalInfo;

  constructor(reason: string, where: Omit<RefusalInfo, 'reason'> = {}) {
    super(reason);
    this.info = { reason, ...where };
  }
}
