/**
 * What differs between two versions of a text: `[start, oldEnd)` of the old one became
 * `[start, newEnd)`. UTF-16 units.
 */
export interface TextChange {
  readonly start: number;
  readonly oldEnd: number;
  readonly newEnd: number;
}

/** So much is compared at once: slices are compared much faster than letters. */
const stride = 512;

/** The smallest single change that makes one text of another. */
export function textChangeBetween(before: string, after: string): TextChange {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (
    start + stride <= shorter &&
    before.slice(start, start + stride) === after.slice(start, start + stride)
  )
    start += stride;
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  const most = shorter - start;
  const fromEnd = (text: string, end: number, length: number) =>
    text.slice(text.length - end - length, text.length - end);
  let end = 0;
  while (end + stride <= most && fromEnd(before, end, stride) === fromEnd(after, end, stride))
    end += stride;
  while (
    end < most &&
    before.charCodeAt(before.length - 1 - end) === after.charCodeAt(after.length - 1 - end)
  )
    end++;
  return { start, oldEnd: before.length - end, newEnd: after.length - end };
}
