import type { App } from '../../core/chain/chain.ts';
import type { Plan } from '../../core/plan/plan.ts';
import type { Report } from './report.ts';

/**
 * How many more places of each kind the oracle counts after a new upgrade, and what is wrong with
 * that.
 */
export interface Added {
  readonly app: string;
  readonly style: string;
  readonly variant: string;
  readonly handlers: number;
  readonly elements: number;
  readonly registers: number;
  readonly fault?: string;
}

interface Expectation {
  readonly handlers: number;
  readonly elements: number;
  readonly registers: number;
}

/**
 * What one more upgrade is in each way of registering: a SetUpgradeHandler, an element of a list,
 * or a call that hands it over.
 */
const expected: Readonly<Record<string, Expectation>> = {
  R1: { handlers: 0, elements: 1, registers: 0 },
  R1b: { handlers: 0, elements: 1, registers: 0 },
  R1c: { handlers: 0, elements: 1, registers: 0 },
  R1d: { handlers: 0, elements: 1, registers: 0 },
  R2: { handlers: 1, elements: 0, registers: 0 },
  R2s: { handlers: 1, elements: 1, registers: 0 },
  // Rewritten where they stand.
  R3: { handlers: 0, elements: 0, registers: 0 },
  R13: { handlers: 0, elements: 0, registers: 0 },
  R4: { handlers: 1, elements: 0, registers: 0 },
  R5: { handlers: 0, elements: 0, registers: 1 },
  'R5 by a method': { handlers: 1, elements: 0, registers: 1 },
  R6: { handlers: 0, elements: 0, registers: 1 },
  R7a: { handlers: 0, elements: 1, registers: 0 },
  R7b: { handlers: 0, elements: 0, registers: 1 },
  R8: { handlers: 0, elements: 0, registers: 1 },
  // One for each list that takes it.
  R1e: { handlers: 0, elements: 2, registers: 0 },
  R9: { handlers: 0, elements: 0, registers: 0 },
  R11: { handlers: 1, elements: 0, registers: 0 },
  // The new package registers itself; the app's call goes from the old one to it.
  R12: { handlers: 1, elements: 0, registers: 0 },
  // The first upgrade of a chain brings the list and the loop that registers it.
  R14: { handlers: 1, elements: 1, registers: 0 },
  R14f: { handlers: 1, elements: 1, registers: 0 },
};

/**
 * Compares the counts before and after. A list that holds only the newest upgrade has one element
 * before and after; the plan's notes tell so.
 */
export function addsOne(
  app: App,
  plan: Plan,
  variant: string,
  before: Report,
  after: Report,
): Added {
  const more = (kind: 'upgradeHandlers' | 'elements' | 'registers') =>
    after[kind].length - before[kind].length;
  const counts = {
    handlers: more('upgradeHandlers'),
    elements: more('elements'),
    registers: more('registers'),
  };
  const retired = plan.notes.some(note => note.includes(' takes the place of ')) ? 1 : 0;
  const is = (want: Expectation) =>
    want.handlers === counts.handlers &&
    want.elements - retired === counts.elements &&
    want.registers === counts.registers;
  const styles = app.registration.filter(code => code in expected);
  const right = Object.entries(expected).some(
    ([way, want]) => styles.some(code => way.split(' ')[0] === code) && is(want),
  );
  const what = `${app.dir || 'the app'} (${app.registration.join(', ')}), ${variant}`;
  const { handlers, elements, registers } = counts;
  const added = `${handlers} handlers, ${elements} elements, ${registers} register calls`;
  return {
    app: app.dir,
    style: app.registration.join(', '),
    variant,
    ...counts,
    ...(right ? {} : { fault: `${what}: ${added} more` }),
  };
}
