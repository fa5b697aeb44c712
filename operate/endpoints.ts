import { readFileSync, statSync } from 'node:fs';
import { printable } from '../core/operate/printable.ts';
import { isSoftwareVersion } from '../core/operate/software-version.ts';
import { Refusal } from '../core/refusal.ts';
import { openRest } from '../host/commands/node-rest.ts';
import { reasonOf } from '../host/errors.ts';
import type { NodeRpc } from '../host/rpc.ts';
import { openRpc } from '../host/rpc.ts';

/** An endpoint of a validator, as a line of a file has it. */
export interface Endpoint {
  /** As it may be shown. */
  readonly shown: string;
  readonly rpc: NodeRpc;
  /** Asked for the version where the RPC does not tell it. */
  readonly rest: ReturnType<typeof openRest> | undefined;
}

/** What an endpoint said, or why nothing is known of it. */
export type Probed =
  | { readonly endpoint: string; readonly address: string; readonly version: string }
  | { readonly endpoint: string; readonly why: string };

const mostBytes = 4 << 20;

/**
 * Reads a file of endpoints: an RPC address a line, and behind it the REST address of the same node
 * where its RPC does not tell the version; `#` begins a comment. `timeout` is for one answer, in
 * milliseconds.
 */
export function readEndpoints(file: string, timeout: number): Endpoint[] {
  return readLines(file, '--endpoints').flatMap((line, i) => {
    const [address, rest, ...more] = line.replace(/#.*$/, '').trim().split(/\s+/);
    if (!address) return [];
    const where = `${file}:${i + 1}`;
    if (more.length > 0)
      throw new Refusal(`${where} holds more than an RPC address and a REST address`);
    const rpc = openRpc(address, timeout, where);
    const opened = rest === undefined ? undefined : openRest(rest, timeout);
    return [{ shown: rpc.shown, rpc, rest: opened }];
  });
}

/** The lines of a file of the user's. Throws one line where it cannot be read. */
export function readLines(file: string, option: string): string[] {
  try {
    if (statSync(file).size > mostBytes) throw new Refusal('it is too long');
    return readFileSync(file, 'utf8').split(/\r?\n/);
  } catch (error) {
    throw new Refusal(`${option} ${file} cannot be read: ${reasonOf(error)}`);
  }
}

/** Asks one endpoint who it is and what it runs. */
export async function probe({ shown, rpc, rest }: Endpoint, chainId: string): Promise<Probed> {
  const problem = (why: string) => ({ endpoint: shown, why });
  try {
    const status = await rpc.status();
    if (status.chainId !== chainId) return problem(`it is on ${printable(status.chainId)}`);
    if (status.catchingUp) return problem('it is catching up');
    if (!/^[0-9A-F]{40}$/.test(status.consensusAddress))
      return problem('it does not tell the key that it signs with');
    const version = (await rpc.appVersion()) || (await versionByRest(rest, chainId));
    if (version === '')
      return problem('it does not tell its version: give its REST address behind the RPC one');
    if (!isSoftwareVersion(version))
      return problem(`its version ${printable(version).slice(0, 64)} cannot be compared`);
    return { endpoint: shown, address: status.consensusAddress, version };
  } catch (error) {
    if (error instanceof Refusal) return problem(error.message);
    throw error;
  }
}

async function versionByRest(rest: Endpoint['rest'], chainId: string): Promise<string> {
  if (!rest) return '';
  const info = await rest.info();
  return info.chainId === chainId ? info.version : '';
}
