import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { NodePort, PlanMachine } from '../../core/plan/machine.ts';
import { Refusal } from '../../core/refusal.ts';
import { hashDownload } from '../download.ts';
import { reasonOf } from '../errors.ts';
import { findCommit } from '../git/commit.ts';
import { hashFile, sha256Of } from '../hash.ts';
import { nodeAddress } from '../node-address.ts';
import { readOraivisor } from './oraivisor-home.ts';

const mostBytes = 4 << 20;

/**
 * This machine, for plans of a repository; `from` is the folder that files are named from,
 * `version` this program's.
 */
export function planMachine(root: string, from: string, version: string): PlanMachine {
  return {
    now: () => Date.now(),
    readText: path => Promise.resolve(readText(resolve(from, path), path)),
    node: nodePort,
    hashFile: (path, daemon) => hashFile(resolve(from, path), daemon),
    hashDownload,
    sha256: sha256Of,
    version,
    oraivisor: home => Promise.resolve(readOraivisor(resolve(from, home))),
    commitOf: ref => findCommit(root, ref),
  };
}

function readText(path: string, name: string): string {
  try {
    if (statSync(path).size > mostBytes) throw new Refusal('it is too long');
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new Refusal(`${name} cannot be read: ${reasonOf(error)}`);
  }
}

function nodePort(address: string): NodePort {
  const node = nodeAddress(address, {
    option: '--node',
    example: 'https://rest.example.org',
    kind: 'REST',
  });
  return { address: node.shown, ask: path => node.find(path) };
}
