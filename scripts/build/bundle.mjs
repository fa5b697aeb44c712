// The extension as one CommonJS file, the two wasm files beside it, the MCP SDK as one file, and the
// licences of all.
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
async function bundleExtension() {
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
      // The editor parses all of it before the extension is active; names stay, for the log.
      minifyWhitespace: true,
      minifySyntax: true,
      // For breakpoints in the editor; neither package takes the map along.
      sourcemap: true,
      metafile: true,
      logLevel: 'warning',
    })
    .catch(failure => failure);
  if (warnings.length + errors.length > 0) return undefined;
  return metafile;
}

/**
 * Bundles the MCP SDK into the one file that imports it, over what the compiler made of that: the
 * packages are twenty times the size of what is used of them.
 */
async function bundleMcp() {
  const { warnings, errors, metafile } = await esbuild
    .build({
      entryPoints: ['cli/mcp/sdk.ts'],
      outfile: 'dist/cli/mcp/sdk.js',
      allowOverwrite: true,
      bundle: true,
      minify: true,
      format: 'esm',
      platform: 'node',
      target: 'node20',
      metafile: true,
      logLevel: 'warning',
    })
    .catch(failure => failure);
  return warnings.length + errors.length > 0 ? undefined : metafile;
}

/** Makes all bundles, and writes the licences of what is in them. Says whether that is good. */
export async function bundleAll() {
  const bundles = [await bundleExtension(), await bundleMcp()];
  if (bundles.includes(undefined)) return false;
  writeLicenses('dist/third-party-licenses.txt', [
    ...bundles.flatMap(packagesOf),
    ...Object.keys(wasm).map(name => `node_modules/${name}`),
  ]);
  return true;
}
