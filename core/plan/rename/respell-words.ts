import { respellProse } from '../package/naming.ts';

/** Words of prose; parts of paths, addresses and longer identifiers are none. */
const words = /(?<![\w./:@-])[A-Za-z0-9]+(?:[._+-][A-Za-z0-9]+)*(?![\w/@])/g;

/**
 * A comment or message in which every word that is a plan's name, in whatever spelling, is the new
 * name. Words that only contain it stay.
 */
export function respellWords(text: string, from: string, to: string): string {
  return text.replace(words, word => {
    if (word === from) return to;
    return respellProse(word, from, '') === '' ? respellProse(word, from, to) : word;
  });
}
