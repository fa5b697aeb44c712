import type { HomeFacts } from './facts.ts';
import type { Observed } from './machine.ts';

export type CheckSeverity = 'error' | 'warning' | 'info' | 'skipped';

/** What one check of a home came to. */
export interface HomeCheckResult {
  readonly check: string;
  /** What it would be, or is, if it did not pass; `skipped` where it could not be made. */
  readonly severity: CheckSeverity;
  /** Whether it passed. */
  readonly ok: boolean;
  readonly message: string;
  /** What to do; null where nothing is to be done. */
  readonly fix: string | null;
  /** Relative in the home, else absolute; null where it is about no file. */
  readonly file: string | null;
}

/** What a check says, without its name. */
export type CheckOutcome = Omit<HomeCheckResult, 'check' | 'severity'> & {
  /** Where it is another than the check's. */
  readonly severity?: CheckSeverity;
};

/** One thing that has to be right in a home, in a file of `checks/`. */
export interface HomeCheck {
  readonly name: string;
  readonly severity: 'error' | 'warning' | 'info';
  /** What it demands, for the docs. */
  readonly summary: string;
  /** Its number in the design that it comes from is in the comment of its file. */
  look(facts: HomeFacts): CheckOutcome;
}

/** It passed. */
export function passed(message: string, file: string | null = null): CheckOutcome {
  return { ok: true, message, fix: null, file };
}

/** It passed, with something to know. */
export function told(message: string, file: string | null = null): CheckOutcome {
  return { ok: true, severity: 'info', message, fix: null, file };
}

/** It did not pass; `fix` says what to do. */
export function failed(
  message: string,
  fix: string,
  more: { readonly file?: string; readonly severity?: 'error' | 'warning' } = {},
): CheckOutcome {
  const { file = null, severity } = more;
  return { ok: false, message, fix, file, ...(severity && { severity }) };
}

/** It could not be made; `lacked` says what it lacked, `fix` how to give it. */
export function skipped(lacked: string, fix: string | null = null): CheckOutcome {
  return { ok: false, severity: 'skipped', message: lacked, fix, file: null };
}

/** What to say of something that is not there to be checked: a reason to skip. */
export function unseen(observed: Observed<unknown>, what: string, ifAbsent: string): CheckOutcome {
  return observed.is === 'unread'
    ? skipped(`${what} cannot be looked at: ${observed.why}`)
    : skipped(ifAbsent);
}

/** The words for a file that has to be there and is not. */
export function notThere(observed: Observed<unknown>): string {
  return observed.is === 'unread' ? `cannot be looked at: ${observed.why}` : 'is not there';
}
