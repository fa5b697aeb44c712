import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readChain } from '../../core/chain/analysis.ts';
import { dirname } from '../../core/files.ts';
import { go } from '../builds/go.ts';
import { appFile } from './app-file.ts';
import type { Released } from './released.ts';

const minutes = 15;
const runs = 3;

/**
 * The milliseconds that `go vet` takes for the app's packages after one more line in app.go, with
 * all else compiled before: the best of some runs. The line is laid over the file, which stays as
 * it is. Throws Go's words where the chain does not build.
 */
export function measureVet({ root, now }: Pick<Released, 'root' | 'now'>): number {
  const app = readChain(now).apps[0]!;
  const file = appFile(now, app.dir)!;
  const module = dirname(app.sdk.gomod);
  const folder = mkdtempSync(join(tmpdir(), 'chain-upgrade-vet-'));
  const packages = `./${app.dir.slice(module === '' ? 0 : module.length + 1)}/...`.replace(
    './/',
    './',
  );
  const vet = (i: number) => {
    writeFileSync(
      join(folder, 'app.go'),
      `${now.texts.get(file)!}\nvar _ = ${i} * ${process.pid}\n`,
    );
    writeFileSync(
      join(folder, 'overlay.json'),
      JSON.stringify({ Replace: { [join(root, file)]: join(folder, 'app.go') } }),
    );
    const { ok, words, seconds } = go(
      join(root, module),
      minutes,
      'vet',
      '-overlay',
      join(folder, 'overlay.json'),
      packages,
    );
    // What vet has to say against a chain that compiles does not matter here.
    if (
      (!ok && !words.every(line => /^(vet: )?\S+\.go:\d+:\d+: /.test(line))) ||
      words.some(line => /could not import|undefined:|not done after/.test(line))
    )
      throw new Error(`go vet ${packages} in ${root}: ${words[0] ?? 'failed'}`);
    return seconds * 1000;
  };
  try {
    vet(0);
    return Math.min(...Array.from({ length: runs }, (_, i) => vet(i + 1)));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
