import { dirname, join } from '../../files.ts';
import { commentStart } from '../../go/edit/comment-above.ts';
import { givenTo, runsAtStart } from '../../go/eval/given.ts';
import type { GoNode } from '../../go/eval/go-node.ts';
import { goNode } from '../../go/eval/go-node.ts';
import { importedPackage } from '../../go/eval/imported.ts';
import type { Expr } from '../../go/eval/value.ts';
import { exprAt, localDefinition, returnedBy, stringValue } from '../../go/eval/value.ts';
import type { Definition, Repo } from '../../go/repo/repo.ts';
import { embedPatterns, embeds } from '../../go/source/embed.ts';

/** A text file that Go embeds, and the variables and functions it goes through. */
export interface EmbeddedText {
  readonly path: string;
  readonly text: string;
  readonly variables: readonly string[];
}

const deepest = 8;

/**
 * The file behind a string or bytes that hold an embedded one, as it is or trimmed: a variable under
 * `//go:embed`, `files.ReadFile("plans.txt")` of an `embed.FS`, conversions, readers, functions.
 */
export function embeddedText(repo: Repo, expr: Expr, depth = 0): EmbeddedText | undefined {
  const at = goNode(expr).withoutParens.withoutAddressOf;
  if (depth > deepest) return undefined;
  switch (at.type) {
    case 'identifier':
    case 'selector_expression':
      return behindName(repo, at, depth);
    case 'type_conversion_expression':
      return embeddedText(repo, at.field('operand')!, depth + 1);
    case 'call_expression':
      return behindCall(repo, at, depth);
    default:
      return undefined;
  }
}

function behindName(repo: Repo, name: GoNode, depth: number): EmbeddedText | undefined {
  const target = definitionOf(repo, name);
  if (!target) return undefined;
  if ('spec' in target) return embeddedHere(repo, target);
  const found = embeddedText(repo, target, depth + 1);
  return found && { ...found, variables: [name.name, ...found.variables] };
}

/**
 * What a name stands for: its argument, its local value, what its package gives it; the definition
 * itself where a file is embedded there. Undefined where that is not one thing.
 */
export function definitionOf(repo: Repo, name: GoNode): Expr | Definition | undefined {
  if (name.type === 'identifier') {
    const bound = name.bindings?.get(name.text);
    if (bound) return bound;
    const local = localDefinition(name.node, name.text, name.facts.text);
    if (local) return typeof local === 'object' ? exprAt(name, local) : undefined;
  } else if (!importedPackage(repo, name)) return undefined;
  const dir = repo.folderOf(name.facts, name.qualifier);
  const [found, ...others] = dir === undefined ? [] : repo.values(dir, name.name);
  if (!found || others.length > 0 || dir === undefined) return undefined;
  if (patternsAbove(found).length > 0) return found;
  const [given, ...more] = givenTo(repo, dir, name.name);
  if (!given) return found.spec.value && { facts: found.facts, node: found.spec.value };
  const isSure = !found.spec.value && more.length === 0 && runsAtStart(given);
  return isSure && given.value && given.facts.buildTags === undefined
    ? { facts: given.facts, node: given.value }
    : undefined;
}

/** The patterns in the comment lines right above a variable. */
function patternsAbove({ facts: { text }, spec }: Definition): string[] {
  const { start } = spec.declaration.grouped ? spec : spec.declaration;
  return embedPatterns(text.slice(commentStart(text, start), start));
}

/** The one file that a variable embeds; an `embed.FS` may hold many, of which a call names one. */
function embeddedHere(repo: Repo, found: Definition, named?: string): EmbeddedText | undefined {
  const { path: goFile } = found.facts;
  const patterns = patternsAbove(found);
  const name = named ?? (patterns.length === 1 ? patterns[0]! : '');
  const path = join(dirname(goFile), name);
  const text = repo.texts.get(path);
  return text !== undefined && patterns.some(pattern => embeds(goFile, pattern, path))
    ? { path, text, variables: [found.spec.name] }
    : undefined;
}

/** Functions of `strings` and `bytes` that give their first argument without what is around it. */
const trimming = /^(strings|bytes)\.(Trim\w*|New(Reader|Buffer|BufferString)|Clone)$/;

function behindCall(repo: Repo, call: GoNode, depth: number): EmbeddedText | undefined {
  const [first, second] = call.arguments;
  const callee = call.callee!;
  const follow = (target: Expr | undefined) => target && embeddedText(repo, target, depth + 1);
  if (trimming.test(callee.text) || callee.text === 'string' || isLineEndChange(repo, call))
    return follow(first);
  if (callee.name === 'ReadFile') {
    const isMethod = !importedPackage(repo, callee);
    return isMethod ? readFrom(repo, callee.operand, first) : readFrom(repo, first, second);
  }
  return follow(returnedBy(repo, call));
}

/** `strings.ReplaceAll(text, "\r\n", "\n")`. */
function isLineEndChange(repo: Repo, call: GoNode): boolean {
  if (call.callee!.text !== 'strings.ReplaceAll') return false;
  const [old, by] = call.arguments.slice(1).map(given => stringValue(repo, given));
  return old?.kind === 'known' && by?.kind === 'known' && /^\r\n?$/.test(old.value);
}

/** A file of an `embed.FS`, by its name. */
function readFrom(
  repo: Repo,
  files: GoNode | undefined,
  name: GoNode | undefined,
): EmbeddedText | undefined {
  const wanted = name && stringValue(repo, name);
  const found = files && definitionOf(repo, files);
  return found && 'spec' in found && wanted?.kind === 'known'
    ? embeddedHere(repo, found, wanted.value)
    : undefined;
}
