/**
 * An upgrade that a team added: the main line's commits before and after, the app, and what New
 * Upgrade is told.
 */
export interface Pick {
  readonly repository: string;
  readonly before: string;
  readonly after: string;
  /** The app's folder. */
  readonly app: string;
  readonly name: string;
  readonly added: readonly string[];
  readonly deleted: readonly string[];
  readonly renamed: readonly string[];
}

/** A line of the table: an upgrade to be replayed, or one that was left out for a reason. */
export interface Found {
  readonly pick: Pick;
  readonly leftOut?: string;
  /** Why the tool's upgrade is not the team's, as somebody found who read both. */
  readonly why?: string;
}

const columns = [
  'repository',
  'before',
  'after',
  'app',
  'name',
  'added',
  'deleted',
  'renamed',
  'left out because',
  'differs because',
] as const;

/** Reads the table. Throws one line that says what is wrong with it. */
export function readPicks(text: string): Found[] {
  const [header = '', ...lines] = text.trimEnd().split('\n');
  if (header !== columns.join('\t'))
    throw new Error(`the first line has to be, with tabs: ${columns.join(' ')}`);
  return lines.map((line, i) => {
    const cells = line.split('\t').map(cell => (cell === '-' ? '' : cell));
    if (cells.length !== columns.length)
      throw new Error(`line ${i + 2} does not have ${columns.length} values`);
    const [repository, before, after, app, name, added, deleted, renamed, leftOut, why] = cells as [
      string,
      string,
      string,
      string,
      string,
      string,
      string,
      string,
      string,
      string,
    ];
    if (!/^[0-9a-f]{40}$/.test(before) || !/^[0-9a-f]{40}$/.test(after))
      throw new Error(`line ${i + 2}: no full commit hash`);
    const list = (cell: string) => cell.split(',').filter(Boolean);
    return {
      pick: {
        repository,
        before,
        after,
        app,
        name,
        added: list(added),
        deleted: list(deleted),
        renamed: list(renamed),
      },
      ...(leftOut ? { leftOut } : {}),
      ...(why ? { why } : {}),
    };
  });
}

/** Writes the table. */
export function writePicks(found: readonly Found[]): string {
  const lines = found.map(({ pick, leftOut = '', why = '' }) =>
    [
      pick.repository,
      pick.before,
      pick.after,
      pick.app,
      pick.name,
      pick.added.join(),
      pick.deleted.join(),
      pick.renamed.join(),
      leftOut,
      why,
    ].map(cell => cell || '-'),
  );
  return [columns, ...lines].map(cells => `${cells.join('\t')}\n`).join('');
}
