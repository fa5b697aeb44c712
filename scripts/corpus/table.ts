import type { Generation } from '../../core/sdk/generations.ts';

/** One checkout of the table: what to read, and what a person who read it says it is. */
export interface Row {
  readonly repository: string;
  readonly commit: string;
  readonly ref: string;
  /** The SDK's version, or a remark where there is none. */
  readonly sdk: string;
  /** The code of the way upgrades are registered. */
  readonly registration: string;
  /** The code of the way stores are loaded. */
  readonly stores: string;
}

const columns = ['repository', 'commit', 'ref', 'sdk', 'registration', 'stores'] as const;

/** Reads the table. Throws one line that says what is wrong with it. */
export function readTable(text: string): Row[] {
  const [header = '', ...lines] = text.replace(/\r?\n$/, '').split(/\r?\n/);
  if (header !== columns.join('\t'))
    throw new Error(`the first line has to be, with tabs: ${columns.join(' ')}`);
  return lines.map((line, i) => {
    const [repository, commit, ref, sdk, registration, stores, ...more] = line.split('\t');
    if (!repository || !commit || !ref || !sdk || !registration || !stores || more.length > 0)
      throw new Error(`line ${i + 2} does not have ${columns.length} values`);
    if (!/^[\w.-]+\/[\w.-]+$/.test(repository))
      throw new Error(`line ${i + 2}: ${repository} is no owner/name`);
    if (!/^[0-9a-f]{40}$/.test(commit))
      throw new Error(`line ${i + 2}: ${commit} is no full commit hash`);
    return { repository, commit, ref, sdk, registration, stores };
  });
}

/** The checkout as people call it. */
export function checkoutName(row: Row): string {
  return `${row.repository}@${row.ref}`;
}

/** The generations a row's SDK version may stand for: one, or those that its remark names. */
export function expectedGenerations({ sdk }: Row): Generation[] {
  const named = [...sdk.matchAll(/\b0\.\d+|^v0\.\d+/g)].map(
    match => match[0].replace('v', '') as Generation,
  );
  return sdk.startsWith('v') ? named.slice(0, 1) : named;
}
