import { readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import type { RegisteredVersion } from '../../core/lock/registry.ts';
import { readRegistry } from '../../core/lock/registry.ts';
import { Refusal } from '../../core/refusal.ts';
import { reasonOf } from '../errors.ts';
import { fetchText } from './fetch-text.ts';

/** The versions of a chain, and where they were read. */
export interface Registry {
  /** As it may be committed: the name of a file, or an address without its query. */
  readonly source: string;
  /** Oldest first. */
  readonly versions: readonly RegisteredVersion[];
}

/**
 * Reads the chain-registry's versions of a chain, from a file or an address of http or https. Throws
 * one line where that cannot be done.
 */
export async function readRegistryAt(place: string): Promise<Registry> {
  const isAddress = /^https?:\/\//i.test(place);
  const text = isAddress ? await downloaded(place) : readText(place);
  const versions = readRegistry(text);
  if ('error' in versions) throw new Refusal(`--registry ${place}: ${versions.error}`);
  return { source: isAddress ? addressOf(place) : basename(place), versions };
}

const mostBytes = 4 << 20;

function readText(path: string): string {
  try {
    if (statSync(path).size > mostBytes) throw new Refusal('it is too long');
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new Refusal(`--registry ${path} cannot be read: ${reasonOf(error)}`);
  }
}

async function downloaded(address: string): Promise<string> {
  try {
    const { ok, status, text } = await fetchText(address, { redirect: 'follow' });
    if (!ok) throw new Refusal(`the server answered ${status}`);
    return text;
  } catch (error) {
    throw new Refusal(`--registry ${address} cannot be read: ${reasonOf(error)}`);
  }
}

/** An address without password and query, which may hold a key. */
function addressOf(address: string): string {
  const { origin, pathname } = new URL(address);
  return `${origin}${pathname}`;
}
