import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { GoChain, goEnv } from '../go/chain.ts';
import type { Generation } from '../go/generations.ts';
import type { Texts } from './versions.ts';
import { write } from './versions.ts';

const runFile = promisify(execFile);

/**
 * Folders in which versions of a chain are compiled, as many at a time as there are folders: what a
 * row changes is little, and linking it uses one core.
 */
export class Lanes {
  private readonly binaries = mkdtempSync(join(tmpdir(), 'chain-upgrade-lanes-'));
  private readonly free: GoChain[];
  private readonly waiting: ((lane: GoChain) => void)[] = [];
  private built = 0;

  constructor(generation: Generation, count: number) {
    this.free = Array.from({ length: count }, () => new GoChain(generation).layBlocks());
  }

  /**
   * Compiles a version's tests of `test/go/blocks` and gives what runs them; throws Go's own words
   * where it cannot.
   */
  async compile(texts: Texts): Promise<Blocks> {
    const lane = this.free.pop() ?? (await new Promise<GoChain>(done => this.waiting.push(done)));
    try {
      const binary = join(this.binaries, `${this.built++}.test`);
      write(lane.dir, texts);
      // The binary runs where nobody debugs it.
      await runFile('go', ['test', '-c', '-vet=off', '-ldflags', '-s -w', '-o', binary, './app'], {
        cwd: lane.dir,
        env: goEnv(),
        maxBuffer: 64 << 20,
      });
      return new Blocks(binary);
    } finally {
      const next = this.waiting.shift();
      if (next) next(lane);
      else this.free.push(lane);
    }
  }

  /** Takes everything away; nothing may be compiling. */
  remove(): void {
    for (const lane of this.free) lane.remove();
    rmSync(this.binaries, { recursive: true, force: true });
  }
}

/**
 * The compiled tests of `test/go/blocks`, which make blocks with one version of the chain in a
 * node's home.
 */
export class Blocks {
  private readonly binary: string;

  constructor(binary: string) {
    this.binary = binary;
  }

  /** Runs one of them; throws what it said where it fails. */
  async run(
    test: string,
    home: string,
    plan: string,
    more: Readonly<Record<string, string>> = {},
  ): Promise<void> {
    const env = { ...process.env, NODE_HOME: home, PLAN_NAME: plan, ...more };
    const { stdout } = await runFile(this.binary, ['-test.v', '-test.run', `^${test}$`], {
      env,
      maxBuffer: 64 << 20,
    }).catch((error: Error & { stdout?: string; stderr?: string }) => {
      throw new Error(`${error.message}\n${error.stdout ?? ''}${error.stderr ?? ''}`);
    });
    if (!stdout.includes(`--- PASS: ${test}`)) throw new Error(`${test} did not run:\n${stdout}`);
  }

  /** A binary of a hundred megabytes. */
  remove(): void {
    rmSync(this.binary, { force: true });
  }
}
