import { dirname } from '../../files.ts';
import { qualifierOf } from '../../go/edit/imports.ts';
import { freeImport } from '../../go/edit/imports-in-use.ts';
import type { FileFacts } from '../../go/source/facts.ts';
import { importsOf } from '../../go/source/facts.ts';
import type { Registration } from '../../wiring/style.ts';
import type { Job } from '../upgrade/job.ts';
import { nameOf } from '../upgrade/neighbour.ts';
import { respellIdentifier } from './naming.ts';
import type { PackageName } from './package-name.ts';
import { importPathOf, needsAlias } from './package-name.ts';

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
  const beside = importsOf(facts).find(i => qualifierOf(repo, dirname(facts.path), i) === before);
  const respelt =
    beside?.alias === undefined
      ? undefined
      : respellIdentifier({ name: nameOf(old), text: beside.alias }, name);
  const alias =
    beside?.alias === undefined
      ? needsAlias(target, beside !== undefined)
      : (respelt ?? target.name);
  const spec = freeImport(repo, facts, { path: importPathOf(repo, target), alias });
  job.changes.import(facts.path, spec);
  return spec.alias ?? target.name;
}
