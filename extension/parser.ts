import { Uri, workspace } from 'vscode';
import type { GoParser } from '../core/go/syntax/parser.ts';
import { startParser } from '../core/go/syntax/parser.ts';

/** The Go parser, started when it is first asked for; a failed start is tried again. */
export function lazyParser(extension: Uri): () => Promise<GoParser> {
  let parser: Promise<GoParser> | undefined;
  const bytes = (name: string) =>
    workspace.fs.readFile(Uri.joinPath(extension, 'dist', 'wasm', name));
  async function start(): Promise<GoParser> {
    const [runtime, go] = await Promise.all([
      bytes('web-tree-sitter.wasm'),
      bytes('tree-sitter-go.wasm'),
    ]);
    return startParser({ runtime, go });
  }
  return () =>
    (parser ??= start().catch(error => {
      parser = undefined;
      throw error;
    }));
}
