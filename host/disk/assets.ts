import { readFile } from 'node:fs/promises';
import type { ParserAssets } from '../../core/go/syntax/parser.ts';
import { failure } from '../errors.ts';
import { packageFile } from '../package-file.ts';

/** The parser's two wasm files, from beside the built program. */
export async function loadAssets(): Promise<ParserAssets> {
  const load = async (name: string) => {
    try {
      return await readFile(packageFile(`dist/wasm/${name}`));
    } catch (error) {
      throw failure(
        `the installation is incomplete, ${name} cannot be read (install the package again)`,
        error,
      );
    }
  };
  const [runtime, go] = await Promise.all([
    load('web-tree-sitter.wasm'),
    load('tree-sitter-go.wasm'),
  ]);
  return { runtime, go };
}
