import { analyse, readChain } from '../../core/chain/analysis.ts';
import { memoryFiles } from '../../core/files.ts';
import type { FactsCache, Repo } from '../../core/go/repo/repo.ts';
import { loadRepo } from '../../core/go/repo/repo.ts';
import type { ParserAssets } from '../../core/go/syntax/parser.ts';
import { startParser } from '../../core/go/syntax/parser.ts';
import { lint } from '../../core/lint/lint.ts';
import { diskFiles } from '../../host/disk/disk-files.ts';
import { appFile } from './app-file.ts';
import { baseOf } from './lint.ts';
import { wallTime } from './reading.ts';
import type { Released } from './released.ts';

/**
 * From a keystroke in app.go to the findings, for each keystroke, and a full parse of that file.
 */
export interface Typing {
  readonly keystrokesMs: readonly number[];
  readonly parseMs: number;
}

const rounds = 6;

/** What is typed into the app's constructor: a keeper, a condition, a remark. */
const typed =
  '\n\tapp.VaultKeeper = vaultkeeper.NewKeeper(appCodec, keys[vaulttypes.StoreKey], app.BankKeeper)\n\tif err := app.VaultKeeper.Open("main"); err != nil {\n\t\tpanic(err)\n\t} // it has to be open';

/**
 * Types that text, one key after the other, in several rounds; of each keystroke the time that
 * passed in the best round counts, which leaves out what else the machine does and the larger
 * collections of garbage. Not processor time: a collector's threads work side by side, and nobody
 * waits for their sum.
 */
export async function measureTyping(
  { root, released }: Released,
  assets: ParserAssets,
): Promise<Typing> {
  const parser = await startParser(assets);
  const cache: FactsCache = new Map();
  const start = await loadRepo(diskFiles(root), parser, { cache });
  const base = baseOf(
    await loadRepo(memoryFiles(Object.fromEntries(released.texts)), parser, { cache }),
  );
  const file = appFile(start, readChain(start).apps[0]!.dir)!;
  const versions = versionsOf(start.texts.get(file)!);
  const best = versions.map(() => Infinity);
  let parseMs = Infinity;
  for (let round = 0; round < rounds; round++) {
    let repo: Repo = start;
    for (const [i, text] of versions.entries()) {
      const before = wallTime();
      repo = repo.with([[file, text]]);
      lint(analyse(repo), { bases: [base] });
      best[i] = Math.min(best[i]!, wallTime() - before);
    }
    const before = wallTime();
    parser.parse(start.texts.get(file)!, () => {});
    parseMs = Math.min(parseMs, wallTime() - before);
  }
  return { keystrokesMs: best, parseMs };
}

/**
 * The text after each keystroke, in the middle of the constructor; brackets and quotes are closed
 * as an editor does, and then typed over.
 */
export function versionsOf(text: string): string[] {
  const ends = [...text.matchAll(/^\t[\w.]+.*\)$/gm)].map(match => match.index + match[0].length);
  const at = ends[ends.length >> 1] ?? text.length;
  const closes: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}', '"': '"' };
  let closers = '';
  return Array.from(typed, (key, i) => {
    if (closers.startsWith(key)) closers = closers.slice(1);
    else closers = (closes[key] ?? '') + closers;
    return text.slice(0, at) + typed.slice(0, i + 1) + closers + text.slice(at);
  });
}
