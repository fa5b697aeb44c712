// What must be true before anything else can run: a Node that is new enough and the dependencies of
// package-lock.json. Plain Node on purpose: this file runs in a fresh clone, before there is a
// node_modules.
import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The repository's top folder. */
export const root = fileURLToPath(new URL('..', import.meta.url));

const oldestNode = [20, 17];

/** Stops with one line when this Node is older than package.json's `engines` promises. */
export function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [needMajor, needMinor] = oldestNode;
  if (major > needMajor || (major === needMajor && minor >= needMinor)) return;
  console.error(
    `Node ${process.versions.node} is too old: ` +
      `install Node ${oldestNode.join('.')} or newer, then run this again.`,
  );
  process.exit(2);
}

/**
 * Runs `npm ci`, without the packages' own install scripts, when node_modules is missing or older
 * than package-lock.json.
 */
export function ensureInstalled() {
  if (modified('node_modules/.package-lock.json') >= modified('package-lock.json')) return;
  // npm prepares a package it takes from git: it has installed what is needed, and has noted it
  // nowhere yet.
  if (
    process.env.npm_lifecycle_event === 'prepare' &&
    modified('node_modules/typescript/package.json') > 0
  )
    return;
  console.error('Installing dependencies (npm ci) …');
  // A shell, because npm is a .cmd file on Windows.
  const { status } = spawnSync('npm ci --ignore-scripts --no-audit --no-fund --loglevel=error', {
    cwd: root,
    shell: true,
    stdio: ['ignore', 2, 2],
  });
  if (status === 0) return;
  console.error('npm ci failed: see its words above, then run this again.');
  process.exit(2);
}

function modified(path) {
  return statSync(`${root}${path}`, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
