import { spawnSync } from 'node:child_process';

/** How a run of the Go toolchain ended. */
export interface Ran {
  readonly ok: boolean;
  /** What it said, without the modules it downloaded; empty when all is well. */
  readonly words: readonly string[];
  readonly seconds: number;
}

/**
 * Runs the Go toolchain that is installed, with the modules as they are committed. It is stopped
 * after `minutes`.
 */
export function go(cwd: string, minutes: number, ...args: string[]): Ran {
  const start = performance.now();
  const { status, stderr, error } = spawnSync('go', args, {
    cwd,
    env: goEnvironment(),
    encoding: 'utf8',
    timeout: minutes * 60_000,
    stdio: ['ignore', 'ignore', 'pipe'],
    maxBuffer: 64 << 20,
  });
  const seconds = (performance.now() - start) / 1000;
  const late = (error as NodeJS.ErrnoException | undefined)?.code === 'ETIMEDOUT';
  if (error && !late) throw new Error(`go could not be started: ${error.message}`);
  const said = stderr
    .split('\n')
    .filter(line => line.trim() !== '' && !/^(go: downloading |# |\s+server response:)/.test(line));
  return {
    ok: status === 0,
    words: late ? [`not done after ${minutes} minutes`, ...said] : said,
    seconds,
  };
}

/** Modules as they are committed, and the toolchain that is installed. */
export function goEnvironment(): NodeJS.ProcessEnv {
  return { ...process.env, GOFLAGS: '-mod=readonly -buildvcs=false', GOTOOLCHAIN: 'local' };
}

/** What Go says without the line: that moves when something is written above. */
export function withoutPlace(line: string): string {
  return line.replace(/:\d+:\d+:/, ':');
}

/** The version of Go that is installed. */
export function goVersion(): string {
  const { stdout, error } = spawnSync('go', ['env', 'GOVERSION'], { encoding: 'utf8' });
  if (error) throw new Error('Go is needed to build chains; install it');
  return stdout.trim();
}

/**
 * The modules that could not be fetched, told from what Go said, each with the answer that came
 * instead.
 */
export function notFetched(words: readonly string[]): string[] {
  const refused = words.flatMap(line => {
    const answer =
      / reading \S+: (\d{3} .+)$/.exec(line) ??
      /: (dial .*|.*timeout.*|.*no such host.*)$/.exec(line);
    // The module that stands in for another is named after it.
    const modules = [...line.matchAll(/(?:^|\s)([^\s:()]+@v[^\s:()/]+)(?=\)?: | \(replaced)/g)];
    return answer && modules.length > 0
      ? [`${(line.includes('(replaced by ') ? modules.at(-1) : modules[0])![1]} (${answer[1]})`]
      : [];
  });
  return [...new Set(refused)];
}

/** Whether Go says no more than that a module, or a package of it, is not here. */
export function isOfMissing(line: string): boolean {
  return notFetched([withoutAnswer(line)]).length > 0 || /\(invalid package name: ""\)$/.test(line);
}

/** What the proxy had to say besides stands behind its status. */
function withoutAnswer(line: string): string {
  return line.replace(/\s+server response:[\s\S]*$/, '');
}
