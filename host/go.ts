import { execFile } from 'node:child_process';
import { tmpdir } from 'node:os';
import { codeOf, failure } from './errors.ts';

/** The Go toolchain of this machine. */
export interface Go {
  /** Such as `go1.26.1`; empty where Go is too old to say. */
  readonly version: string;
  /** The folder of the modules that were fetched. */
  readonly modules: string;
  /** Where modules are fetched from, as GOPROXY says it. */
  readonly proxy: string;
}

/**
 * The Go on the PATH, or undefined where there is none. It is asked outside of every module, and
 * fetches nothing. Throws where it does not answer.
 */
export async function findGo(): Promise<Go | undefined> {
  const [version = '', modules = '', proxy = ''] = (await goEnv())?.split(/\r?\n/) ?? [];
  return modules === '' && version === '' ? undefined : { version, modules, proxy };
}

function goEnv(): Promise<string | undefined> {
  const options = {
    cwd: tmpdir(),
    timeout: 20_000,
    windowsHide: true,
    env: { ...process.env, GOTOOLCHAIN: 'local', GOWORK: 'off' },
  };
  return new Promise((resolve, reject) => {
    execFile('go', ['env', 'GOVERSION', 'GOMODCACHE', 'GOPROXY'], options, (error, stdout) => {
      if (!error) resolve(stdout);
      else if (codeOf(error) === 'ENOENT') resolve(undefined);
      else reject(failure('go env does not answer', error));
    });
  });
}
