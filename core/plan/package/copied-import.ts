import { basename, dirname } from '../../files.ts';
import { qualifierOf } from '../../go/edit/imports.ts';
import { freeImport } from '../../go/edit/imports-in-use.ts';
import type { FileFacts } from '../../go/source/facts.ts';
import { importsOf } from '../../go/source/facts.ts';
import type { Registration } from '../../wiring/style.ts';
import type { Job } from '../upgrade/job.ts';
import { nameOf } from '../upgrade/neighbour.ts';
import { respellIdentifier } from './naming.ts';
import type { PackageName } from './upgrade-package.ts';
import { needsAlias } from './upgrade-package.ts';

/**
 * Imports the new upgrade's package into a file as the neighbour's is imported there. Returns the
 * name it goes by; `before` is the neighbour's.
 */
export function importLike(
  job: Job,
  facts: FileFacts,
  old: Registration,
  before: string,
  target: PackageName,
): string {
  const { repo, name } = job;
  const present = importsOf(facts).find(i => qualifierOf(repo, dirname(facts.path), i) === before);
  const alias =
    present?.alias === undefined
      ? needsAlias(target, present !== undefined)
      : (respellIdentifier({ name: nameOf(old), text: present.alias }, name) ?? target.name);
  const wanted = freeImport(repo, facts, {
    path: `${repo.importPath(dirname(target.dir)) ?? ''}/${basename(target.dir)}`,
    alias,
  });
  job.changes.import(facts.path, wanted);
  return wanted.alias ?? target.name;
}
