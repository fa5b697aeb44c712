import type { EraSwitch } from '../../chain/eras/switches.ts';
import { dirname } from '../../files.ts';
import { lineEnd, lineStart } from '../../go/edit/edit.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { FileFacts } from '../../go/source/facts.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import { callArguments, callsOf, enclosing, stringLiteral } from '../../go/syntax/syntax.ts';
import type { Draft } from '../draft.ts';
import { hasWord } from '../go-tree.ts';
import { eraIdentifier } from './facts.ts';

/** A test of a switch in one era: `t.Run("thales", …)`. */
export interface TestBlock {
  readonly facts: FileFacts;
  readonly statement: SyntaxNode;
}

/** The tests beside a switch that look at it in one era. */
export function testBlocksOf(repo: Repo, one: EraSwitch, era: string): TestBlock[] {
  const variable = variableOf(one);
  if (variable === undefined) return [];
  const dir = dirname(one.location.file);
  return [...repo.texts.keys()]
    .filter(file => file.endsWith('_test.go') && dirname(file) === dir)
    .flatMap(file => blocksIn(repo, repo.facts(file)!, variable, era));
}

/** The package variable that holds a switch. */
function variableOf({ call }: EraSwitch): string | undefined {
  const { start, end } = call.node;
  const { vars } = call.facts;
  return vars.find(({ value }) => value && value.start <= start && end <= value.end)?.name;
}

function blocksIn(repo: Repo, facts: FileFacts, variable: string, era: string): TestBlock[] {
  return facts.funcs.flatMap(func => {
    const text = facts.text.slice(func.start, func.end);
    if (!hasWord(text, `${variable}\\.For`)) return [];
    const runs = callsOf(repo.syntaxOf({ facts, func }), facts.text, 'Run');
    return runs.flatMap(call => {
      const [title] = callArguments(call);
      const statement = enclosing(call, 'expression_statement');
      const isOfEra = title && stringLiteral(title, facts.text) === era;
      return isOfEra && statement ? [{ facts, statement }] : [];
    });
  });
}

/** Adds the test of the newest era once more, for a new one; false where there is none to follow. */
export function addTestBlock(draft: Draft, one: EraSwitch, newest: string, name: string): boolean {
  const model = testBlocksOf(draft.edits.repo, one, newest).at(-1);
  if (!model) return false;
  const { facts, statement } = model;
  const from = lineStart(facts.text, statement.start);
  const end = lineEnd(facts.text, statement.end);
  const text = facts.text
    .slice(from, end)
    .replace(new RegExp(`\\b${newest}\\b`, 'g'), name)
    .replace(new RegExp(`\\b${eraIdentifier(newest)}\\b`, 'g'), eraIdentifier(name));
  draft.edits.edit(facts.path, end, end, text);
  return true;
}
