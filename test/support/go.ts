import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { memoryFiles } from '../../core/files.ts';
import type { Repo } from '../../core/go/repo/repo.ts';
import { loadRepo } from '../../core/go/repo/repo.ts';
import type { FileFacts } from '../../core/go/source/facts.ts';
import { readFacts } from '../../core/go/source/read-facts.ts';
import type { GoParser } from '../../core/go/syntax/parser.ts';
import { startParser } from '../../core/go/syntax/parser.ts';

const require = createRequire(import.meta.url);

/** The parser of the tests, from the packages' own wasm files. */
export const parser: GoParser = await startParser({
  runtime: readFileSync(require.resolve('web-tree-sitter/web-tree-sitter.wasm')),
  go: readFileSync(require.resolve('tree-sitter-go/tree-sitter-go.wasm')),
});

/** A repository of these texts. */
export function repoOf(texts: Readonly<Record<string, string>>): Promise<Repo> {
  return loadRepo(memoryFiles(texts), parser);
}

/** The facts of one text. */
export function factsOf(text: string, path = 'a.go'): FileFacts {
  return readFacts(parser, path, text);
}
