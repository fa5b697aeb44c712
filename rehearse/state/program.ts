import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { Refusal } from '../../core/refusal.ts';
import { buildReason } from '../../core/rehearse/build-reason.ts';
import type {
  HeldType,
  StateComparison,
  StateFacts,
  StateTotals,
} from '../../core/rehearse/state-facts.ts';
import { stateProgram } from '../../core/rehearse/state-program.ts';
import type { Generation } from '../../core/sdk/generations.ts';
import type { Log } from '../../host/commands/session.ts';
import { chooseGo, ownFlags } from '../build.ts';
import type { ProcessOutcome } from '../processes.ts';
import { runCommand } from '../processes.ts';
import type { RehearsalFolder } from '../rehearsal-folder.ts';
import type { RehearsedVersion } from '../rehearsal-input.ts';
import type { SourceTree } from '../source-trees.ts';
import { keptProgram } from './kept-program.ts';
import type { Backend } from './recognise.ts';
import { backendOf } from './recognise.ts';

const buildLimit = 30 * 60_000;
/** Comparing some hundred million keys takes an hour. */
const runLimit = 3 * 60 * 60_000;
/** The folder of the program in the copy of the version. */
const folder = 'chain-upgrade-state';

/** The modules that the program is built of. */
export interface StateModules {
  readonly generation: Generation | null;
  /** The folder of the go.mod the node is built with. */
  readonly modDir: string;
  readonly gomod: string;
  /** Whether some come from the tree itself, whose files then count; all others never change. */
  readonly takesOwn: boolean;
}

/** The modules that a version's node is built with; `root` is the repository's folder. */
export function modulesOf(
  { app, daemon, gomod, repo }: RehearsedVersion,
  root: string,
): StateModules {
  const mod = repo.modOf(daemon.dir);
  const isLocal = (path: string) => path.startsWith('.') || isAbsolute(path);
  const takesOwn =
    !mod || mod.replace.some(({ to }) => isLocal(to)) || isOverruled(join(root, daemon.modDir));
  return { generation: app.sdk.generation, modDir: daemon.modDir, gomod, takesOwn };
}

/** Whether Go takes modules from elsewhere than go.mod says: from `vendor`, or as a go.work tells it. */
function isOverruled(module: string): boolean {
  if (existsSync(join(module, 'vendor/modules.txt'))) return true;
  for (let dir = resolve(module); ; dir = dirname(dir)) {
    if (existsSync(join(dir, 'go.work'))) return true;
    if (dir === dirname(dir)) return false;
  }
}

/** What the program is built from: one of the two versions of the chain. */
export interface StateProgramRequest {
  readonly what: 'old' | 'new';
  readonly modules: StateModules;
  readonly source: SourceTree;
  readonly backend: Backend;
  readonly place: RehearsalFolder;
  readonly signal: AbortSignal;
  readonly tell: Log;
}

/** A plan to make pending. */
export interface StatePlan {
  readonly name: string;
  readonly height: number;
}

/** A state of a home: its newest, or the one of a height. */
export interface StateAt {
  readonly home: string;
  readonly height?: number;
}

/** The Go program that reads and changes states; it works on copies only, for databases write. */
export class StateProgram {
  private readonly path: string;
  private readonly place: RehearsalFolder;
  private readonly signal: AbortSignal;

  private constructor(path: string, { place, signal }: StateProgramRequest) {
    this.path = path;
    this.place = place;
    this.signal = signal;
  }

  /**
   * Builds it in a copy of the old version, or takes what was built from the same modules before.
   * Throws one line where that cannot be.
   */
  static async build(request: StateProgramRequest): Promise<StateProgram> {
    const { modules, backend, source } = request;
    const { generation, gomod, takesOwn } = modules;
    const texts = generation === null ? undefined : stateProgram(generation);
    if (!texts)
      throw new Refusal(
        `a state of Cosmos SDK ${generation ?? 'of an unknown version'} cannot be read: ` +
          'rehearse without --state',
      );
    const go = await chooseGo({ ...request, gomod });
    const from = [[...texts], gomod, takesOwn && source.hash, backend, go, ...settings()];
    const path = await keptProgram('state', from, to => compile(to, texts, go, request));
    return new StateProgram(path, request);
  }

