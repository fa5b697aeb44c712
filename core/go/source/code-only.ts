const comment = '//[^\\n]*|/\\*[\\s\\S]*?\\*/';
const string = '"(?:[^"\\\\\\n]|\\\\.)*"|`[^`]*`|\'(?:[^\'\\\\\\n]|\\\\.)+\'';
const either = new RegExp(`(${comment})|${string}`, 'g');

/** A text of Go whose comments and strings are blanks, so that every offset stays. */
export function codeOnly(text: string): string {
  return text.replace(either, blank);
}

/** The same with its strings. */
export function withoutComments(text: string): string {
  return text.replace(either, (found: string, isComment?: string) =>
    isComment === undefined ? found : blank(found),
  );
}

function blank(found: string): string {
  return found.replace(/[^\n]/g, ' ');
}
