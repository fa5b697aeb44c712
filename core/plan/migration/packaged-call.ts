import type { VersionStep } from '../../edit/version-step.ts';
import { basename, dirname } from '../../files.ts';
import type { FoundFunc, Repo } from '../../go/repo/repo.ts';
import type { FileFacts } from '../../go/source/facts.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import { childByField, findAll, namedChildren, withoutParens } from '../../go/syntax/syntax.ts';
import { calledName, calledOperand, declaredNames, hasWord, nodeText } from '../go-tree.ts';

/** A call of a migration's function, which lies in a package of its own. */
export interface PackagedCall extends FoundFunc {
  readonly qualifier: string;
  /** The arguments, as text. */
  readonly given: string;
}

/** The one call of another package's function that code for a step returns. */
export function packagedCall(
  repo: Repo,
  facts: FileFacts,
  syntax: SyntaxNode,
  step: VersionStep,
): PackagedCall | undefined {
  for (const statement of findAll(syntax, 'return_statement')) {
    const call = returnedCall(statement);
    const operand = call && calledOperand(call);
    if (!call || operand?.type !== 'identifier') continue;
    const qualifier = nodeText(facts, operand);
    const fn = functionOf(repo, facts, qualifier, nodeText(facts, calledName(call)));
    const dir = fn && dirname(fn.facts.path);
    if (!fn || dir === dirname(facts.path) || !isFolderOf(dir!, step)) continue;
    const given = argumentText(facts, call);
    // What a local holds is not there in the new one.
    const isLocal = localNames(facts, syntax).some(name => hasWord(given, name));
    if (!given.includes('\n') && !isLocal) return { ...fn, qualifier, given };
  }
  return undefined;
}

function returnedCall(statement: SyntaxNode): SyntaxNode | undefined {
  const [value] = namedChildren(namedChildren(statement)[0]);
  const node = value && withoutParens(value);
  return node?.type === 'call_expression' ? node : undefined;
}

/** A function of another package as a file calls it, however long its body is. */
function functionOf(
  repo: Repo,
  facts: FileFacts,
  qualifier: string,
  name: string,
): FoundFunc | undefined {
  const dir = repo.folderOf(facts, qualifier);
  return dir === undefined ? undefined : repo.func(dir, name);
}

/** Whether a folder is called like one of the migration to a version. */
function isFolderOf(dir: string, { to }: VersionStep): boolean {
  const isMigration = /(^|\/)migrations?\/|v\d+$/.test(dir);
  return isMigration && new RegExp(`(?<![0-9])${to}(?![0-9])`).test(basename(dir));
}

function argumentText({ text }: FileFacts, call: SyntaxNode): string {
  const { start, end } = childByField(call, 'arguments')!;
  return text
    .slice(start + 1, end - 1)
    .trim()
    .replace(/,$/, '');
}

function localNames(facts: FileFacts, syntax: SyntaxNode): string[] {
  return findAll(syntax, 'short_var_declaration')
    .flatMap(declaredNames)
    .map(name => nodeText(facts, name));
}
