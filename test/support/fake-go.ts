import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { tempDir } from './temp.ts';

/** What the nodes do that a fake Go builds. */
export interface FakeNode {
  /** A file that gets a line of JSON for each command that is run: `{ what, args, env }`. */
  readonly record?: string;
  /** The new version's last words as it starts. */
  readonly panic?: string;
  readonly needsFees?: boolean;
  /** Whether transactions are turned down without a word. */
  readonly turnsDown?: boolean;
  /** Whether the old version stops for the plan. */
  readonly halts?: boolean;
  /** Whether it can be started without CometBFT. */
  readonly driven?: boolean;
  /** Whether the old version executes no block that it is given; it makes its own. */
  readonly refusesBlocks?: boolean;
  /** Whether the new version gives another app hash in each run. */
  readonly forks?: boolean;
  /** Whether the new version panics whatever it is asked for. */
  readonly panicsAtOnce?: boolean;
  /** Whether the new version wants extensions of votes from the block after the upgrade on. */
  readonly extensions?: boolean;
  /** Milliseconds that the new version takes for the upgrade block. */
  readonly slow?: number;
  /** What the new version says to the upgrade block, in place of executing it. */
  readonly words?: string;
  /** Stores that the node does not serve. */
  readonly gone?: readonly string[];
  /** The value of every key, in hexadecimal, in each version. */
  readonly values?: Readonly<Record<'old' | 'new', string>>;
  /** Seconds that a build takes. */
  readonly build?: number;
  /** Go's words where it does not build. */
  readonly error?: string;
}

/**
 * An environment whose `go` builds nodes without a chain in no time, and that keeps nothing of it.
 */
export function fakeGo(
  node: FakeNode = {},
  dir = tempDir(),
): {
  env: { PATH: string; CHAIN_UPGRADE_CACHE: string; GOTOOLCHAIN: string };
  bin: string;
  cache: string;
} {
  const bin = join(dir, 'bin');
  const cache = join(dir, 'cache');
  const go = join(bin, 'go');
  for (const made of [bin, cache]) mkdirSync(made, { recursive: true });
  writeFileSync(
    go,
    `#!/usr/bin/env node\n(${build.toString()})(${JSON.stringify(node)}, ${JSON.stringify(new URL('./fake-node.js', import.meta.url).href)});\n`,
  );
  chmodSync(go, 0o755);
  return {
    env: {
      PATH: `${bin}${delimiter}${process.env['PATH']}`,
      CHAIN_UPGRADE_CACHE: cache,
      GOTOOLCHAIN: 'local',
    },
    bin,
    cache,
  };
}

/** The fake Go itself: a program of its own, which knows nothing of what surrounds it here. */
function build(node: { build?: number; error?: string }, main: string): void {
  const fs = process.getBuiltinModule('node:fs');
  const args = process.argv.slice(2);
  if (args[0] === 'env') {
    const told: Record<string, string> = { GOVERSION: 'go1.26.0', GOPROXY: 'off' };
    console.log(
      args
        .slice(1)
        .map(name => told[name] ?? '')
        .join('\n'),
    );
    return;
  }
  if (args[0] === 'list') return;
  const out = args[args.indexOf('-o') + 1]!;
  const what = process.cwd().includes('old-tree') ? 'old' : 'new';
  setTimeout(
    () => {
      if (node.error) {
        console.error(node.error);
        process.exit(1);
      }
      fs.writeFileSync(
        out,
        `#!/usr/bin/env node\nprocess.env.FAKE_NODE = ${JSON.stringify(JSON.stringify({ ...node, what }))};\nimport(${JSON.stringify(main)});\n`,
      );
      fs.chmodSync(out, 0o755);
    },
    (node.build ?? 0) * 1000,
  );
}
