import { dirname, join } from '../files.ts';
import { lineStart } from '../go/edit.ts';
import type { Repo } from '../go/repo.ts';
import { args, calleeName } from '../go/syntax.ts';
import { at, textOf } from '../go/value.ts';
import type { Expr } from '../go/value.ts';

/** A text file that a Go file embeds, and the words in it. */
export interface EmbeddedNames { readonly path: string; readonly names: readonly string[] }

/** The plan names of `strings.Fields(names)` or `strings.Split(names, "\n")`, where `names` embeds a text file (R9). */
export function embeddedNames(repo: Repo, source: Expr): EmbeddedNames | undefined {
  const { node } = source;
  if (node.type !== 'call_expression' || !/^(Fields|Split|SplitLines)$/.test(calleeName(node, source.facts.text))) return undefined;
  const given = args(node)[0], name = given && /^\w+$/.exec(textOf(at(source, given)))?.[0], dir = dirname(source.facts.path);
  const found = name === undefined ? undefined : repo.value(dir, name);
  if (!found) return undefined;
  const { text } = found.facts, line = lineStart(text, found.spec.declaration.start), above = text.slice(lineStart(text, line - 1), line);
  const file = /^\/\/go:embed\s+([\w./-]+)\s*$/.exec(above.trim())?.[1];
  const path = file === undefined ? undefined : join(dir, file), content = path === undefined ? undefined : repo.texts.get(path);
  return path === undefined || content === undefined ? undefined : { path, names: content.split(/\s+/).filter(n => n !== '') };
}
