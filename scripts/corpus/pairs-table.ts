/** A mistake and its repair in a real chain's history. */
export interface Pair {
  readonly repository: string;
  readonly bad: string;
  readonly good: string | undefined;
  /** The rules that may report it. */
  readonly rules: readonly string[];
  readonly baseline: string;
  readonly note: string;
}

/**
 * Reads a table of pairs: tab-separated, with a line of headings. Throws where a line lacks a
 * column.
 */
export function readPairs(text: string): Pair[] {
  return text
    .split('\n')
    .slice(1)
    .filter(Boolean)
    .map((line, i) => {
      const [repository, bad, good, rule, baseline, note = ''] = line.split('\t');
      if (!repository || !bad || !good || !rule || !baseline)
        throw new Error(
          `line ${i + 2} lacks a column: repository, bad, good, rule, baseline, note`,
        );
      const rules =
        rule === 'handler-signature-or-duplicate'
          ? ['handler-signature', 'duplicate-upgrade']
          : [rule];
      return {
        repository,
        bad,
        good: good === '-' ? undefined : good,
        rules,
        baseline,
        note: note === '-' ? '' : note,
      };
    });
}
