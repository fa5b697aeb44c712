import { existsSync, rmSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import type { StoreKey } from '../../core/rehearse/store-trace.ts';
import { lastTouched } from '../../core/rehearse/store-trace.ts';
import type { DrivenNode } from './driven-node.ts';

/** More is not written: what fails that late is told by its words alone. */
const mostBytes = 1 << 30;
/** Holds the last operations, whatever their values. */
const tailBytes = 4 << 20;

/**
 * Lets a node that writes down in `file` what it does in its stores fail in its next block, and
 * gives the key that it touched last. Undefined where it does not fail, or too much is written.
 */
export async function touchedLast(
  node: DrivenNode,
  file: string,
  limit: number,
): Promise<StoreKey | undefined> {
  const watch = setInterval(() => {
    if (sizeOf(file) > mostBytes) void node.kill();
  }, 100);
  try {
    const made = await node.makeBlock(Date.now() + limit);
    await node.kill();
    return made || sizeOf(file) > mostBytes ? undefined : lastTouched(await tailOf(file));
  } finally {
    clearInterval(watch);
    await node.kill();
    rmSync(file, { force: true });
  }
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

async function tailOf(path: string): Promise<string> {
  if (!existsSync(path)) return '';
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const length = Math.min(size, tailBytes);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, size - length);
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await file.close();
  }
}
