import type { Upgrade } from '../chain/chain.ts';
import { escapeRegExp } from '../escape-reg-exp.ts';
import type { Diagnostic } from '../lint/diagnostic.ts';
import { upgradeNeeded } from '../lint/node-words.ts';
import type { Moment } from './causes.ts';
import { causes } from './causes.ts';
import { explain } from './explain.ts';
import { lastWords, withoutColours } from './log.ts';
import type { Failure } from './result.ts';

/** What a node's words come from, each null where nothing fits. */
export type ExplainedWords = Pick<Failure, 'rule' | 'file' | 'line' | 'fix'>;

const unexplained: ExplainedWords = { rule: null, file: null, line: null, fix: null };

/**
 * Explains what a node said, when it is not known at which moment: a message, or the log it is in.
 * The last line that is known counts. Without known words nothing is concluded from the source.
 */
export function explainWords(
  text: string,
  problems: readonly Diagnostic[],
  upgrades: readonly Upgrade[],
): ExplainedWords {
  const found = knownWords(text);
  if (!found) return unexplained;
  const { words, moment } = found;
  const named = [...upgrades].reverse().find(({ name }) => name !== null && says(text, name));
  const { rule, file, line, fix } = explain(moment, words, problems, named);
  const isFound = problems.some(problem => problem.rule === rule);
  // A binary without the handler says so: the old one, too, when it halts as planned.
  const isHalt = upgradeNeeded.pattern.test(words);
  if (isHalt && !isFound && named?.registered && says(words, named.name!)) return halted(named);
  return { rule, file, line, fix };
}

/** The source has the handler, so that a node halts for the plan is no mistake of it. */
function halted({ name, location }: Upgrade): ExplainedWords {
  return {
    rule: null,
    file: location.file,
    line: location.line,
    fix:
      `the handler of "${name!}" is registered: said by the old binary this is the planned halt, ` +
      'start the new one; said by a new binary, that was not built from this source',
  };
}

/** The likeliest line of a text that a cause knows, else the text as a whole, and its moment. */
function knownWords(text: string): { words: string; moment: Moment } | undefined {
  const plain = withoutColours(text).replaceAll('\\"', '"');
  const last = lastWords(plain);
  const lines = plain.split('\n').reverse();
  for (const words of [...(last === undefined ? [] : [last]), ...lines, plain]) {
    const known = causes.filter(cause => cause.words.test(words));
    // Most who ask have a node that does not get past its upgrade.
    const isOfUpgrade = known.some(({ at }) => at === undefined || at.includes('upgrade'));
    if (known.length > 0) return { words, moment: isOfUpgrade ? 'upgrade' : known[0]!.at![0]! };
  }
  return undefined;
}

/** Whether a plan is named, as nodes write names: in quotes, or as a word of its own. */
function says(text: string, name: string): boolean {
  return new RegExp(`(?<![\\w.-])${escapeRegExp(name)}(?![\\w-]|\\.\\w)`).test(text);
}
