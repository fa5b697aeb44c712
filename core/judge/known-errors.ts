import type { Chain } from '../chain/chain.ts';
import type { Diagnostic } from '../lint/diagnostic.ts';
import type { DeclaredChange } from '../plan/task.ts';

/**
 * What a plan with an upgrade says of the errors that are in the tree already and stay there, one
 * line each: with them the chain would halt although nothing is wrong with what was written. Those
 * of other apps are not its own.
 */
export function knownErrorNotes(
  errors: readonly Diagnostic[],
  chain: Chain,
  declared: readonly DeclaredChange[],
): string[] {
  const apps = declared.filter(({ kind }) => kind === 'upgrade').map(({ dir }) => dir);
  return errors
    .filter(({ location }) => apps.some(dir => mayBeOf(chain, dir, location.file)))
    .map(noteOf);
}

/** Whether a file is no other app's: in this app's folder, or in none. */
function mayBeOf({ apps }: Chain, dir: string, file: string): boolean {
  return !apps.some(
    other => other.dir !== dir && isBelow(file, other.dir) && !isBelow(dir, other.dir),
  );
}

function isBelow(path: string, dir: string): boolean {
  return dir === '' || path.startsWith(`${dir}/`);
}

function noteOf({ rule, location, message }: Diagnostic): string {
  return (
    `Mend this first, or the upgrade fails (${rule}, ${location.file}:${location.line}): ${message}. ` +
    'It is in the code already, and this plan leaves it there.'
  );
}
