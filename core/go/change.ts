/** What differs between two versions of a text: `[start, oldEnd)` of the old one became `[start, newEnd)`. UTF-16 units. */
export interface Change { readonly start: number; readonly oldEnd: number; readonly newEnd: number }

/** The smallest single change that makes one text of another. */
export function changeBetween(before: string, after: string): Change {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  let end = 0;
  while (end < shorter - start && before.charCodeAt(before.length - 1 - end) === after.charCodeAt(after.length - 1 - end)) end++;
  return { start, oldEnd: before.length - end, newEnd: after.length - end };
}
