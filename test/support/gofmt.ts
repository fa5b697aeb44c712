import { spawnSync } from 'node:child_process';

/** Whether gofmt is here; where it is not, that is said once, for tests that do less then. */
export const gofmtIsHere = spawnSync('gofmt', ['-h']).error === undefined;
export const withoutGofmt = 'not checked with gofmt: there is none here';
if (!gofmtIsHere) console.log(`    ${withoutGofmt}`);

/**
 * What gofmt would rather see, or its complaint; undefined where it has no wish. Line ends and a
 * byte order mark are the reader's own.
 */
export function gofmtWish(text: string): string | undefined {
  const plain = text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n');
  const run = spawnSync('gofmt', [], { input: plain, encoding: 'utf8' });
  if (run.status !== 0) return run.stderr;
  return run.stdout === plain ? undefined : run.stdout;
}
