import { readErasOf } from '../chain/eras/eras.ts';
import type { Repo } from '../go/repo/repo.ts';
import type { DeclaredEras } from '../plan/task.ts';

/**
 * What is wrong with the eras that a plan was to bring about: those that were declared have to be
 * supported, in that order, and every switch has to hold a behaviour for each and for no other.
 */
export function erasFault(
  after: Repo,
  { dir, supported, switches }: DeclaredEras,
): string | undefined {
  const is = readErasOf(after, { dir });
  if (!is) return 'the eras would not be there';
  const names = is.supported.map(({ name }) => name);
  if (!is.isWhole || names.join() !== supported.join())
    return `the supported eras would be ${names.join(', ')}`;
  if (is.switches.length !== switches)
    return `there would be ${is.switches.length} switches of eras instead of ${switches}`;
  const wanted = [...supported].sort().join();
  const gap = is.switches.find(
    one =>
      one.eras
        .map(({ name }) => name ?? '')
        .sort()
        .join() !== wanted,
  );
  return gap && `the switch ${gap.name ?? ''} would not have one behaviour for each era`;
}
