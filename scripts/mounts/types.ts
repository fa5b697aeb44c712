import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, posix, relative } from 'node:path';
import { moduleOf } from '../builds/build-app.ts';
import { checkOut } from '../builds/checkout.ts';
import { go, isOfMissing, notFetched } from '../builds/go.ts';
import { overlayOf } from '../builds/states.ts';
import { typeChecked } from '../builds/type-checked.ts';
import type { MountTrial } from './trial.ts';

/**
 * What Go says of the types of a mounted module, in one line: `types fit`, `types fit, in part`
 * where modules could not be fetched, `not fetched` where that is all there is to say, or the first
 * error.
 */
export function typesOf(repository: string, commit: string, trial: MountTrial): string {
  const checkout = checkOut(repository, commit);
  const folder = mkdtempSync(join(tmpdir(), 'chain-upgrade-states-'));
  try {
    for (const [file, text] of trial.laid) {
      mkdirSync(join(checkout.dir, dirname(file)), { recursive: true });
      writeFileSync(join(checkout.dir, file), text);
    }
    const module = moduleOf(checkout.dir, trial.app.dir);
    const below = posix.join(relative(module, join(checkout.dir, trial.app.dir)), '...');
    const packages = `./${below}`;
    const fetched = go(module, 5, 'list', '-deps', packages);
    const lacking = fetched.ok ? [] : notFetched(fetched.words);
    if (!fetched.ok && !go(module, 5, 'list', '-e', packages).ok) return 'not fetched';
    const { edits } = trial.plan!;
    const changed = new Set(
      edits
        .filter(({ file }) => file.endsWith('.go'))
        .map(({ file }) => `./${relative(module, join(checkout.dir, dirname(file)))}`),
    );
    const overlay = overlayOf(checkout.dir, edits, folder);
    const { after } = typeChecked({ module, packages }, [
      { variant: 'mount', plan: trial.plan!, overlay, changed: [...changed], unformatted: [] },
    ]);
    return saidOfTypes(after[0]?.words ?? [], lacking.length > 0);
  } finally {
    rmSync(folder, { recursive: true, force: true });
    checkout.remove();
  }
}

/**
 * The same by what Go said of the types, and whether it lacked modules before: that one is not there
 * is no error of what was written.
 */
export function saidOfTypes(words: readonly string[], isLacking: boolean): string {
  const error = words.find(line => !isOfMissing(line));
  if (error !== undefined) return error;
  if (words.length > 0) return 'not fetched';
  return isLacking ? 'types fit, in part' : 'types fit';
}
