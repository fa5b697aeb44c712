import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Repo } from '../../core/go/repo/repo.ts';
import type { Diagnostic } from '../../core/lint/diagnostic.ts';
import { fixAll } from '../../core/lint/fix-all.ts';
import type { Generation } from '../go/generations.ts';
import { edited } from '../support/edits.ts';
import { storesToAsk } from './explained.ts';
import type { Blocks } from './lanes.ts';
import { Lanes } from './lanes.ts';
import type { Row, Step } from './row.ts';
import type { Reading, Texts } from './versions.ts';
import { plan, Versions } from './versions.ts';

/**
 * What became of a node: the step that failed and its words, or no step and the state in the end.
 */
export interface Happened {
  readonly step?: Step;
  readonly words?: string;
  /** The height the plan was applied at, 0 where it was not. */
  readonly done?: number;
  /** The modules' versions before and after. */
  readonly before?: Readonly<Record<string, number>>;
  readonly versions?: Readonly<Record<string, number>>;
  /** Those of the stores asked for that the node serves. */
  readonly stores?: readonly string[];
  readonly state?: Readonly<Record<string, unknown>>;
}

/**
 * What came of a row: what the tool read, what the node did, and what it did once the rule's own
 * repair was applied, where it offers one.
 */
export interface Tried {
  readonly reading: Reading;
  readonly happened: Happened;
  readonly repaired: Repaired | undefined;
}

/** A repair by its title, the errors that lint still finds, and what happened. */
export interface Repaired {
  readonly repair: string;
  readonly left: readonly Diagnostic[];
  readonly happened: Happened;
}

/** The two versions of an example chain, and the homes of nodes that stand between them. */
export class Bench {
  readonly versions: Versions;
  private readonly dir = mkdtempSync(join(tmpdir(), 'chain-upgrade-truth-'));
  private readonly lanes: Lanes;
  /** What happens to source that was run already, by its texts. */
  private readonly known = new Map<string, Promise<Happened>>();
  private runs = 0;

  constructor(generation: Generation) {
    this.versions = new Versions(generation);
    this.lanes = new Lanes(generation, Math.min(availableParallelism(), 2));
  }

  /** Runs the old version until it stops for the upgrade, and the good next version after it. */
  async start(): Promise<Happened> {
    const { released, good } = this.versions;
    const [old, next] = await Promise.all([this.lanes.compile(released), this.lanes.compile(good)]);
    await old.run('TestOldVersionHalts', this.home('halted'), plan);
    cpSync(this.home('halted'), this.home('upgraded'), { recursive: true });
    await next.run('TestNewVersionUpgrades', this.home('upgraded'), plan);
    const happened = this.look(next, this.home('halted'), []);
    this.known.set(keyOf(good, this.home('halted')), happened);
    await happened;
    for (const blocks of [old, next]) blocks.remove();
    return happened;
  }

  /** Makes a row's mistake and runs it, and then its repair. */
  async tried(row: Row): Promise<Tried> {
    const reading = await this.versions.read(row);
    const [happened, repaired] = await Promise.all([
      this.happens(row, reading),
      this.repaired(row, reading),
    ]);
    return { reading, happened, repaired };
  }

  remove(): void {
    this.versions.remove();
    this.lanes.remove();
    rmSync(this.dir, { recursive: true, force: true });
  }

  private async happens(row: Row, reading: Reading): Promise<Happened> {
    const { good, released } = this.versions;
    const broken = edited(good, row.edits);
    if (row.where !== 'both') return this.run(broken, this.homeOf(row), storesToAsk(reading));
    const home = this.home(`halted-${this.runs++}`);
    const old = await this.lanes.compile(edited(released, row.edits));
    try {
      await old.run('TestOldVersionHalts', home, plan);
    } catch (error) {
      const words = /blocks_test\.go:\d+: (.*)/.exec((error as Error).message)?.[1];
      if (words === undefined) throw error;
      return { step: 'old version', words };
    } finally {
      old.remove();
    }
    return this.run(broken, home);
  }

  /**
   * Where the mistake is in the released version too, repaired source meets a chain that never had
   * it.
   */
  private async repaired(row: Row, { now, relint }: Reading): Promise<Repaired | undefined> {
    const fix = relint(now).find(({ rule }) => rule === row.rule)?.fixes[0];
    if (!fix) return undefined;
    const look = (repo: Repo) => ({ problems: relint(repo), applied: [] });
    const fixed = fixAll(now, look, problem => problem.fixes[0]);
    const left = fixed.problems.filter(({ severity }) => severity === 'error');
    return {
      repair: fix.title,
      left,
      happened: await this.run(new Map(fixed.repo.texts), this.homeOf(row)),
    };
  }

  private run(texts: Texts, home: string, stores: readonly string[] = []): Promise<Happened> {
    const key = keyOf(texts, home);
    const known = this.known.get(key) ?? this.compileAndLook(texts, home, stores);
    this.known.set(key, known);
    return known;
  }

  private async compileAndLook(
    texts: Texts,
    home: string,
    stores: readonly string[],
  ): Promise<Happened> {
    const blocks = await this.lanes.compile(texts);
    try {
      return await this.look(blocks, home, stores);
    } finally {
      blocks.remove();
    }
  }

  /** What happens in a copy of a home. */
  private async look(blocks: Blocks, home: string, stores: readonly string[]): Promise<Happened> {
    const copy = this.home(`copy-${this.runs++}`);
    const file = `${copy}.json`;
    cpSync(home, copy, { recursive: true });
    try {
      await blocks.run('TestTruth', copy, plan, { TRUTH_FILE: file, TRUTH_STORES: stores.join() });
      return JSON.parse(readFileSync(file, 'utf8')) as Happened;
    } finally {
      rmSync(copy, { recursive: true, force: true });
    }
  }

  private homeOf({ where }: Row): string {
    return this.home(where === 'patch' ? 'upgraded' : 'halted');
  }

  private home(name: string): string {
    return join(this.dir, name);
  }
}

function keyOf(texts: Texts, home: string): string {
  return JSON.stringify([home, [...texts].sort(([a], [b]) => (a < b ? -1 : 1))]);
}
