import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { NodePort, PlanMachine } from '../../core/plan/machine.ts';
import { Refusal } from '../../core/refusal.ts';
import { hashDownload } from '../download.ts';
import { reasonOf } from '../errors.ts';
import { findCommit } from '../git/commit.ts';
import { hashFile, sha256Of } from '../hash.ts';
import { fetchText } from './fetch-text.ts';
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
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (!url || !/^https?:$/.test(url.protocol))
    throw new Refusal('--node takes an address of http or https, such as https://rest.example.org');
  if (url.username || url.password || url.search || url.hash)
    throw new Refusal('--node takes an address without user, password and query');
  const base = url.href.replace(/\/+$/, '');
  return {
    address: url.origin,
    async ask(path) {
      try {
        const { ok, text } = await fetchText(`${base}${path}`, { redirect: 'error' });
        return ok ? jsonOf(text, path) : undefined;
      } catch (error) {
        throw new Refusal(`${url.host} cannot be asked: ${reasonOf(error)}`);
      }
    },
  };
}

function jsonOf(text: string, path: string): Record<string, unknown> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    json = undefined;
  }
  if (typeof json === 'object' && json !== null) return json as Record<string, unknown>;
  throw new Refusal(
    `it answered ${path} with something else than JSON: is this the REST address, not the RPC one?`,
  );
}
