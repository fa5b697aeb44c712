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
  const pair = new RegExp(
    `(?<![0-9])${old.from}(\\s*(?:->|→|_?[tT]o_?|\\s[tT]o\\s(?:version\\s)?)[vV]?\\s*)${old.to}(?![0-9])`,
    'g',
  );
  if (pair.test(text))
    return text.replace(pair, (_, between: string) => `${now.from}${between}${now.to}`);
  const single = new RegExp(`(?<![0-9])([vV]_?)${old.to}(?![0-9])`, 'g');
  return single.test(text) ? text.replace(single, (_, v: string) => `${v}${now.to}`) : undefined;
}
