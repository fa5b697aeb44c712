/** A release that a main network upgraded to. */
export interface RanRelease {
  readonly repository: string;
  /** The release tag of the code that ran. */
  readonly tag: string;
  /** The plan as the chain-registry names it, which is not always the plan's own name. */
  readonly plan: string;
  /** The height of the upgrade. */
  readonly height: string;
}

const columns = ['repository', 'tag', 'plan', 'height'] as const;

/** Reads the table. Throws one line that says what is wrong with it. */
export function readRan(text: string): RanRelease[] {
  const [header = '', ...lines] = text.replace(/\r?\n$/, '').split(/\r?\n/);
  if (header !== columns.join('\t')) {
    throw new Error(`the first line has to be, with tabs: ${columns.join(' ')}`);
  }
  return lines.map((line, i) => {
    const [repository, tag, plan, height, ...more] = line.split('\t');
    if (!repository || !tag || !plan || !height || more.length > 0) {
      throw new Error(`line ${i + 2} does not have ${columns.length} values`);
    }
    return { repository, tag, plan, height };
  });
}
