import { dirname, join } from '../../files.ts';
import { qualifierOf } from '../../go/edit/imports.ts';
import { freeImport } from '../../go/edit/imports-in-use.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { FileFacts, Import } from '../../go/source/facts.ts';
import { importsOf } from '../../go/source/facts.ts';
import type { Registration } from '../../wiring/style.ts';
import type { Job } from '../upgrade/job.ts';
import { nameOf } from '../upgrade/neighbour.ts';
import { importPathOf } from './import-path.ts';
import { respellIdentifier } from './naming.ts';
import type { PackageName } from './package-name.ts';
import { needsAlias } from './package-name.ts';

/** The import that a file calls by a name. */
export function importCalled(
  repo: Repo,
  facts: FileFacts,
  qualifier: string | undefined,
): Import | undefined {
  return importsOf(facts).find(i => qualifierOf(repo, dirname(facts.path), i) === qualifier);
}

/**
 * The alias of the new package's import: none where the neighbour's has none and it needs none;
 * else the neighbour's as `respelt` has it, or the package's name.
 */
export function aliasLike(
  neighbour: Import | undefined,
  target: PackageName,
  respelt: (alias: string) => string | undefined,
): string | undefined {
  if (neighbour?.alias === undefined) return needsAlias(target, neighbour !== undefined);
  return respelt(neighbour.alias) ?? target.name;
}

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
  const alias = aliasLike(importCalled(repo, facts, before), target, text =>
    respellIdentifier({ name: nameOf(old), text }, name),
  );
  // What the package is called is not to be guessed from its path.
  const withPackage = repo.with([[join(target.dir, 'package.go'), `package ${target.name}\n`]]);
  const spec = freeImport(withPackage, facts, { path: importPathOf(repo, target.dir), alias });
  job.changes.import(facts.path, spec);
  return spec.alias ?? target.name;
}
