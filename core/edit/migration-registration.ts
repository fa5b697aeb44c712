import type { Migration } from '../chain/chain.ts';
import { applyEdits } from '../go/edit/edit.ts';
import type { GoNode } from '../go/eval/go-node.ts';
import { goNode } from '../go/eval/go-node.ts';
import { exprAt } from '../go/eval/value.ts';
import type { Repo } from '../go/repo/repo.ts';
import { callsOf, findAll } from '../go/syntax/syntax.ts';
import type { VersionStep } from './version-step.ts';
import { restep } from './version-step.ts';

/** Code in the place of a node. */
export interface Replacement {
  readonly node: { readonly start: number; readonly end: number };
  readonly text: string;
}

/** The call that registers a migration; undefined where it is not in a function that is read. */
export function registrationCall(repo: Repo, { location }: Migration): GoNode | undefined {
  const { file, start, end } = location;
  const facts = repo.facts(file);
  const func = facts?.funcs.find(one => one.start <= start && end <= one.end);
  if (!facts || !func) return undefined;
  const calls = callsOf(func.syntax, facts.text, 'RegisterMigration');
  const node = calls.find(call => call.start === start);
  return node && goNode({ facts, node });
}

/**
 * What a registration's statements say of its step, said of another one: the version it starts from,
 * and the texts that name the step. The arguments of the call are the caller's but for that version.
 */
export function respeltStep(
  call: GoNode,
  statements: readonly GoNode[],
  old: VersionStep,
  now: VersionStep,
): Replacement[] {
  const given = call.arguments;
  const isArgument = (text: GoNode) =>
    given.some(({ node }) => node.start <= text.node.start && text.node.end <= node.end);
  const texts = statements
    .flatMap(one =>
      findAll(one.node, 'interpreted_string_literal').map(node => goNode(exprAt(one, node))),
    )
    .filter(text => !isArgument(text))
    .flatMap(({ node, text }) => {
      const respelt = restep(text, old, now);
      return respelt === undefined ? [] : [{ node, text: respelt }];
    });
  return [{ node: given[1]!.node, text: String(now.from) }, ...texts];
}

/** The code between two offsets of a text with some nodes replaced. */
export function codeWith(
  text: string,
  start: number,
  end: number,
  replacements: readonly Replacement[],
): string {
  const edits = replacements.map(({ node, text: code }) => ({
    start: node.start - start,
    end: node.end - start,
    text: code,
  }));
  return applyEdits(text.slice(start, end), edits);
}
