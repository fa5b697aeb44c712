import type { Module } from '../../chain/chain.ts';
import { plural } from '../../plural.ts';
import { versionsBefore } from '../known-upgrades.ts';
import type { LintedRepo } from '../linted-repo.ts';
import { countFindings, countsText } from './finding-counts.ts';
import type { ModuleChanges } from './module-changes.ts';
import { nodeIds } from './node-ids.ts';
import type { ViewNode } from './view-node.ts';

/** The line of a module: its version, its migrations, and what changed since the release. */
export function moduleNode(
  linted: LintedRepo,
  module: Module,
  changes: ModuleChanges,
  id: string,
): ViewNode {
  const { name, dir, consensusVersion, versionPlace, migrations, managed } = module;
  const findings = countFindings(
    linted.problems.filter(({ location }) => dir !== '' && location.file.startsWith(`${dir}/`)),
  );
  const before = versionsBefore(linted, module);
  const was = before.length > 0 ? ` (${before.join(', ')})` : '';
  const facts = [
    `version ${consensusVersion ?? 'not known'}${was}`,
    plural(migrations.length, 'migration'),
    ...changes(module),
    ...[countsText(findings)].filter(Boolean),
  ];
  // What a configurator of the chain's own does with a migration is not known.
  const mayMigrate = managed !== false && consensusVersion !== null;
  return {
    id,
    kind: mayMigrate ? 'module' : 'module-fixed',
    label: name,
    note: facts.join(' · '),
    spoken: [`module ${name}`, ...facts].join(', '),
    findings,
    ...(versionPlace && { location: versionPlace }),
    ...(mayMigrate && { module: dir || name }),
    ...(migrations.length > 0 && { children: () => migrationNodes(module, id) }),
  };
}

function migrationNodes({ migrations }: Module, above: string): ViewNode[] {
  const sorted = [...migrations].sort((a, b) => a.from - b.from);
  const ids = nodeIds(
    above,
    'migration',
    sorted.map(({ from }) => `${from}`),
  );
  return sorted.map(({ from, location, handler }, i) => ({
    id: ids[i]!,
    kind: 'migration',
    label: `${from} → ${from + 1}`,
    note: handler,
    spoken: `migration from version ${from} to ${from + 1}, ${handler}`,
    location,
  }));
}
