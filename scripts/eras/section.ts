import { cell, table } from '../corpus/section.ts';

/** What came of one app. */
export interface TriedEra {
  readonly chain: string;
  readonly app: string;
  readonly sdk: string;
  /** Whether votes decide on eras, as text; empty where the plan was refused. */
  readonly decided: string;
  /** Proved, refused with the reason, or what is wrong with what would be written. */
  readonly outcome: string;
  readonly types: string;
}

/** How many apps were proved, and of how many the types were checked and fit, in a few sentences. */
export function eraSum(tried: readonly TriedEra[]): string {
  const { length: proved } = tried.filter(({ outcome }) => outcome === 'proved');
  const asked = tried.map(({ types }) => types).filter(types => types !== '');
  const { length: whole } = asked.filter(types => types === 'types fit');
  const { length: partly } = asked.filter(types => types === 'types fit, in part');
  const { length: unknown } = asked.filter(types => types === 'not fetched');
  const wrong = asked.length - whole - partly - unknown;
  const sum = `${proved} of ${tried.length} apps proved.`;
  if (asked.length === 0) return sum;
  return (
    `${sum} The types of ${asked.length} were asked for: they fit in ${whole + partly}, in ` +
    `${partly} of these as far as modules could be fetched; in ${unknown} modules that they ` +
    `need could not be fetched${wrong > 0 ? `, and in ${wrong} they do not fit` : ''}.`
  );
}

/** What is written between the marks of the page: the sum, and a row for each app. */
export function eraSection(tried: readonly TriedEra[]): string {
  const rows = tried.map(({ chain, app, sdk, decided, outcome, types }) => [
    chain,
    app,
    sdk,
    decided,
    cell(outcome),
    cell(types),
  ]);
  const columns = ['chain', 'app', 'SDK', 'heights', 'eras', 'types'];
  return `\n${eraSum(tried)}\n\n${table(columns, rows)}\n`;
}
