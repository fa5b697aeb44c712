import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { diffArrays } from 'diff';

/** A Go text that was written: the one before where it was changed, none where it is new. */
export interface Written {
  readonly file: string;
  readonly before?: string;
  readonly after: string;
}

/** Whether gofmt can be started at all. */
export function hasGofmt(): boolean {
  return spawnSync('gofmt', ['-h']).error === undefined;
}

/**
 * What gofmt has against written texts: it cannot parse one, a new file or one that was clean is
 * not clean, or in another file it would change a line that we wrote.
 */
export function gofmtFaults(written: readonly Written[]): string[] {
  const texts = [
    ...new Set(written.flatMap(({ before, after }) => [plain(before ?? ''), plain(after)])),
  ];
  const unclean = withWishes(texts);
  return written.flatMap(({ file, before, after }) => {
    if (!unclean.has(plain(after))) return [];
    const wish = wishFor(plain(after));
    if (wish === undefined) return [`${file}: gofmt cannot parse it`];
    if (before === undefined || !unclean.has(plain(before)))
      return [`${file}: gofmt would change it`];
    const ours = newLines(plain(before), plain(after));
    const line = touchedLines(plain(after), wish).find(n => ours.has(n));
    return line === undefined
      ? []
      : [`${file}:${line}: gofmt would change a line that was written`];
  });
}

/** Line ends and a byte order mark are the chain's own. */
function plain(text: string): string {
  return text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n');
}

/** Those texts that gofmt would change or cannot parse, found by one run over all. */
function withWishes(texts: readonly string[]): Set<string> {
  const dir = mkdtempSync(join(tmpdir(), 'chain-upgrade-gofmt-'));
  try {
    for (const [i, text] of texts.entries())
      writeFileSync(join(dir, `${i}.go`), text === '' ? 'package empty\n' : text);
    const { stdout, stderr, error } = spawnSync('gofmt', ['-l', dir], { encoding: 'utf8' });
    if (error) throw new Error(`gofmt could not be started: ${error.message}`);
    const named = [
      ...stdout.split('\n'),
      ...stderr.split('\n').map(line => line.replace(/\.go:\d.*$/, '.go')),
    ].filter(line => line.endsWith('.go'));
    return new Set(named.map(path => texts[Number(basename(path, '.go'))]!));
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/** The text as gofmt would write it; undefined where it is no Go. */
function wishFor(text: string): string | undefined {
  const { status, stdout } = spawnSync('gofmt', [], {
    input: text,
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  return status === 0 ? stdout : undefined;
}

/** The 1-based numbers of the lines of `after` that `before` has not. */
function newLines(before: string, after: string): Set<number> {
  const found = new Set<number>();
  let line = 1;
  for (const { added, removed, value } of diffArrays(before.split('\n'), after.split('\n'))) {
    if (removed) continue;
    if (added) for (const i of value.keys()) found.add(line + i);
    line += value.length;
  }
  return found;
}

/** The lines of a text that another version changes, removes or puts something in front of. */
function touchedLines(text: string, other: string): number[] {
  const found: number[] = [];
  let line = 1;
  for (const { added, removed, value } of diffArrays(text.split('\n'), other.split('\n'))) {
    if (removed) found.push(...value.map((_, i) => line + i));
    else if (added) found.push(line);
    if (!added) line += value.length;
  }
  return found;
}
