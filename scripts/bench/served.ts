import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { Range } from 'vscode-languageserver/node.js';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { readChain } from '../../core/chain/analysis.ts';
import type { LspClient } from '../../test/support/lsp-client.ts';
import { startEditor, uriOf } from '../../test/support/lsp-client.ts';
import { appFile } from './app-file.ts';
import { median } from './edits.ts';
import { wallTime } from './reading.ts';
import type { Released } from './released.ts';
import { versionsOf } from './typing.ts';

/** A day of work: keys that are typed into app.go while the language server listens. */
export interface Served {
  /** From each key to the CodeLens that follows it, findings published, in milliseconds. */
  readonly keysMs: readonly number[];
  /** The server's memory after the last keys, per that after the first thousand. */
  readonly growth: number;
}

/** How many keys are typed. */
export const dayOfKeys = 10_000;
/** Until here the server comes to its usual size. */
const firstKeys = 1_000;
/** Over so many keys a size is the median of what was seen. */
const window = 500;
const looksEvery = 10;

/** Types the keys, each once the answer to the one before is there. */
export async function measureServed({ root, now }: Released): Promise<Served> {
  const path = appFile(now, readChain(now).apps[0]!.dir)!;
  const versions = versionsOf(now.texts.get(path)!);
  const changes = versions.map((text, i) =>
    changeBetween(text, versions[(i + 1) % versions.length]!),
  );
  const { client } = await startEditor({ folders: [root] });
  try {
    const file = join(root, path);
    const lenses = () =>
      client.ask('textDocument/codeLens', { textDocument: { uri: uriOf(file) } });
    await client.until(
      () => client.log.some(line => line.startsWith('compared with')),
      'a release',
    );
    await client.type(file, versions[0]!);
    await lenses();
    const keysMs: number[] = [];
    const sizes: number[] = [];
    for (let key = 0; key < dayOfKeys; key++) {
      const { range, text } = changes[key % changes.length]!;
      const before = wallTime();
      await client.edit(file, range, text);
      await lenses();
      keysMs.push(wallTime() - before);
      if (key % looksEvery === 0) sizes.push(residentSize(client));
    }
    const over = (until: number) =>
      median(sizes.slice((until - window) / looksEvery, until / looksEvery));
    return { keysMs, growth: over(dayOfKeys) / over(firstKeys) };
  } finally {
    await client.end();
  }
}

/** The one stretch in which two texts differ. */
function changeBetween(
  before: string,
  after: string,
): { readonly range: Range; readonly text: string } {
  const longest = Math.min(before.length, after.length);
  let start = 0;
  while (start < longest && before[start] === after[start]) start++;
  let same = 0;
  while (same < longest - start && before.at(-1 - same) === after.at(-1 - same)) same++;
  const document = TextDocument.create('', 'go', 0, before);
  return {
    range: {
      start: document.positionAt(start),
      end: document.positionAt(before.length - same),
    },
    text: after.slice(start, after.length - same),
  };
}

/** Kilobytes that the server's process has in memory. */
function residentSize({ process: { pid } }: LspClient): number {
  const { stdout } = spawnSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' });
  return Number(stdout);
}
