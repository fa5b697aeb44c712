import { chmodSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { codeOf } from '../host/errors.ts';

/**
 * Removes a folder and all in it, folders without the right to write too: Go gives the modules that
 * it downloads such ones.
 */
export function removeAll(dir: string): void {
  const remove = () => rmSync(dir, { recursive: true, force: true, maxRetries: 3 });
  try {
    remove();
  } catch (error) {
    if (!['EACCES', 'EPERM'].includes(codeOf(error) ?? '')) throw error;
    openUp(dir);
    remove();
  }
}

function openUp(dir: string): void {
  chmodSync(dir, 0o700);
  for (const entry of readdirSync(dir, { withFileTypes: true }))
    if (entry.isDirectory()) openUp(join(dir, entry.name));
}
