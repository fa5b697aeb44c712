/** A step of a module's consensus version. */
export interface VersionStep {
  readonly from: number;
  readonly to: number;
}

/**
 * A text that speaks of one step, made to speak of another: `Migrate1to2`, `from version 1 to 2`,
 * `v2`, `V2Migration`. Undefined where it names no version that belongs to the old step.
 */
export function restep(text: string, old: VersionStep, now: VersionStep): string | undefined {
  // `1to2`, `1_to_2`, `1 to version 2`, `1 -> 2`.
  const between = '(\\s*(?:->|→|_?[tT]o_?|\\s[tT]o\\s(?:version\\s)?)[vV]?\\s*)';
  const pair = new RegExp(`(?<![0-9])${old.from}${between}${old.to}(?![0-9])`, 'g');
  if (pair.test(text))
    return text.replace(pair, (_, link: string) => `${now.from}${link}${now.to}`);
  const single = new RegExp(`(?<![0-9])([vV]_?)${old.to}(?![0-9])`, 'g');
  return single.test(text) ? text.replace(single, (_, v: string) => `${v}${now.to}`) : undefined;
}
