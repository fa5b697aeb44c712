import type { Module } from '../../../core/chain/chain.ts';
import type { EditBatch } from '../../../core/go/edit/edit-batch.ts';
import { nodeAt, statementAround } from '../../../core/go/edit/repairs.ts';
import type { Repo } from '../../../core/go/repo/repo.ts';
import { callArguments, callsOf } from '../../../core/go/syntax/syntax.ts';
import { firstOf, replaced, sourceOf } from './nodes.ts';
import type { Case, Operator } from './operator.ts';

/** Mistakes in modules' versions and migrations. */
export const migrationOperators: readonly Operator[] = [
  {
    name: 'lower a ConsensusVersion below its migration',
    rules: ['migration-never-runs'],
    breaks({ repo, chain }) {
      const module = chain.modules.find(
        ({ consensusVersion: version, versionPlace, migrations }) =>
          version !== null &&
          version > 1 &&
          versionPlace &&
          migrations.at(-1)?.from === version - 1,
      );
      return module && withVersion(repo, module, -1);
    },
  },
  {
    name: 'lower a ConsensusVersion',
    rules: ['consensus-version-lowered'],
    breaks({ repo, chain }) {
      const module = chain.modules.find(
        ({ consensusVersion: version, versionPlace, managed, name }) =>
          version !== null &&
          version > 1 &&
          versionPlace &&
          managed !== false &&
          chain.modules.filter(other => other.name === name).length === 1,
      );
      return module && withVersion(repo, module, -1);
    },
  },
  {
    name: 'raise a ConsensusVersion without a migration',
    rules: ['migration-gap'],
    breaks({ repo, chain }) {
      const module = chain.modules.find(
        ({ consensusVersion: version, versionPlace, managed, migrations }) =>
          version !== null &&
          version > 0 &&
          versionPlace &&
          managed !== false &&
          migrations.every(({ from }) => from < version),
      );
      return module && withVersion(repo, module, 1);
    },
  },
  {
    name: 'register a migration for the wrong version',
    rules: ['migration-never-runs', 'migration-gap'],
    breaks: ({ repo, chain }) => firstOf(chain.modules, module => wrongVersion(repo, module)),
  },
  {
    name: "drop a migration's check",
    rules: ['migration-unchecked'],
    breaks({ repo, chain }) {
      const migrations = chain.modules.flatMap(module => module.migrations);
      return firstOf(migrations, migration => uncheckedMigration(repo, migration));
    },
  },
];

/** Mistakes in what InitChainer stores. */
export const genesisOperators: readonly Operator[] = [
  {
    name: 'do not store the module versions',
    rules: ['version-map-not-stored'],
    breaks: versionsNotStored,
  },
];

/** Another ConsensusVersion where it is written as a number. */
function withVersion(
  repo: Repo,
  { versionPlace: place, consensusVersion }: Module,
  by: number,
): EditBatch | undefined {
  if (!place) return undefined;
  const facts = repo.facts(place.file)!;
  if (!/^\d+$/.test(sourceOf(facts, place))) return undefined;
  return replaced(repo, place.file, place, String(consensusVersion! + by));
}

/** A module's last migration, registered for the version after its own. */
function wrongVersion(repo: Repo, module: Module): EditBatch | undefined {
  const last = module.migrations.at(-1);
  if (!last || module.consensusVersion === null) return undefined;
  if (last.from !== module.consensusVersion - 1) return undefined;
  const facts = repo.facts(last.location.file);
  const call = facts && nodeAt(facts, last.location);
  const from = call && callArguments(call)[1];
  if (from?.type !== 'int_literal') return undefined;
  return replaced(repo, last.location.file, from, String(last.from + 1));
}

/** A registration whose error is not looked at any more. */
function uncheckedMigration(
  repo: Repo,
  { location }: Module['migrations'][number],
): EditBatch | undefined {
  const facts = repo.facts(location.file)!;
  const call = nodeAt(facts, location);
  const statement = call && statementAround(call);
  if (statement?.type !== 'if_statement') return undefined;
  return replaced(repo, facts.path, statement, `_ = ${sourceOf(facts, call!)}`);
}

function versionsNotStored({ repo, app }: Case): EditBatch | undefined {
  if (!app.initChainer?.setsVersionMap) return undefined;
  const { file, start, end } = app.initChainer.location;
  const facts = repo.facts(file)!;
  const call = facts.funcs
    .flatMap(func => callsOf(func.syntax, facts.text, 'SetModuleVersionMap'))
    .find(one => start <= one.start && one.end <= end);
  if (!call || facts.text.includes('SetInitVersionMap')) return undefined;
  // An app that is built on runtime stores them by itself.
  if (repo.filesOf(app.dir).some(({ text }) => /^\s*\*?runtime\.App\b/m.test(text)))
    return undefined;
  return replaced(repo, facts.path, statementAround(call), '');
}
