import { locationOf, placeText } from '../../go/source/location.ts';
import type { GoChanges } from './go-files.ts';
import { isNameAt, ownProse } from './go-files.ts';
import { isWord } from './habits.ts';
import { respellWords } from './respell-words.ts';
import { tokensOf } from './tokens.ts';

/** Where a file is once the plan is renamed. */
export type PlaceAfter = (file: string) => string;

/**
 * A note of every file with a literal of the name, at a place of which nothing is known: it stays.
 */
export function leftLiterals(changes: GoChanges, placeAfter: PlaceAfter): string[] {
  const { plan } = changes;
  const notes: string[] = [];
  for (const [path, text] of plan.repo.texts) {
    if (
      !path.endsWith('.go') ||
      !(text.includes(`"${plan.from}"`) || text.includes(`\`${plan.from}\``))
    )
      continue;
    const left = tokensOf(text).find(
      ({ kind, text: found, start }) =>
        (kind === 'string' || kind === 'raw') &&
        found.slice(1, -1) === plan.from &&
        !isNameAt(changes, plan.repo.facts(path)!, start),
    );
    if (!left) continue;
    const { line } = locationOf({ path, text }, left);
    const place = placeText({ file: placeAfter(path), line });
    notes.push(`not changed: ${left.text} at ${place}, which may mean something else`);
  }
  return notes;
}

/** A note of the comments and messages of the plan's own that say a name that is a word too. */
export function leftProse(changes: GoChanges, placeAfter: PlaceAfter): string[] {
  const { plan } = changes;
  if (!isWord(plan.from)) return [];
  const places = [...plan.repo.texts.keys()]
    .filter(path => path.endsWith('.go') && plan.repo.texts.get(path)!.includes(plan.from))
    .flatMap(path => {
      const facts = plan.repo.facts(path)!;
      const left = ownProse(changes, facts).find(
        ({ text }) => respellWords(text, plan.from, '') !== text,
      );
      if (!left) return [];
      const { line } = locationOf(facts, left);
      return [placeText({ file: placeAfter(path), line })];
    });
  return places.length === 0
    ? []
    : [
        `not changed: comments and messages that say ${plan.from}, a word too: ${places.join(', ')}`,
      ];
}
