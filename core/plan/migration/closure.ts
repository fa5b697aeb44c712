import { dirname } from '../../files.ts';
import { qualifierOf } from '../../go/edit/imports.ts';
import { freeImport } from '../../go/edit/imports-in-use.ts';
import type { FileFacts } from '../../go/source/facts.ts';
import type { CalledMigration } from './called-migration.ts';
import { importCall } from './called-migration.ts';
import type { MigrationJob } from './job.ts';
import { writeMigration } from './write.ts';

/**
 * Writes a migration's package; returns the closure that calls its function where it is registered.
 */
export function closureFor(job: MigrationJob, facts: FileFacts, called: CalledMigration): string {
  const { repo, changes } = job;
  const call = importCall(repo, changes, facts, called);
  writeMigration(job, called.made);
  const sdk = freeImport(repo, facts, { path: 'github.com/cosmos/cosmos-sdk/types', alias: 'sdk' });
  changes.import(facts.path, sdk);
  const qualifier = qualifierOf(repo, dirname(facts.path), sdk);
  return `func(ctx ${qualifier}.Context) error {\n\treturn ${call}\n}`;
}
