import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import type { Daemon } from '../core/chain/daemon/daemon.ts';
import { packageArgument } from '../core/chain/daemon/daemon.ts';
import { Refusal } from '../core/refusal.ts';
import { complaintsIn } from '../core/rehearse/build-progress.ts';
import { buildReason, notFetched } from '../core/rehearse/build-reason.ts';
import { toolchainSetting } from '../core/rehearse/toolchain.ts';
import type { Log } from '../host/commands/session.ts';
import { failure } from '../host/errors.ts';
import { BuildClock } from './build-clock.ts';
import { lives } from './process-table.ts';
import type { ProcessStart } from './processes.ts';
import { runCommand } from './processes.ts';
import type { RehearsalFolder } from './rehearsal-folder.ts';
import { rehearsalFolder } from './rehearsal-folder.ts';
import type { SourceTree } from './source-trees.ts';

/** A first build of everything an SDK brings takes minutes on a small machine, in silence. */
const buildLimit = 30 * 60_000;

/** What is built: the chain's node, from one of the two versions. */
export interface BuildRequest {
  /** `old` or `new`: where the tree lies, and how messages call it. */
  readonly what: 'old' | 'new';
  readonly source: SourceTree;
  readonly daemon: Daemon;
  /** The go.mod that says which Go. */
  readonly gomod: string;
  /** The command that builds it, where it is not `go build`. */
  readonly command?: string | undefined;
  readonly place: RehearsalFolder;
  readonly signal: AbortSignal;
  readonly tell: Log;
  /** Hears now and then how far it is. */
  readonly progress: (text: string) => void;
}

/**
 * Builds a version of the node, or takes the binary that was built from the same content before.
 * Gives its path.
 */
export async function build(
  request: BuildRequest,
): Promise<{ readonly binary: string; readonly cached: boolean }> {
  const { source, daemon, command = '', place } = request;
  const go = await chooseGo(request);
  const key = createHash('sha256')
    .update(
      JSON.stringify([
        2,
        source.hash,
        source.version,
        daemon,
        command,
        go,
        process.platform,
        process.arch,
        buildSettings(),
      ]),
    )
    .digest('hex')
    .slice(0, 32);
  const store = join(rehearsalFolder(), 'binaries');
  const folder = join(store, key);
  const cached = join(folder, daemon.name);
  const binary = join(place.dir, request.what, daemon.name);
  mkdirSync(join(place.dir, request.what), { recursive: true });
  if (existsSync(cached)) {
    utimesSync(folder, new Date(), new Date());
    copyFileSync(cached, binary);
    return { binary, cached: true };
  }
  const built = await buildIn(
    await source.lay(join(place.dir, `${request.what}-tree`)),
    request,
    go,
  );
  copyFileSync(built, binary);
  const half = `${folder}.${process.pid}`;
  mkdirSync(half, { recursive: true });
  copyFileSync(built, join(half, daemon.name));
  settle(half, folder);
  sweepHalves(store);
  return { binary, cached: false };
}

/**
 * The toolchain: what the environment says, else the chain's own, unless the Go at hand is of the
 * same minor release.
 */
export async function chooseGo({
  gomod,
  place,
  signal,
  tell,
}: Pick<BuildRequest, 'gomod' | 'place' | 'signal' | 'tell'>): Promise<string> {
  const given = process.env['GOTOOLCHAIN'];
  const ask = (GOTOOLCHAIN: string) =>
    runCommand(
      {
        command: 'go',
        args: ['env', 'GOVERSION'],
        cwd: place.dir,
        env: { ...process.env, GOTOOLCHAIN, GOWORK: 'off' },
      },
      place,
      { limit: 5 * 60_000, signal },
    );
  const local = (await ask('local')).out.trim();
  const { setting, isAtHand } = toolchainSetting(given, local, gomod);
  // What the environment says is not doubted.
  if (given || isAtHand) return setting;
  const fetched = await ask(setting);
  if (fetched.code === 0) return setting;
  tell(`warning: ${setting}, which go.mod asks for, could not be fetched; building with ${local}`);
  return 'local';
}

