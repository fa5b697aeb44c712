import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';

/** A part of the tests with needs of its own. */
export interface Suite {
  readonly name: string;
  /** Arguments for Node; the process ends with the line `N passed, N failed`. */
  readonly args: readonly string[];
  /** What this machine lacks for it, and undefined where it lacks nothing. */
  readonly missing: () => Promise<string | undefined> | string | undefined;
  /** The limit after which it is stopped. */
  readonly minutes: number;
}

const mocha = 'dist/scripts/test/mocha.js';
const oldestGo = 26;

/**
 * Every suite, in the order they run: the quick ones first. `unit` is all that no other suite
 * claims.
 */
export function availableSuites(): readonly Suite[] {
  const files = testFiles();
  const claims: Record<string, (file: string) => boolean> = {
    contract: file => file === 'dist/test/contract.test.js',
    package: file => file === 'dist/test/package.test.js',
    yo: file => /^dist\/test\/(generators\/)?yo\b/.test(file),
    go: file => file.startsWith('dist/test/go/'),
    truth: file => file.startsWith('dist/test/truth/'),
    live: file => file.startsWith('dist/test/live/'),
    vscode: file => file.startsWith('dist/test/vscode/'),
  };
  const claimed = (file: string) => Object.values(claims).some(claim => claim(file));
  const of = (name: string) => files.filter(claims[name]!);
  const nothing = () => undefined;
  return [
    {
      name: 'unit',
      args: [mocha, ...files.filter(file => !claimed(file))],
      missing: nothing,
      minutes: 10,
    },
    { name: 'contract', args: [mocha, ...of('contract')], missing: nothing, minutes: 5 },
    { name: 'package', args: [mocha, ...of('package')], missing: nothing, minutes: 10 },
    { name: 'yo', args: [mocha, ...of('yo')], missing: nothing, minutes: 10 },
    { name: 'go', args: [mocha, ...of('go')], missing: missingGo, minutes: 35 },
    { name: 'live', args: [mocha, ...of('live')], missing: onlyInCI('live'), minutes: 35 },
    { name: 'truth', args: [mocha, ...of('truth')], missing: onlyInCI('truth'), minutes: 45 },
    {
      name: 'vscode',
      args: ['dist/test/vscode/host/main.js'],
      missing: missingEditor,
      minutes: 20,
    },
  ];
}

function testFiles(): string[] {
  const names = existsSync('dist/test')
    ? readdirSync('dist/test', { recursive: true, encoding: 'utf8' })
    : [];
  return names
    .filter(name => name.endsWith('.test.js'))
    .map(name => `dist/test/${name.replaceAll('\\', '/')}`)
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

/** The extension's tests find their own editor, and say why there is none. */
async function missingEditor(): Promise<string | undefined> {
  const { chooseHost } = await import('../../test/vscode/host/choose.ts');
  return chooseHost('.', undefined).then(
    () => undefined,
    (error: Error) => error.message,
  );
}
