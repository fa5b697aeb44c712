import { existsSync, readFileSync, writeFileSync } from 'node:fs';

/** Writes a generated file. An unchanged one keeps its time, and with it the compiler's cache. */
export function writeGenerated(target, text) {
  if (!existsSync(target) || readFileSync(target, 'utf8') !== text) writeFileSync(target, text);
}