  /**
   * Undoes in a home what a node that ended uncleanly has saved beyond its last commit, and gives
   * what the state says of itself.
   */
  settle(home: string): Promise<StateFacts> {
    const data = join(home, 'data');
    return this.ask<StateFacts>('settle', backendOf(data), data);
  }

  /** What the newest state of a home says of itself. */
  describe(home: string): Promise<StateFacts> {
    const data = join(home, 'data');
    return this.ask<StateFacts>('describe', backendOf(data), data);
  }

  /**
   * Makes a plan pending in a home, or moves it to another height, which adds a height to the home.
   * Does nothing where it is pending for that height already; throws where another plan is, or the
   * height comes too early.
   */
  writePlan(home: string, { name, height }: StatePlan): Promise<StateFacts> {
    const data = join(home, 'data');
    return this.ask<StateFacts>('plan', backendOf(data), data, name, String(height));
  }

  /**
   * How a state differs from another, store by store; `limit` is of how many keys of each store are
   * named.
   */
  compareStores(before: StateAt, after: StateAt, limit = 10): Promise<StateComparison> {
    const args = [before, after].flatMap(argumentsFor);
    return this.ask<StateComparison>('compare', ...args, String(limit));
  }

  /**
   * Which stores of a state differ from those of another, by their hashes alone: their keys are not
   * read, and the numbers of them are 0.
   */
  changedStores(before: StateAt, after: StateAt): Promise<StateComparison> {
    return this.compareStores(before, after, -1);
  }

  /** The sums of a state that have to add up. */
  totals(state: StateAt): Promise<StateTotals> {
    return this.ask<StateTotals>('totals', ...argumentsFor(state));
  }

  /** The types that a state names in open proposals, grants, allowances and accounts. */
  heldTypes(state: StateAt): Promise<readonly HeldType[]> {
    return this.ask<readonly HeldType[]>('held', ...argumentsFor(state));
  }

  private async ask<T>(...args: string[]): Promise<T> {
    const outcome = await runCommand(
      { command: this.path, args, cwd: this.place.dir, env: process.env },
      this.place,
      { limit: runLimit, signal: this.signal },
    );
    if (outcome.code !== 0) throw new Refusal(`the state cannot be used: ${lastLine(outcome)}`);
    return JSON.parse(outcome.out) as T;
  }
}

function argumentsFor({ home, height = 0 }: StateAt): string[] {
  const data = join(home, 'data');
  return [backendOf(data), data, String(height)];
}

function lastLine({ err, code }: ProcessOutcome): string {
  return err.trim().split('\n').at(-1) || `its program ended with ${code ?? 'a signal'}`;
}

/** What of the environment Go builds by. */
function settings(): readonly (string | undefined)[] {
  return [ownFlags(), process.env['GOWORK'], process.env['CGO_ENABLED']];
}

async function compile(
  path: string,
  texts: ReadonlyMap<string, string>,
  go: string,
  { what, modules, source, backend, place, signal }: StateProgramRequest,
): Promise<void> {
  const root = await source.lay(join(place.dir, `state-tree-${what}`));
  const module = join(root, modules.modDir);
  const dir = join(module, folder);
  const tmp = join(place.dir, 'tmp');
  for (const made of [dir, tmp]) mkdirSync(made, { recursive: true });
  for (const [name, text] of texts) writeFileSync(join(dir, name), text);
  const args = ['build', '-buildvcs=false', '-ldflags', '-s -w'];
  if (backend === 'pebbledb') args.push('-tags', backend);
  const run = (more: NodeJS.ProcessEnv) =>
    runCommand(
      {
        command: 'go',
        args: [...args, '-o', path, `./${folder}`],
        cwd: module,
        env: { ...process.env, GOTOOLCHAIN: go, GOTMPDIR: tmp, GOFLAGS: ownFlags(), ...more },
      },
      place,
      { limit: buildLimit, signal },
    );
  let outcome = await run({});
  // A workspace wants the modules of all its members, also of those that are not needed here.
  if (outcome.code !== 0 && existsSync(join(root, 'go.work')))
    outcome = await run({ GOWORK: 'off' });
  if (outcome.code !== 0)
    throw new Refusal(
      `the program that reads states does not build with the ${what} version's modules: ` +
        buildReason(`${outcome.out}\n${outcome.err}`),
    );
}
