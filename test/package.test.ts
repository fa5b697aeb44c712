import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import {
  copyFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import JSZip from 'jszip';
import { projectRoot } from './support/root.ts';

const manifest = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as {
  version: string;
  bin: Record<string, string>;
  scripts: Record<string, string>;
  repository?: unknown;
};

/** All that is in the extension. */
const vsix = [
  '[Content_Types].xml',
  'extension.vsixmanifest',
  'extension/LICENSE.txt',
  'extension/changelog.md',
  'extension/dist/engine.cjs',
  'extension/dist/example-chain.json',
  'extension/dist/extension.cjs',
  'extension/dist/third-party-licenses.txt',
  'extension/dist/wasm/tree-sitter-go.wasm',
  'extension/dist/wasm/versions.json',
  'extension/dist/wasm/web-tree-sitter.wasm',
  ...readdirSync(join(projectRoot, 'docs/rules')).map(page => `extension/docs/rules/${page}`),
  'extension/media/icon.png',
  'extension/media/view.svg',
  ...['lint', 'open', 'rehearse', 'upgrade', 'view'].map(
    picture => `extension/media/walkthrough/${picture}.svg`,
  ),
  'extension/l10n/bundle.l10n.json',
  'extension/package.json',
  'extension/package.nls.json',
  'extension/readme.md',
  'extension/snippets/go.json',
];

/** What the extension may take, in bytes. */
const mostBytes = 1_500_000;

/** All that may be in the npm package, and what must be. */
const npmMay =
  /^(package\.json|README\.md|CHANGELOG\.md|LICENSE|dist\/third-party-licenses\.txt|docs\/rules\/[\w-]+\.md|docs\/wiring-styles\.md|dist\/wasm\/[\w.-]+|dist\/core\/.+\.(js|d\.ts)|dist\/bundle\/[\w-]+\.js|dist\/cli\/mcp\/sdk\.js|dist\/(generators|host|operate|rehearse)\/.+\.js)$/;
const npmMust = [
  'CHANGELOG.md',
  'LICENSE',
  'README.md',
  'package.json',
  'dist/bundle/main.js',
  'dist/core/api.d.ts',
  'dist/core/api.js',
  'dist/generators/app/index.js',
  'dist/generators/migration/index.js',
  'dist/generators/mount/index.js',
  'dist/third-party-licenses.txt',
  'dist/wasm/tree-sitter-go.wasm',
  'dist/wasm/versions.json',
  'dist/wasm/web-tree-sitter.wasm',
  'docs/rules/store-not-added.md',
];

describe('packages', function () {
  this.timeout(5 * 60_000);
  const temp = mkdtempSync(join(tmpdir(), 'chain-upgrade-package-'));
  after(() => rmSync(temp, { recursive: true, force: true }));

  it('the extension holds what it needs and nothing else', async () => {
    const file = join(temp, 'extension.vsix');
    npm('run', 'package', '--', '--out', file);
    assert.deepEqual((await zipEntries(file)).sort(), [...vsix].sort());
    assert.ok(statSync(file).size <= mostBytes, `${statSync(file).size} of ${mostBytes} bytes`);
  });

  it('the README links to the repository as soon as package.json names one', () => {
    assert.equal(
      manifest.scripts['package']?.includes('--no-rewrite-relative-links'),
      manifest.repository === undefined,
    );
  });

  describe('npm', () => {
    const home = join(temp, 'package');
    let files: readonly string[] = [];
    before(() => {
      npm('pack', '--pack-destination', temp);
      const tarball = join(temp, `generator-chain-upgrade-${manifest.version}.tgz`);
      files = run('tar', ['-tzf', tarball], temp)
        .trim()
        .split('\n')
        .map(name => name.replace(/^package\//, ''));
      run('tar', ['-xzf', tarball, '-C', temp], temp);
      // Its dependencies as locked, from npm's cache where they are; no development dependency
      // among them.
      copyFileSync(join(projectRoot, 'package-lock.json'), join(home, 'package-lock.json'));
      npmIn(
        home,
        'ci',
        '--omit=dev',
        '--ignore-scripts',
        '--prefer-offline',
        '--no-audit',
        '--no-fund',
      );
    });

    it('holds what it needs and nothing else', () => {
      assert.deepEqual(
        files.filter(file => !npmMay.test(file)),
        [],
      );
      assert.deepEqual(
        npmMust.filter(file => !files.includes(file)),
        [],
      );
    });

    it('shows Yeoman the generators that are meant and no other', () => {
      const found = files.filter(file =>
        /^(generators\/|lib\/generators\/|dist\/generators\/|)[^/]+\/index\.(ts|cts|mts|js|cjs|mjs)$/.test(
          file,
        ),
      );
      assert.deepEqual(found.sort(), [
        'dist/generators/app/index.js',
        'dist/generators/era/index.js',
        'dist/generators/guard/index.js',
        'dist/generators/migration/index.js',
        'dist/generators/mount/index.js',
        'dist/generators/operators/index.js',
      ]);
    });

    it('is a library', () => {
      const program = `
        import { readFileSync } from 'node:fs';
        import { loadRepo, memoryFiles, readChain, startParser } from 'generator-chain-upgrade/core';
        const wasm = name => readFileSync('dist/wasm/' + name + '.wasm');
        const parser = await startParser({ runtime: wasm('web-tree-sitter'), go: wasm('tree-sitter-go') });
        const repo = await loadRepo(memoryFiles({ 'go.mod': 'module m', 'a.go': 'package a' }), parser);
        console.log(JSON.stringify(readChain(repo).apps));`;
      assert.equal(
        run(process.execPath, ['--input-type=module', '--eval', program], home).trim(),
        '[]',
      );
    });

    it('has types that a TypeScript project can use', () => {
      writeFileSync(
        join(home, 'use.ts'),
        "import { planUpgrade } from 'generator-chain-upgrade/core';\nimport type { Plan } from 'generator-chain-upgrade/core';\n" +
          'export const plan: typeof planUpgrade = planUpgrade;\nexport type Refused = Plan["refused"];\n// @ts-expect-error: types are there and not any\nexport const bad: number = planUpgrade;\n',
      );
      const tsc = join(projectRoot, 'node_modules/typescript/bin/tsc');
      const types = ['--typeRoots', join(projectRoot, 'node_modules/@types'), '--types', 'node'];
      run(
        process.execPath,
        [
          tsc,
          '--noEmit',
          '--strict',
          '--skipLibCheck',
          '--module',
          'nodenext',
          '--target',
          'es2022',
          ...types,
          'use.ts',
        ],
        home,
      );
    });

    it('is a command', () => {
      const bin = manifest.bin['chain-upgrade'] ?? '';
      assert.match(readFileSync(join(home, bin), 'utf8'), /^#!\/usr\/bin\/env node\n/);
      assert.equal(run(process.execPath, [bin, '--version'], home).trim(), manifest.version);
    });

    it('is run without an install', () => {
      const chain = join(projectRoot, 'test/chains/list');
      const tarball = join(temp, `generator-chain-upgrade-${manifest.version}.tgz`);
      const words = ['--yes', '--prefer-offline', '-p', tarball, 'chain-upgrade', 'lint', chain];
      const elsewhere = mkdtempSync(join(temp, 'elsewhere-'));
      const line = `npx ${words.map(word => JSON.stringify(word)).join(' ')} --format json`;
      const report = JSON.parse(run(line, [], elsewhere, true)) as { root: string };
      assert.equal(report.root, chain);
    });

    it('serves editors and agents with what is installed', async () => {
      const bin = manifest.bin['chain-upgrade']!;
      const hello = (params: object) =>
        JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'initialize', params });
      const editor = hello({ processId: null, rootUri: null, capabilities: {} });
      const sent = `Content-Length: ${editor.length}\r\n\r\n${editor}`;
      const isOurs = /"serverInfo":\{"name":"chain-upgrade"/;
      assert.match(await firstAnswer([bin, 'lsp'], sent, home), isOurs);
      const clientInfo = { name: 'test', version: '1' };
      const agent = hello({ protocolVersion: '2025-06-18', capabilities: {}, clientInfo });
      assert.match(await firstAnswer([bin, 'mcp'], `${agent}\n`, home), isOurs);
    });

    it('is a generator', () => {
      const program =
        "const { default: Generator } = await import('./dist/generators/app/index.js'); console.log(typeof Generator.prototype.run);";
      assert.equal(
        run(process.execPath, ['--input-type=module', '--eval', program], home).trim(),
        'function',
      );
    });
  });
});

/** What a server says first when it is greeted; then it is ended. */
async function firstAnswer(args: readonly string[], hello: string, cwd: string): Promise<string> {
  const server = spawn(process.execPath, args, { cwd, stdio: ['pipe', 'pipe', 'inherit'] });
  let said = '';
  server.stdin.write(hello);
  for await (const chunk of server.stdout.setEncoding('utf8')) {
    said += chunk as string;
    if (said.includes('"serverInfo"')) break;
  }
  server.kill();
  return said;
}

async function zipEntries(file: string): Promise<string[]> {
  return Object.keys((await JSZip.loadAsync(readFileSync(file))).files);
}

function npm(...args: string[]): string {
  return npmIn(projectRoot, ...args);
}

/** A shell, because npm is a .cmd file on Windows. */
function npmIn(dir: string, ...args: string[]): string {
  return run(`npm ${args.map(arg => JSON.stringify(arg)).join(' ')}`, [], dir, true);
}

function run(command: string, args: readonly string[], cwd: string, shell = false): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd,
    shell,
    encoding: 'utf8',
  });
  assert.ok(
    status === 0,
    `${command} ${args.join(' ')}: ${error?.message ?? `exit ${status}`}\n${stdout}${stderr}`,
  );
  return stdout;
}
