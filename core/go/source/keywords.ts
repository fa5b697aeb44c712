/** Go's keywords, which no name can be. */
export const keywords: readonly string[] = (
  'break case chan const continue default defer else fallthrough for func go goto if import ' +
  'interface map package range return select struct switch type var'
).split(' ');

/** Whether a word is one of Go's keywords. */
export function isKeyword(word: string): boolean {
  return keywords.includes(word);
}
