/** A number of things in words, such as `1 store` or `2 stores`. */
export function plural(count: number, word: string, several = `${word}s`): string {
  return `${count} ${count === 1 ? word : several}`;
}
