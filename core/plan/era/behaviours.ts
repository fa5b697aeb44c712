import type { Behaviour } from '../../chain/eras/behaviours.ts';
import { behaviourIn } from '../../chain/eras/behaviours.ts';
import type { EraName } from '../../chain/eras/names.ts';
import type { EraSwitch } from '../../chain/eras/switches.ts';
import { dirname } from '../../files.ts';
import { lineEnd, lineStart } from '../../go/edit/edit.ts';
import type { EditBatch } from '../../go/edit/edit-batch.ts';
import { goNode } from '../../go/eval/go-node.ts';
import type { FoundFunc, Repo } from '../../go/repo/repo.ts';
import { quote } from '../../go/syntax/syntax.ts';
import { Refusal } from '../../refusal.ts';
import { hasWord } from '../go-tree.ts';
import { eraIdentifier } from './facts.ts';
import { addKeyed } from './supported.ts';

/** Reads a switch's behaviour in an era. Throws `Refusal` where its table cannot be edited. */
export function behaviourOf(repo: Repo, one: EraSwitch, era: string): Behaviour {
  const found = behaviourIn(repo, one, era);
  if (found) return found;
  const { location } = one;
  throw new Refusal(
    `the behaviours of ${one.name ?? 'a switch'} cannot be read as a whole: write them out in a ` +
      `map literal with one for ${era}, or make this change by hand`,
    { file: location.file, line: location.line },
  );
}

/** Adds the behaviour of the newest era once more, for another one. */
export function addBehaviour(
  changes: EditBatch,
  one: EraSwitch,
  newest: string,
  name: string,
): void {
  const { body, key, value, func } = behaviourOf(changes.repo, one, newest);
  const [from, to] = [eraIdentifier(newest), eraIdentifier(name)];
  const copied = func?.func.name.endsWith(from) ? func : undefined;
  const text = copied ? `${value.text.slice(0, -from.length)}${to}` : value.text;
  if (copied) copyFunction(changes, copied, text, { newest, name });
  addKeyed(changes, body, keyLike(key, name), text);
}

/** The key of another era, spelt as its neighbour's is. */
function keyLike({ expr }: EraName, name: string): string {
  const { type, operand } = goNode(expr);
  if (type === 'identifier') return eraIdentifier(name);
  return type === 'selector_expression' ? `${operand!.text}.${eraIdentifier(name)}` : quote(name);
}

function copyFunction(
  changes: EditBatch,
  found: FoundFunc,
  called: string,
  eras: { readonly newest: string; readonly name: string },
): void {
  const { facts, func } = found;
  if (changes.repo.func(dirname(facts.path), called))
    throw new Refusal(`${called} is declared in ${facts.path} already`, { file: facts.path });
  const text = facts.text
    .slice(startWithComment(found), func.end)
    .replace(new RegExp(`\\b${func.name}\\b`, 'g'), called)
    .replace(new RegExp(`\\b${eras.newest}\\b`, 'g'), eras.name);
  const at = lineEnd(facts.text, func.end);
  changes.edit(facts.path, at, at, `\n${text}\n`);
}

/** Where the comment above a function begins, else the function. */
function startWithComment({ facts: { text }, func }: FoundFunc): number {
  let start = lineStart(text, func.start);
  while (start > 0) {
    const above = lineStart(text, start - 1);
    if (!text.slice(above, start).startsWith('//')) break;
    start = above;
  }
  return start;
}

/** The lines of a function that nothing but one table uses, with its comment and the line above. */
export function ownFunction(
  repo: Repo,
  { func: found, value }: Behaviour,
): { readonly file: string; readonly start: number; readonly end: number } | undefined {
  if (!found) return undefined;
  const { facts, func } = found;
  const dir = dirname(facts.path);
  const users = [...repo.texts].filter(
    ([file, text]) => dirname(file) === dir && file.endsWith('.go') && hasWord(text, func.name),
  );
  const text = users.map(([, one]) => one).join('\n');
  const comment = facts.text.slice(startWithComment(found), func.start);
  const uses = text.match(new RegExp(`\\b${func.name}\\b`, 'g'))!.length;
  const own = 2 + (comment.match(new RegExp(`\\b${func.name}\\b`, 'g'))?.length ?? 0);
  if (uses !== own || value.type !== 'identifier') return undefined;
  const start = startWithComment(found);
  const hasGap = facts.text.slice(lineStart(facts.text, start - 1), start).trim() === '';
  return {
    file: facts.path,
    start: hasGap ? lineStart(facts.text, start - 1) : start,
    end: lineEnd(facts.text, func.end),
  };
}
