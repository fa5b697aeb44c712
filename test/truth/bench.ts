import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { readChain } from '../../core/chain/read.ts';
import { fixAll } from '../../core/fix.ts';
import type { Repo } from '../../core/go/repo.ts';
import { lint } from '../../core/lint.ts';
import type { Problem } from '../../core/problem.ts';
import { GoChain } from '../go/chain.ts';
import type { Generation } from '../go/generations.ts';
import { repoOf } from '../support/go.ts';
import { edited } from './row.ts';
import type { Row, Step } from './row.ts';

/** What became of a node: the step that failed and its words, or no step and the state in the end. */
export interface Happened {
  readonly step?: Step;
  readonly words?: string;
  /** The height the plan was applied at, 0 where it was not. */
  readonly done?: number;
  readonly versions?: Readonly<Record<string, number>>;
  readonly state?: Readonly<Record<string, unknown>>;
}

type Texts = ReadonlyMap<string, string>;

const plan = 'v3';

/** An example chain's released version, the next one as the tool wrote it, and the homes of nodes that stand between them. */
export class Bench {
  private readonly dir = mkdtempSync(join(tmpdir(), 'chain-upgrade-truth-'));
  private readonly old: GoChain;
  private readonly next: GoChain;
  private readonly released: Texts;
  private readonly good: Texts;
  /** What happened to source that was run already, by its texts. */
  private readonly known = new Map<string, Happened>();

  constructor(generation: Generation) {
    this.old = new GoChain(generation);
    this.next = new GoChain(generation).develop();
    this.next.chainUpgrade('new', plan, '--added', 'shelf', '--deleted', 'ledger', '--renamed', 'box=crate', '--yes');
    [this.released, this.good] = [textsOf(this.old.dir), textsOf(this.next.dir)];
  }

  /** Runs the old version until it stops for the upgrade, and the good next version after it. */
  start(): Happened {
    this.old.runBlocks('TestOldVersionHalts', this.home('halted'), plan);
    cpSync(this.home('halted'), this.home('upgraded'), { recursive: true });
    const happened = this.run(this.good, this.home('halted'));
    this.next.runBlocks('TestNewVersionUpgrades', this.home('upgraded'), plan);
    return happened;
  }

  /** The errors that are reported for a row's mistake. */
  async errors(row: Row): Promise<readonly Problem[]> {
    const { now, relint } = await this.broken(row);
    return relint(now).filter(({ severity }) => severity === 'error');
  }

  /** What happens to a node with a row's mistake. */
  happens(row: Row): Happened {
    const broken = edited(this.good, row.edits);
    if (row.where === 'patch') return this.run(broken, this.home('upgraded'));
    if (row.where !== 'both') return this.run(broken, this.home('halted'));
    const home = join(this.dir, `halted-${this.known.size}`);
    write(this.old.dir, edited(this.released, row.edits));
    try {
      this.old.runBlocks('TestOldVersionHalts', home, plan);
    } catch (error) {
      const words = /blocks_test\.go:\d+: (.*)/.exec((error as Error).message)?.[1];
      if (words === undefined) throw error;
      return { step: 'old version', words };
    } finally {
      write(this.old.dir, this.released);
    }
    return this.run(broken, home);
  }

  /**
   * What happens once the rule's own repair is applied; undefined where it offers none. Where the mistake is in the released version too, repaired
   * source meets a chain that never had it.
   */
  async repaired(row: Row): Promise<{ readonly repair: string; readonly left: readonly Problem[]; readonly happened: Happened } | undefined> {
    const { now, relint } = await this.broken(row), problem = relint(now).find(({ rule }) => rule === row.rule), fix = problem?.fixes[0];
    if (!fix) return undefined;
    const fixed = fixAll(now, relint), texts = new Map(fixed.repo.texts);
    const left = fixed.problems.filter(({ severity }) => severity === 'error');
    return { repair: fix.title, left, happened: this.run(texts, this.home(row.where === 'patch' ? 'upgraded' : 'halted')) };
  }

  remove(): void {
    this.old.remove();
    this.next.remove();
    rmSync(this.dir, { recursive: true, force: true });
  }

  private async broken(row: Row): Promise<{ now: Repo; relint: (repo: Repo) => Problem[] }> {
    const before = row.where === 'patch' ? this.good : row.where === 'both' ? edited(this.released, row.edits) : this.released;
    const [now, old] = await Promise.all([edited(this.good, row.edits), before].map(texts => repoOf(Object.fromEntries(texts))));
    const base = { ref: 'v2.0.0', merged: true, repo: old!, chain: readChain(old!) };
    return { now: now!, relint: repo => lint(repo, readChain(repo), { bases: [base], release: row.release }) };
  }

  private run(texts: Texts, home: string): Happened {
    const key = JSON.stringify([home, [...texts].sort(([a], [b]) => (a < b ? -1 : 1))]), before = this.known.get(key);
    if (before) return before;
    const file = join(this.dir, 'happened.json'), copy = join(this.dir, 'home');
    write(this.next.dir, texts);
    try {
      cpSync(home, copy, { recursive: true });
      this.next.runBlocks('TestTruth', copy, plan, { TRUTH_FILE: file });
      const happened = JSON.parse(readFileSync(file, 'utf8')) as Happened;
      this.known.set(key, happened);
      return happened;
    } finally {
      rmSync(copy, { recursive: true, force: true });
      rmSync(file, { force: true });
      write(this.next.dir, this.good);
    }
  }

  private home(name: string): string {
    return join(this.dir, name);
  }
}

/** The chain's Go and go.mod, by path. */
function textsOf(dir: string): Texts {
  const files = readdirSync(dir, { recursive: true, encoding: 'utf8' }).map(file => file.replaceAll('\\', '/')).filter(file => /\.go$|^go\.mod$/.test(file) && !file.endsWith('_test.go'));
  return new Map(files.map(file => [file, readFileSync(join(dir, file), 'utf8')]));
}

/** Makes a folder hold these texts and no other Go. */
function write(dir: string, texts: Texts): void {
  for (const file of textsOf(dir).keys()) if (!texts.has(file)) rmSync(join(dir, file));
  for (const [file, text] of texts) {
    mkdirSync(dirname(join(dir, file)), { recursive: true });
    writeFileSync(join(dir, file), text);
  }
}
