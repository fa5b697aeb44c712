// The extension as one CommonJS file, and the two wasm files beside it.
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import * as esbuild from 'esbuild';

const require = createRequire(import.meta.url);

/** Copies the parser's runtime and the Go grammar, and says which versions they are. */
export function copyWasm(dir) {
  mkdirSync(dir, { recursive: true });
  const versions = {};
  for (const [name, file] of [['web-tree-sitter', 'web-tree-sitter.wasm'], ['tree-sitter-go', 'tree-sitter-go.wasm']]) {
    const home = packageDir(name);
    copyFileSync(join(home, file), join(dir, file));
    versions[name] = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')).version;
  }
  writeFileSync(join(dir, 'versions.json'), JSON.stringify(versions, null, 2) + '\n');
}

/** Bundles the extension. A warning is a failure: what esbuild warns about here breaks at run time. */
export async function bundleExtension() {
  if (!existsSync('extension/main.ts')) return true;
  const { warnings, errors } = await esbuild.build({
    entryPoints: ['extension/main.ts'],
    outfile: 'dist/extension.cjs',
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    external: ['vscode'],
    // Its ESM entry compiles to CommonJS without a word and dies at run time in createRequire(undefined).
    alias: { 'web-tree-sitter': join(packageDir('web-tree-sitter'), 'web-tree-sitter.cjs') },
    logLevel: 'warning',
  }).catch(failure => failure);
  return warnings.length + errors.length === 0;
}

/** A package's folder; its package.json may not be among its exports. */
function packageDir(name) {
  const paths = require.resolve.paths(name) ?? [];
  const home = paths.map(path => join(path, name)).find(path => existsSync(join(path, 'package.json')));
  if (!home) throw new Error(`${name} is not installed: run npm ci`);
  return home;
}
