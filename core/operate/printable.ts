/**
 * A text of somebody else in one line: control characters would write over the terminal, and those
 * of direction would show it in another order.
 */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ').trim();
}
