import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '../support/root.ts';

/** A copy of the chain in `test/go/chain`, to scaffold into and to give to the Go toolchain. */
export class GoChain {
  readonly dir = mkdtempSync(join(tmpdir(), 'chain-upgrade-go-'));

  constructor() {
    cpSync(join(projectRoot, 'test/go/chain'), this.dir, { recursive: true });
  }

  /** Takes the upgrades out: what is left is a chain that never had one. */
  withoutUpgrades(): this {
    rmSync(join(this.dir, 'app/upgrades.go'));
    rmSync(join(this.dir, 'app/upgrades'), { recursive: true });
    this.replace('app/app.go', '\tapp.setupUpgradeHandlers()\n\tapp.setupUpgradeStoreLoaders()\n', '');
    return this;
  }

  /** Replaces what stands exactly once in a file. */
  replace(file: string, before: string, after: string): void {
    const text = readFileSync(join(this.dir, file), 'utf8'), parts = text.split(before);
    if (parts.length !== 2) throw new Error(`${file} has ${parts.length - 1} times: ${before}`);
    writeFileSync(join(this.dir, file), parts.join(after));
  }

  /** Runs `chain-upgrade` in the copy and returns its standard output; throws its words when it fails. */
  chainUpgrade(...args: string[]): string {
    return this.run(process.execPath, [join(projectRoot, 'dist/cli/main.js'), ...args]);
  }

  /** Runs the Go toolchain; throws Go's own words when it fails. */
  go(...args: string[]): string {
    return this.run('go', args);
  }

  /** The Go files that gofmt would change. */
  unformatted(): string {
    return this.run('gofmt', ['-l', '.']);
  }

  remove(): void {
    rmSync(this.dir, { recursive: true, force: true });
  }

  private run(command: string, args: readonly string[]): string {
    const env = { ...process.env, GOFLAGS: '-mod=readonly -buildvcs=false', GOTOOLCHAIN: 'local' };
    const { status, stdout, stderr, error } = spawnSync(command, args, { cwd: this.dir, encoding: 'utf8', env, maxBuffer: 64 << 20 });
    if (status === 0) return stdout;
    throw new Error(`${command} ${args.join(' ')}: ${error?.message ?? `exit ${status}`}\n${stdout}${stderr}`);
  }
}
