import { dirname, join } from '../../files.ts';
import { lineStart } from '../../go/edit/edit.ts';
import type { Expr } from '../../go/eval/value.ts';
import { exprAt, localDefinition, returnedBy, textOf } from '../../go/eval/value.ts';
import type { Repo } from '../../go/repo/repo.ts';
import { callArguments, calleeName, withoutParens } from '../../go/syntax/syntax.ts';

/** A text file that a Go file embeds, the words in it, and the variables they go through. */
export interface EmbeddedNames {
  readonly path: string;
  readonly names: readonly string[];
  readonly variables: readonly string[];
}

/**
 * The plan names of `strings.Fields(names)` or `strings.Split(strings.TrimSpace(names), "\n")`,
 * also behind a variable or a function, where `names` embeds a text file (R9).
 */
export function embeddedNames(repo: Repo, source: Expr, depth = 0): EmbeddedNames | undefined {
  const node = withoutParens(source.node);
  const name = textOf(exprAt(source, node));
  const { facts } = source;
  if (depth > 4) return undefined;
  if (node.type === 'identifier') {
    const local = localDefinition(node, name, facts.text);
    const declared = local ? undefined : repo.value(dirname(facts.path), name);
    const value =
      local && typeof local === 'object'
        ? exprAt(source, local)
        : declared?.spec.value && { facts: declared.facts, node: declared.spec.value };
    const found = value && embeddedNames(repo, value, depth + 1);
    return found && { ...found, variables: [name, ...found.variables] };
  }
  if (node.type !== 'call_expression') return undefined;
  const callee = calleeName(node, facts.text);
  const given = callArguments(node)[0];
  if (/^(Fields|Split|SplitLines)$/.test(callee))
    return given && embeddedFile(repo, exprAt(source, given));
  const returned = returnedBy(repo, exprAt(source, node));
  return returned && embeddedNames(repo, returned, depth + 1);
}

/** The file behind a variable under `//go:embed`, which may be trimmed or converted. */
function embeddedFile(repo: Repo, source: Expr): EmbeddedNames | undefined {
  const node = withoutParens(source.node);
  const dir = dirname(source.facts.path);
  if (node.type === 'call_expression') {
    const given = callArguments(node)[0];
    return given && /^(Trim\w*|string)$/.test(calleeName(node, source.facts.text))
      ? embeddedFile(repo, exprAt(source, given))
      : undefined;
  }
  const name = textOf(exprAt(source, node));
  const found = node.type === 'identifier' ? repo.value(dir, name) : undefined;
  if (!found) return undefined;
  const { text } = found.facts;
  const line = lineStart(text, found.spec.declaration.start);
  const above = text.slice(lineStart(text, line - 1), line);
  const file = /^\/\/go:embed\s+([\w./-]+)\s*$/.exec(above.trim())?.[1];
  const path = file === undefined ? undefined : join(dir, file);
  const content = path === undefined ? undefined : repo.texts.get(path);
  return path === undefined || content === undefined
    ? undefined
    : { path, names: content.split(/\s+/).filter(n => n !== ''), variables: [name] };
}
