// The extension as one CommonJS file, the two wasm files beside it, and the licences of both.
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as esbuild from 'esbuild';
import { packagesOf, writeLicenses } from './licenses.mjs';

const wasm = { 'web-tree-sitter': 'web-tree-sitter.wasm', 'tree-sitter-go': 'tree-sitter-go.wasm' };

/** Copies the parser's runtime and the Go grammar, and says which versions they are. */
export function copyWasm(dir) {
  mkdirSync(dir, { recursive: true });
  const versions = {};
  for (const [name, file] of Object.entries(wasm)) {
    copyFileSync(`node_modules/${name}/${file}`, join(dir, file));
    versions[name] = JSON.parse(readFileSync(`node_modules/${name}/package.json`, 'utf8')).version;
  }
  writeFileSync(join(dir, 'versions.json'), `${JSON.stringify(versions, null, 2)}\n`);
}

/**
 * Bundles the extension. A warning is a failure: what esbuild warns about here breaks at run time.
 */
export async function bundleExtension() {
  const { warnings, errors, metafile } = await esbuild
    .build({
      entryPoints: ['extension/main.ts'],
      outfile: 'dist/extension.cjs',
      bundle: true,
      format: 'cjs',
      platform: 'node',
      target: 'node20',
      external: ['vscode'],
      // Its ESM entry compiles to CommonJS without a word and dies at run time in
      // createRequire(undefined).
      alias: {
        'web-tree-sitter': './node_modules/web-tree-sitter/web-tree-sitter.cjs',
        // The one for Node asks for its modules as it loads, and the extension loads where there
        // are none, too.
        yaml: './node_modules/yaml/browser/index.js',
      },
      // For breakpoints in the editor; neither package takes the map along.
      sourcemap: true,
      metafile: true,
      logLevel: 'warning',
    })
    .catch(failure => failure);
  if (warnings.length + errors.length > 0) return false;
  writeLicenses('dist/third-party-licenses.txt', [
    ...packagesOf(metafile),
    ...Object.keys(wasm).map(name => `node_modules/${name}`),
  ]);
  return true;
}
