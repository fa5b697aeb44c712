import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { FileHashes } from '../core/plan/machine.ts';
import { Refusal } from '../core/refusal.ts';
import { reasonOf } from './errors.ts';
import { hashStream } from './hash.ts';

/** A binary may take its time, but not for ever; in milliseconds. */
const patience = 30 * 60_000;
const mostBytes = 4 * 2 ** 30;

/**
 * FileHashes what an address gives, without keeping it. Only called where the user asked for a
 * download. Redirects are followed, as release pages make them. Throws one line.
 */
export async function hashDownload(
  address: string,
  daemon: string | undefined,
): Promise<FileHashes> {
  const { origin, pathname } = new URL(address);
  const shown = `${origin}${pathname}`;
  try {
    const answer = await fetch(address, {
      redirect: 'follow',
      signal: AbortSignal.timeout(patience),
    });
    if (!answer.ok || !answer.body) throw new Refusal(`the server answered ${answer.status}`);
    const body = Readable.fromWeb(answer.body as Parameters<typeof Readable.fromWeb>[0]);
    const bytes = limited();
    const [, hashes] = await Promise.all([
      pipeline(body, bytes),
      hashStream(bytes, pathname, daemon),
    ]);
    return hashes;
  } catch (error) {
    const cause = error instanceof Error && error.message === 'fetch failed' ? error.cause : error;
    throw new Refusal(`${shown} cannot be downloaded: ${reasonOf(cause)}`);
  }
}

function limited(): Transform {
  let seen = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      seen += chunk.length;
      done(seen > mostBytes ? new Refusal('it has more than 4 GiB') : null, chunk);
    },
  });
}
