import { execFile } from 'node:child_process';
import { tmpdir } from 'node:os';
import { codeOf, failure } from './errors.ts';

/** The Go toolchain of this machine. */
export interface Go {
  /** Such as `go1.26.1`; empty where Go is too old to say, as before 1.16. */
  readonly version: string;
  /** The folder of the modules that were fetched; empty where Go is too old to say. */
  readonly modules: string;
  /** Where modules are fetched from, as GOPROXY says it; empty where Go is too old to say. */
  readonly proxy: string;
  /** Patterns of modules that are fetched from their own repositories, as GONOPROXY says it. */
  readonly noProxy: string;
}

/**
 * The Go on the PATH, or undefined where there is none. It is asked outside of every module, and
 * fetches nothing. Throws where it does not answer.
 */
export async function findGo(): Promise<Go | undefined> {
  const said = await goEnv();
  // Of a variable that it does not know Go prints an empty line: an old Go is there all the same.
  const [version = '', modules = '', proxy = '', noProxy = ''] = said?.split(/\r?\n/) ?? [];
  return said === undefined ? undefined : { version, modules, proxy, noProxy };
}

const variables = ['GOVERSION', 'GOMODCACHE', 'GOPROXY', 'GONOPROXY'];

function goEnv(): Promise<string | undefined> {
  const options = {
    cwd: tmpdir(),
    timeout: 20_000,
    windowsHide: true,
    env: { ...process.env, GOTOOLCHAIN: 'local', GOWORK: 'off' },
  };
  return new Promise((resolve, reject) => {
    execFile('go', ['env', ...variables], options, (error, stdout) => {
      if (!error) resolve(stdout);
      else if (codeOf(error) === 'ENOENT') resolve(undefined);
      else reject(failure('go env does not answer', error));
    });
  });
}
