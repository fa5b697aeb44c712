import { setTimeout as sleep } from 'node:timers/promises';
import { shot } from './host.ts';

/**
 * Waits until something is there: a value other than undefined and false. Fails with its name, and
 * a picture, after ten seconds.
 */
export async function until<T>(
  what: string,
  look: () => Promise<T | undefined | false> | T | undefined | false,
  seconds = 10,
): Promise<T> {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > end) {
      await shot(`missing ${what}`);
      throw new Error(`waited ${seconds} s for ${what}`);
    }
    await sleep(50);
  }
}
