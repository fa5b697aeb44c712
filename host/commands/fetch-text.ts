import { Refusal } from '../../core/refusal.ts';
import { reasonOf } from '../errors.ts';

/** In milliseconds. */
const patience = 15_000;
const mostBytes = 4 << 20;

/** What a server answered. */
export interface HttpAnswer {
  readonly ok: boolean;
  readonly status: number;
  readonly text: string;
}

/** How to ask. */
export interface Asking {
  readonly redirect: 'error' | 'follow';
  /** For the whole answer, in milliseconds; 15 seconds. */
  readonly timeout?: number | undefined;
}

/** Asks for JSON. Throws one line with the reason where there is no answer, or a very long one. */
export async function fetchText(
  url: string,
  { redirect, timeout = patience }: Asking,
): Promise<HttpAnswer> {
  try {
    const answer = await fetch(url, {
      headers: { accept: 'application/json' },
      redirect,
      signal: AbortSignal.timeout(timeout),
    });
    return { ok: answer.ok, status: answer.status, text: await bodyOf(answer) };
  } catch (error) {
    throw new Refusal(whyNot(error, timeout));
  }
}

async function bodyOf(answer: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of answer.body ?? []) {
    size += (chunk as Uint8Array).length;
    if (size > mostBytes) throw new Refusal('its answer is too long');
    chunks.push(chunk as Uint8Array);
  }
  return Buffer.concat(chunks).toString();
}

/** `fetch failed` hides what failed. */
function whyNot(error: unknown, timeout: number): string {
  if (error instanceof Error && error.name === 'TimeoutError')
    return `no answer within ${timeout / 1000} seconds`;
  const cause =
    error instanceof Error && error.message === 'fetch failed' ? error.cause : undefined;
  return reasonOf(cause ?? error);
}
