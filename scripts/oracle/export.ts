import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { FileSource } from '../../core/files.ts';

/**
 * Writes a source's Go files into a folder of its own, hands it to `use`, and takes it away again.
 */
export async function withFolder<T>(
  source: FileSource,
  use: (folder: string) => T | Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'checkout-'));
  try {
    const made = new Set<string>();
    for (const path of await source.list()) {
      if (!/\.go$|(^|\/)go\.mod$/.test(path)) continue;
      const text = await source.read(path);
      const dir = join(folder, dirname(path));
      if (text === undefined) continue;
      if (!made.has(dir)) mkdirSync(dir, { recursive: true });
      made.add(dir);
      writeFileSync(join(folder, path), text);
    }
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Writes a plan's files into such a folder. */
export function writePlan(
  folder: string,
  files: readonly (readonly [path: string, text: string])[],
): void {
  for (const [path, text] of files) {
    mkdirSync(join(folder, dirname(path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}
