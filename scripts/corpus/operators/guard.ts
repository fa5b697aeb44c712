import { bodiesOf, handlersOf } from '../../../core/chain/app/handler-code.ts';
import { readGuardOf } from '../../../core/chain/guard.ts';
import { dirname } from '../../../core/files.ts';
import { EditBatch } from '../../../core/go/edit/edit-batch.ts';
import { removeElement } from '../../../core/go/edit/repairs.ts';
import { childByField } from '../../../core/go/syntax/syntax.ts';
import { choosesExitCode } from '../../../core/lint/rules/pre-upgrade-exit-code.ts';
import type { Grown } from '../grown.ts';
import { nextPlan } from '../grown.ts';
import { added, replaced } from './nodes.ts';
import type { Changes, Operator } from './operator.ts';

/** Mistakes in a chain with the version guard whose next version brings an upgrade. */
export const guardOperators: readonly Operator<Grown>[] = [
  {
    name: 'leave the app version as it was',
    rules: ['app-version-not-raised'],
    breaks: lowered,
  },
  { name: 'drop the row of an app version', rules: ['app-version-row'], breaks: withoutRow },
  {
    name: 'take the guard out of the start command',
    rules: ['start-not-guarded'],
    breaks: ({ before }) => (before.size > 0 ? { texts: () => before } : undefined),
  },
  {
    name: "read the node's app version where blocks are made",
    rules: ['app-version-in-state-machine'],
    breaks: loaded,
  },
  {
    name: 'expect another version of a module',
    rules: ['expected-versions-stale'],
    breaks: expecting,
  },
  {
    name: 'return the errors of the pre-upgrade command',
    rules: ['pre-upgrade-exit-code'],
    breaks: returningErrors,
  },
];

function lowered({ repo, app }: Grown): Changes | undefined {
  const guard = readGuardOf(repo, app);
  const value = guard?.constant.spec.value;
  if (guard?.current == null || !value) return undefined;
  return replaced(repo, guard.constant.facts.path, value, String(guard.current - 1));
}

function withoutRow({ repo, app }: Grown): Changes | undefined {
  const row = readGuardOf(repo, app)?.releases.at(-1)?.row;
  if (!row) return undefined;
  const changes = new EditBatch(repo);
  removeElement(changes, row.facts, row.node);
  return changes;
}

function loaded({ repo, app }: Grown): Changes | undefined {
  const guard = readGuardOf(repo, app);
  const path = guard && repo.importPath(guard.dir);
  if (path === undefined) return undefined;
  return added(repo, app.dir, 'version_here.go', [
    'import (',
    `\t"${path}"`,
    ')',
    '',
    `func (app *${app.type}) versionHere() bool {`,
    '\trecord, err := appversion.Load(DefaultNodeHome)',
    '\treturn err == nil && record.Version > 1',
    '}',
  ]);
}

/** At the beginning of the new handler: its modules are those of the release. */
function expecting({ repo, app, chain, wiringOf }: Grown): Changes | undefined {
  const guard = readGuardOf(repo, app);
  const path = guard && repo.importPath(guard.dir);
  const names = chain.modules.map(({ name }) => name);
  const module = chain.modules.find(
    ({ name, consensusVersion }) =>
      consensusVersion !== null && names.filter(one => one === name).length === 1,
  );
  const handler = handlersOf(repo, app, wiringOf(app)).find(
    ({ upgrade }) => upgrade.name === nextPlan,
  );
  const [found] = handler ? bodiesOf(repo, handler) : [];
  if (path === undefined || !module || !found) return undefined;
  const { facts, body } = found;
  const expected = `map[string]uint64{"${module.name}": ${module.consensusVersion! + 1}}`;
  const changes = new EditBatch(repo);
  changes.import(facts.path, { path, alias: undefined });
  const at = body.start + 1;
  changes.edit(facts.path, at, at, `\n\t\t_ = appversion.Expect(nil, ${expected})\n`);
  return changes;
}

/** The command as a developer writes it who knows cobra, and not cosmovisor. */
function returningErrors({ repo, app }: Grown): Changes | undefined {
  const start = readGuardOf(repo, app)?.start;
  const found = start && repo.func(dirname(start.file), 'preUpgradeCmd');
  // A main package that ends the process with a code of its own may do right.
  if (!found || choosesExitCode(repo)) return undefined;
  const { facts, func } = found;
  return replaced(
    repo,
    facts.path,
    childByField(func.syntax, 'body')!,
    [
      '{',
      '\treturn &cobra.Command{',
      '\t\tUse: "pre-upgrade",',
      '\t\tRunE: func(cmd *cobra.Command, _ []string) error {',
      '\t\t\t_, err := checkAppVersion(cmd, server.NewDefaultContext(), false)',
      '\t\t\treturn err',
      '\t\t},',
      '\t}',
      '}',
    ].join('\n'),
  );
}