async function buildIn(root: string, request: BuildRequest, go: string): Promise<string> {
  const { daemon, command, place, signal, what, tell, progress } = request;
  const bin = join(place.dir, `${what}-bin`);
  const tmp = join(place.dir, 'tmp');
  const out = join(bin, daemon.name);
  for (const dir of [bin, tmp]) mkdirSync(dir, { recursive: true });
  // Its own temporary folder: what a killed build leaves is found, and goes with the place.
  const env = {
    ...process.env,
    GOTOOLCHAIN: go,
    GOTMPDIR: tmp,
    GOFLAGS: ownFlags(),
    ...(command !== undefined && { GOBIN: bin, OUTPUT: out }),
  };
  const start =
    command === undefined
      ? {
          command: 'go',
          args: [
            'build',
            '-v',
            '-buildvcs=false',
            '-ldflags',
            versionFlags(request),
            '-o',
            out,
            packageArgument(daemon),
          ],
          cwd: join(root, daemon.modDir),
        }
      : { command: 'sh', args: ['-c', command], cwd: root };
  const run = async (more: NodeJS.ProcessEnv) => {
    const clock = new BuildClock(progress);
    const started = { ...start, env: { ...env, ...more } };
    if (command === undefined) void countPackages(started, request, clock);
    const {
      code,
      err,
      out: said,
      timedOut,
    } = await runCommand(started, place, {
      limit: buildLimit,
      signal,
      hear: clock.hear,
    }).finally(() => clock.stop());
    if (timedOut)
      throw new Refusal(`the ${what} version was not built within ${buildLimit / 60_000} minutes`);
    return code === 0 ? undefined : complaintsIn(`${said}\n${err}`);
  };
  let problem = await run({});
  const module = problem === undefined ? undefined : notFetched(problem);
  // A workspace wants the modules of all its members, also of those the node does not need.
  if (
    module !== undefined &&
    command === undefined &&
    !process.env['GOWORK'] &&
    existsSync(join(root, 'go.work'))
  ) {
    tell(`warning: Go could not fetch ${module} for the workspace; building without go.work`);
    problem = await run({ GOWORK: 'off' });
  }
  if (problem !== undefined) {
    const hint =
      command === undefined && module === undefined
        ? '; pass --build COMMAND where it takes more than go build'
        : '';
    throw new Refusal(
      `the ${what} version (${request.source.version}) does not build: ` +
        `${buildReason(problem)}${hint}`,
    );
  }
  const built = command === undefined ? out : findBinary(root, bin, daemon.name);
  if (!built)
    throw new Refusal(
      `${JSON.stringify(command)} left no ${daemon.name} in $GOBIN, build, bin or the ` +
        'root folder, nor at $OUTPUT',
    );
  return built;
}

/**
 * Tells the clock how many packages Go will compile, which it knows while it builds; without that
 * it counts on.
 */
async function countPackages(
  { cwd, env }: ProcessStart,
  { daemon, place, signal }: BuildRequest,
  clock: BuildClock,
): Promise<void> {
  const args = ['list', '-deps', '-f', '{{if .Stale}}{{.ImportPath}}{{end}}'];
  const list = { command: 'go', args: [...args, packageArgument(daemon)], cwd, env };
  const listed = await runCommand(list, place, { limit: buildLimit, signal }).catch(
    () => undefined,
  );
  if (listed?.code === 0) clock.expect(listed.out.split('\n').filter(Boolean).length);
}

/**
 * What the environment says of how to build: Go's own variables, and those that Makefiles of chains
 * listen to.
 */
export function buildSettings(): (readonly [string, string | undefined])[] {
  const heard =
    /^(GO|CGO_|(CC|CXX|CFLAGS|LDFLAGS|BUILD_TAGS|LEDGER_ENABLED|COSMOS_BUILD_OPTIONS)$)/;
  return Object.entries(process.env)
    .filter(([name]) => heard.test(name))
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

/** The user's GOFLAGS, but for -mod: readonly is the default, and a go.work takes no other. */
export function ownFlags(): string {
  return (process.env['GOFLAGS'] ?? '')
    .split(/\s+/)
    .filter(flag => flag && !/^-?-(mod|o|C)\b/.test(flag))
    .join(' ');
}

/**
 * The linker flags by which SDK chains know their name and version; without symbols, which nobody
 * looks at here.
 */
function versionFlags({ source, daemon }: BuildRequest): string {
  const set = (name: string, value: string) =>
    `-X github.com/cosmos/cosmos-sdk/version.${name}=${value}`;
  return [
    '-s',
    '-w',
    set('Name', daemon.name.replace(/d$/, '')),
    set('AppName', daemon.name),
    set('Version', source.version),
    set('Commit', source.commit),
  ].join(' ');
}

function findBinary(root: string, bin: string, name: string): string | undefined {
  const places = [bin, join(root, 'build'), join(root, 'bin'), root].map(dir => join(dir, name));
  return [
    ...places,
    ...readdirSync(bin)
      .map(file => join(bin, file))
      .filter(path => basename(path).startsWith(name)),
  ].find(path => isProgram(path));
}

function isProgram(path: string): boolean {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat?.isFile() === true && (stat.mode & 0o111) !== 0;
}

/** Two rehearsals may build the same at once; the first one's stays. */
export function settle(half: string, folder: string): void {
  try {
    renameSync(half, folder);
  } catch (error) {
    if (!existsSync(folder)) throw failure('the binary cannot be kept', error);
    rmSync(half, { recursive: true });
  }
}

/** Removes what rehearsals that were killed had half put into a store. */
export function sweepHalves(store: string): void {
  const halves = readdirSync(store).filter(
    name => /^[0-9a-f]{32}\.\d+$/.test(name) && !lives(Number(name.split('.')[1])),
  );
  for (const name of halves) rmSync(join(store, name), { recursive: true, force: true });
}
