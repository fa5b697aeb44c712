import type { Named } from './naming.ts';
import { respellProse, speaksOfOther, withoutName } from './naming.ts';

/**
 * A neighbour's comment for the new upgrade: kept where it only says what the thing is, cut to its
 * first sentence where it goes on to what that upgrade did, and dropped where nothing general is
 * left, or where it speaks of another version. `''` for none.
 */
export function generalComment(
  comment: string,
  from: string,
  to: string,
  others: readonly Named[] = [],
): string {
  if (comment === '') return '';
  // What another upgrade says as well is the chain's habit.
  const isHabit = others.some(o => withoutName(o.text, o.name) === withoutName(comment, from));
  if (isHabit) return respellProse(comment, from, to);
  const words = comment
    .split('\n')
    .map(line => line.replace(/^\/\/ ?/, ''))
    .join(' ');
  const sentence = /^(.*?[.:])(\s|$)/.exec(words)?.[1] ?? words;
  const statement = sentence.replace(/[.:]$/, '');
  if (aboutChanges.test(statement) || statement.length > 110) return '';
  const isWhole = words === sentence || words === statement;
  const general = respellProse(isWhole ? comment : `// ${statement}.`, from, to);
  return speaksOfOther(general, to) ? '' : general;
}

/** Words of a comment that goes on to what its upgrade did. */
const aboutChanges =
  /\b(that|which|migrat|init|because|since|fix|contain|adds?|remov|delet|delay|multiple)\w*\b/i;
