// Builds everything into dist/: templates embedded, TypeScript compiled, the extension bundled,
// wasm beside it. Runs in a fresh clone, and returns at once when nothing changed since the last
// good build.

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { bundleExample } from './build/example.mjs';
import { embedModules } from './build/modules.mjs';
import { embedTemplates } from './build/templates.mjs';
import { ensureInstalled, requireNode, root } from './install.mjs';

const sources = [
  'core',
  'host',
  'rehearse',
  'operate',
  'cli',
  'generators',
  'extension',
  'scripts',
  'test',
  'templates',
];
const settings = ['package.json', 'package-lock.json', 'tsconfig.json'];
/** Go modules, chains to read: inputs of tests, not of the build; `test/go/chain` is
 * both. */
const foreign = new Set([
  'test/chains',
  'test/go/generations',
  'test/go/next',
  'test/go/cosmovisor',
]);

/** Builds what is stale. Returns whether dist/ is good. */
export async function build() {
  process.chdir(root);
  requireNode();
  mkdirSync('dist', { recursive: true });
  const unlock = await lock('dist/.lock');
  try {
    ensureInstalled();
    const state = fingerprint();
    if (read('dist/.built') === state) return true;
    rmSync('dist/.built', { force: true });
    embedTemplates('templates', 'core/templates.generated.ts');
    embedModules('core/sdk/modules.json', 'core/sdk/modules.generated.ts');
    const compiled = compile();
    removeOrphans('dist');
    const { bundleAll, copyWasm } = await import('./build/bundle.mjs');
    copyWasm('dist/wasm');
    bundleExample('dist/example-chain.json');
    const bundled = await bundleAll();
    if (compiled && bundled) writeFileSync('dist/.built', state);
    return compiled && bundled;
  } finally {
    unlock();
  }
}

/**
 * tsc emits what it can even where a type is wrong, so one broken file does not hold up the others.
 */
function compile() {
  const require = createRequire(import.meta.url);
  const tsc = join(dirname(require.resolve('typescript/package.json')), 'bin/tsc');
  const args = [tsc, '-p', '.', '--incremental', '--tsBuildInfoFile', 'dist/.tsbuildinfo'];
  return spawnSync(process.execPath, args, { stdio: ['ignore', 2, 2] }).status === 0;
}

/**
 * Output whose source is gone would still be found: by mocha, by Yeoman's lookup, in the packages.
 */
function removeOrphans(dir) {
  for (const file of filesIn(dir)) {
    const source = /^dist\/(?<path>.+?)(?:\.d\.ts|\.js|\.js\.map)$/.exec(file)?.groups?.path;
    if (source && !exists(`${source}.ts`)) rmSync(file);
  }
}

/** Names, sizes and times of all inputs: no need to read them. */
function fingerprint() {
  const hash = createHash('sha256').update(process.version);
  for (const file of [...settings, ...sources.flatMap(filesIn)].sort()) {
    if (file.endsWith('.generated.ts')) continue;
    const { size, mtimeMs } = statSync(file);
    hash.update(`${file} ${size} ${mtimeMs}\n`);
  }
  return hash.digest('hex');
}

function filesIn(dir) {
  if (foreign.has(dir)) return [];
  const entries = exists(dir) ? readdirSync(dir, { withFileTypes: true }) : [];
  return entries.flatMap(entry =>
    entry.isDirectory() ? filesIn(`${dir}/${entry.name}`) : [`${dir}/${entry.name}`],
  );
}

/**
 * Two at once would install and build over each other: the second one waits. A lock whose process
 * is gone is taken over.
 */
async function lock(path) {
  for (;;) {
    try {
      writeFileSync(path, String(process.pid), { flag: 'wx' });
      return () => rmSync(path, { force: true });
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    const holder = Number(read(path) || NaN);
    if (!Number.isNaN(holder) && !alive(holder)) rmSync(path, { force: true });
    await sleep(100);
  }
}

function alive(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function exists(path) {
  return statSync(path, { throwIfNoEntry: false }) !== undefined;
}

function read(path) {
  return exists(path) ? readFileSync(path, 'utf8') : '';
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  process.exitCode = (await build()) ? 0 : 1;
