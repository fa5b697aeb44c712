/**
 * Replaces the only place of a file that has a text. Without `before` the file is new, without both
 * it is taken out.
 */
export interface SourceEdit {
  readonly file: string;
  readonly before?: string;
  readonly after?: string;
}

/** Takes lines out. */
export const cut = (file: string, before: string): SourceEdit => ({ file, before, after: '' });

/** Replaces a text. */
export const put = (file: string, before: string, after: string): SourceEdit => ({
  file,
  before,
  after,
});

/** Texts by file after edits; throws where a place is not there exactly once. */
export function edited(
  texts: ReadonlyMap<string, string>,
  edits: readonly SourceEdit[],
): Map<string, string> {
  const result = new Map(texts);
  for (const { file, before, after } of edits) {
    const text = result.get(file);
    if (text === undefined && before === undefined && after !== undefined) {
      result.set(file, after);
      continue;
    }
    if (text === undefined) throw new Error(`there is no ${file}`);
    if (before === undefined || after === undefined) {
      result.delete(file);
      continue;
    }
    result.set(file, replaceOnce(file, text, before, after));
  }
  return result;
}

/**
 * A file's text with another in the only place that has it; throws where there is none, or another.
 */
export function replaceOnce(file: string, text: string, before: string, after: string): string {
  const parts = text.split(before);
  if (parts.length !== 2) throw new Error(`${file} has ${parts.length - 1} times: ${before}`);
  return parts.join(after);
}
