import type { Module } from '../../chain/chain.ts';
import { sameModule } from '../../chain/compare.ts';
import { indentAt, lineStart } from '../../go/edit/edit.ts';
import type { EditBatch } from '../../go/edit/edit-batch.ts';
import { freeImport } from '../../go/edit/imports-in-use.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { FileFacts } from '../../go/source/facts.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import { childByField, childrenByField, findAll, namedChildren } from '../../go/syntax/syntax.ts';
import { versionsWritten, whenMigrationsRun } from '../migration-runs.ts';
import { migrationExists, migrationsStartAtOne, noMigrationFound } from '../node-words.ts';
import { registerExistingFix } from '../register-existing-fix.ts';
import type { AppContext, Rule, Severity, SuggestedFix } from '../rule.ts';
import { handlersAreRead } from '../unread.ts';

/**
 * A module's ConsensusVersion rose since the baseline and a step between has no migration
 * (docs/background/incidents.md#migration-gap,
 * docs/background/chains.md#versions-without-migrations).
 */
export const migrationGap: Rule = {
  name: 'migration-gap',
  severity: 'error',
  summary: 'a ConsensusVersion was raised without a migration for each step',
  nodeSays: [
    {
      words: noMigrationFound,
      repair: 'register a migration of module $1 for each step up to its ConsensusVersion',
    },
    { words: migrationsStartAtOne, repair: 'register migrations from version 1 on' },
    { words: migrationExists, repair: 'register one migration of module $1 from version $2' },
  ],
  *check({ repo, chain, base, apps }) {
    if (!base) return;
    const lesser = lesserSeverity(apps);
    for (const module of chain.modules) {
      const { name, consensusVersion: to, versionPlace } = module;
      const from = sameModule(base.chain.modules, module)?.consensusVersion;
      if (from == null || to === null || !versionPlace) continue;
      const missing = missingSteps(module, from, to);
      if (missing.length === 0 || module.managed === false) continue;
      if (versionsWritten(apps).has(name)) continue;
      yield {
        location: versionPlace,
        ...(lesser === undefined ? {} : { severity: lesser }),
        message:
          `x/${name} goes from version ${from} in ${base.ref} to ${to}, ` +
          `and no migration is registered from ${missing.join(', ')}`,
        consequence: `${whenMigrationsRun(apps)} the node stops: ${wordsFor(module, missing[0]!)}`,
        fixes: [
          ...registerExistingFix(repo, module, missing, lesser === undefined),
          ...registerFix(repo, module, missing),
        ],
      };
    }
  },
};

/** Upgrades between, or a handler that is not read and may write versions itself, leave a doubt. */
function lesserSeverity(apps: readonly AppContext[]): Severity | undefined {
  if (apps.some(({ base }) => base?.far)) return 'info';
  return apps.every(handlersAreRead) ? undefined : 'warning';
}

/** The versions between the two that no migration starts from. Version 0 needs none. */
function missingSteps({ migrations }: Module, from: number, to: number): number[] {
  const registered = new Set(migrations.map(migration => migration.from));
  const steps = Array.from({ length: Math.max(to - from, 0) }, (_, i) => from + i);
  return steps.filter(step => step > 0 && !registered.has(step));
}

/** What the node says: a module without any migration has words of its own. */
function wordsFor({ name, migrations }: Module, step: number): string {
  return migrations.length === 0
    ? `no migrations found for module ${name}`
    : `no migration found for module ${name} from version ${step} to version ${step + 1}`;
}

/** The RegisterServices of a module, as far as registrations can be added to it. */
interface Services {
  readonly facts: FileFacts;
  readonly fn: SyntaxNode;
  readonly body: SyntaxNode;
  /** How the configurator and the module's name are written there. */
  readonly configurator: string;
  readonly name: string;
}

/**
 * Registers a migration that does nothing for each missing step, at the end of RegisterServices.
 */
function registerFix(repo: Repo, module: Module, missing: readonly number[]): SuggestedFix[] {
  const services = servicesOf(repo, module);
  if (!services) return [];
  return [
    {
      title: `Register a migration that does nothing from ${missing.join(', ')}`,
      // The version was raised for something: whether the state has to change nobody here knows.
      preferred: false,
      edit: changes => registerAll(repo, changes, services, missing),
    },
  ];
}

function servicesOf(repo: Repo, { dir }: Module): Services | undefined {
  const methods = repo
    .functions(dir, 'RegisterServices')
    .filter(({ func }) => func.receiver && func.syntax);
  const [only, ...others] = methods;
  if (!only || others.length > 0) return undefined;
  const { facts } = only;
  const fn = only.func.syntax!;
  const body = childByField(fn, 'body');
  const parameter = namedChildren(childByField(fn, 'parameters'))[0];
  const type = written(facts, childByField(parameter, 'type'));
  const configurator = written(facts, childrenByField(parameter, 'name')[0]);
  const name = nameIn(repo, dir, facts);
  if (!body || !type.endsWith('.Configurator') || !name) return undefined;
  if (configurator === '' || configurator === '_') return undefined;
  return { facts, fn, body, configurator, name };
}

/** How a module spells its name: what its method `Name` returns in the same file. */
function nameIn(repo: Repo, dir: string, file: FileFacts): string {
  const named = repo
    .functions(dir, 'Name')
    .find(({ facts, func }) => facts === file && func.receiver && func.syntax);
  const result = findAll(named?.func.syntax, 'return_statement')[0];
  return written(file, namedChildren(result)[0]);
}

function registerAll(
  repo: Repo,
  changes: EditBatch,
  { facts, fn, body, configurator, name }: Services,
  missing: readonly number[],
): void {
  const { path, text } = facts;
  const types = freeImport(repo, facts, {
    path: 'github.com/cosmos/cosmos-sdk/types',
    alias: 'sdk',
  });
  changes.import(path, types);
  const migration = `func(${types.alias ?? 'types'}.Context) error { return nil }`;
  const indent = `${indentAt(text, fn.start)}\t`;
  const lines = missing
    .flatMap(from => [
      `if err := ${configurator}.RegisterMigration(${name}, ${from}, ${migration}); err != nil {`,
      '\tpanic(err)',
      '}',
    ])
    .map(line => `${indent}${line}\n`)
    .join('');
  const isEmpty = written(facts, body).trim() === '{}';
  const close = isEmpty ? body.end - 1 : lineStart(text, body.end - 1);
  changes.edit(path, close, close, isEmpty ? `\n${lines}` : lines);
}

function written({ text }: FileFacts, node: SyntaxNode | undefined): string {
  return node ? text.slice(node.start, node.end) : '';
}
