// The extension as two CommonJS files, what is loaded at once and the engine, the two wasm files beside it, the MCP SDK as one file, and the
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

/** The import of the engine, in the code of the extension and beside its bundle. */
const engine = { name: 'engine', asked: /^\.\/engine\.ts$/, bundle: './engine.cjs' };

/** Leaves the engine out of what imports it: it is loaded from a file of its own. */
const engineApart = {
  name: engine.name,
  setup({ onResolve }) {
    onResolve({ filter: engine.asked }, () => ({ path: engine.bundle, external: true }));
  },
};

/**
 * Bundles a part of the extension. A warning is a failure: what esbuild warns about here breaks at
 * run time.
 */
async function bundleExtension(entry, outfile) {
  const { warnings, errors, metafile } = await esbuild
    .build({
      entryPoints: [entry],
      outfile,
      bundle: true,
      format: 'cjs',
      platform: 'node',
      target: 'node20',
      external: ['vscode'],
      plugins: [engineApart],
      // The editor gives `vscode` to what is required; Node may ask it nothing where it imports.
      supported: { 'dynamic-import': false },
      // Its ESM entry compiles to CommonJS without a word and dies at run time in
      // createRequire(undefined).
      alias: {
        'web-tree-sitter': './node_modules/web-tree-sitter/web-tree-sitter.cjs',
        // The one for Node asks for its modules as it loads, and the extension loads where there
        // are none, too.
        yaml: './node_modules/yaml/browser/index.js',
      },
      // The editor parses all of it before anything happens; names stay, for the log.
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

/** Leaves what is a bundle already out of the command line. */
const mcpApart = {
  name: 'mcp',
  setup({ onResolve }) {
    onResolve({ filter: /^\.\/sdk\.ts$/ }, () => ({ path: '../cli/mcp/sdk.js', external: true }));
  },
};

/**
 * Bundles the command line: Node takes longer to find its hundreds of files than to run most
 * commands. Packages stay where npm puts them.
 */
async function bundleCommandLine() {
  const { warnings, errors, metafile } = await esbuild
    .build({
      entryPoints: ['cli/main.ts'],
      outdir: 'dist/bundle',
      bundle: true,
      splitting: true,
      format: 'esm',
      platform: 'node',
      target: 'node20',
      packages: 'external',
      plugins: [mcpApart],
      minifyWhitespace: true,
      minifySyntax: true,
      metafile: true,
      logLevel: 'warning',
    })
    .catch(failure => failure);
  return warnings.length + errors.length > 0 ? undefined : metafile;
}

/** Makes all bundles, and writes the licences of what is in them. Says whether that is good. */
export async function bundleAll() {
  const bundles = [
    await bundleExtension('extension/main.ts', 'dist/extension.cjs'),
    await bundleExtension('extension/engine.ts', 'dist/engine.cjs'),
    await bundleMcp(),
    await bundleCommandLine(),
  ];
  if (bundles.includes(undefined)) return false;
  writeLicenses('dist/third-party-licenses.txt', [
    ...bundles.flatMap(packagesOf),
    ...Object.keys(wasm).map(name => `node_modules/${name}`),
  ]);
  return true;
}
