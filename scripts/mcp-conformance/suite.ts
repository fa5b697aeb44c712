import { execFile, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parse } from 'yaml';
import { projectRoot } from '../../test/support/root.ts';

/** The oldest Node that the suite runs on. */
const oldestNode = 22;

/** One thing that a scenario of the suite looks at. */
export interface Check {
  readonly id: string;
  readonly status: 'SUCCESS' | 'FAILURE' | 'WARNING' | 'SKIPPED' | 'INFO';
  readonly errorMessage?: string;
}

/** The official conformance suite, with a Node that it runs on. */
export class Suite {
  readonly version: string;
  private readonly dir: string;
  private readonly node: string;

  private constructor(dir: string) {
    const manifest = readFileSync(join(dir, 'package.json'), 'utf8');
    this.dir = dir;
    this.version = (JSON.parse(manifest) as { version: string }).version;
    this.node = nodeFrom(join(dir, '../..'));
  }

  /**
   * Installs the suite below `.cache/`, as a lock file pins it: versions and hashes of all
   * packages. No script of a package runs.
   */
  static install(): Suite {
    const dir = join(projectRoot, '.cache/mcp-conformance');
    mkdirSync(dir, { recursive: true });
    for (const name of ['package.json', 'package-lock.json'])
      cpSync(join(projectRoot, 'scripts/mcp-conformance/pinned', name), join(dir, name));
    const { status } = spawnSync('npm ci --ignore-scripts --no-audit --no-fund --loglevel=error', {
      cwd: dir,
      shell: true,
      stdio: ['ignore', 2, 2],
    });
    if (status !== 0) throw new Error('npm could not install the suite: see its words above');
    return new Suite(join(dir, 'node_modules/@modelcontextprotocol/conformance'));
  }

  /** The scenarios that a server of a protocol has to pass. */
  required(protocol: string): string[] {
    const text = readFileSync(join(this.dir, 'requirements', `${protocol}.yaml`), 'utf8');
    return (parse(text) as { server: string[] }).server;
  }

  /** Runs one scenario. Throws where it left no result. */
  async run(url: string, scenario: string, protocol: string): Promise<readonly Check[]> {
    const out = mkdtempSync(join(tmpdir(), 'chain-upgrade-conformance-'));
    const main = join(this.dir, 'dist/index.js');
    const options = ['--url', url, '--scenario', scenario, '--spec-version', protocol, '-o', out];
    try {
      // It ends with another status where a check fails; what it wrote says more.
      const { stdout = '', stderr = '' } = await execute(this.node, [main, 'server', ...options], {
        timeout: 120_000,
      }).catch((error: { stdout?: string; stderr?: string }) => error);
      const [folder] = readdirSync(out);
      if (folder === undefined) throw new Error(`${scenario} left no result: ${stdout}${stderr}`);
      return JSON.parse(readFileSync(join(out, folder, 'checks.json'), 'utf8')) as Check[];
    } finally {
      rmSync(out, { recursive: true, force: true });
    }
  }
}

const execute = promisify(execFile);

/** A Node that is new enough: this one, else that of an npm package. Throws where there is none. */
function nodeFrom(modules: string): string {
  if (Number(process.versions.node.split('.')[0]) >= oldestNode) return process.execPath;
  const packaged = join(modules, `node-${process.platform}-${process.arch}/bin/node`);
  if (existsSync(packaged)) return packaged;
  throw new Error(`the suite needs Node ${oldestNode} or newer`);
}
