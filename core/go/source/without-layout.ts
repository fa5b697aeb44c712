/** Go without comments, its blanks as one, to be compared; strings stay as they are. */
export function withoutLayout(text: string): string {
  const parts = /'(?:[^'\\\n]|\\.)+'|"(?:[^"\\\n]|\\.)*"|`[^`]*`|\/\/[^\n]*|\/\*[\s\S]*?\*\/|\s+/g;
  return text.replace(parts, found => (/^["'`]/.test(found) ? found : ' ')).replace(/ +/g, ' ');
}
