import type { Expr } from '../../go/eval/value.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { FileFacts } from '../../go/source/facts.ts';
import { typeRefOf } from '../../go/source/type-ref.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';

/**
 * The function type that a type is, or that its name stands for, in this package or another of the
 * repository; undefined for other types.
 */
export function functionType(
  repo: Repo,
  facts: FileFacts,
  type: SyntaxNode,
  depth = 0,
): Expr | undefined {
  if (type.type === 'function_type') return { facts, node: type };
  const ref = typeRefOf(type, facts.text);
  const dir = ref && !ref.pointer ? repo.folderOf(facts, ref.qualifier) : undefined;
  if (!ref || dir === undefined || depth > 3) return undefined;
  for (const file of repo.filesOf(dir)) {
    const found = file.types.find(declared => declared.name === ref.name);
    if (found) return functionType(repo, file, found.syntax, depth + 1);
  }
  return undefined;
}
