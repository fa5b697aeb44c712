import { compareNames, parseVersion } from '../../chain/app/plan-names.ts';
import { comparedText } from '../../chain/baseline.ts';
import type { App } from '../../chain/chain.ts';
import { plural } from '../../plural.ts';
import type { KnownUpgrade } from '../known-upgrades.ts';
import { knownUpgrades } from '../known-upgrades.ts';
import type { LintedRepo } from '../linted-repo.ts';
import { eraNodes } from './era-nodes.ts';
import { countFindings, countsText } from './finding-counts.ts';
import { moduleChanges } from './module-changes.ts';
import { moduleNode } from './module-nodes.ts';
import { nodeId, nodeIds } from './node-ids.ts';
import { upgradeNode } from './upgrade-nodes.ts';
import type { ViewNode } from './view-node.ts';

/** What a view says of a repository besides what its code says. */
export interface ViewedRepo {
  /** Its folder's name; empty where there is only one. */
  readonly name: string;
  /** Where ids of its lines begin. */
  readonly id: string;
  /** Why it is not compared with a release, where that was tried. */
  readonly notCompared: string | undefined;
}

/** The lines of a repository: each app with its upgrades, and the modules. */
export function chainNodes(linted: LintedRepo, viewed: ViewedRepo): ViewNode[] {
  const { apps, modules } = linted.analysis.chain;
  const upgrades = knownUpgrades(linted);
  const ids = nodeIds(
    viewed.id,
    'app',
    apps.map(({ dir }) => dir),
  );
  const nodes = apps.map((app, i) => {
    const own = upgrades.filter(known => known.app === app);
    return appNode(linted, app, own, { ...viewed, id: ids[i]! });
  });
  if (modules.length === 0) return nodes;
  const id = nodeId(viewed.id, 'modules');
  const count = plural(modules.length, 'module');
  const note = viewed.name === '' ? count : `${viewed.name} · ${count}`;
  return [
    ...nodes,
    {
      id,
      kind: 'modules',
      open: true,
      label: 'Modules',
      note,
      spoken: `modules, ${note}`,
      children: () => {
        const changes = moduleChanges(linted);
        const below = nodeIds(
          id,
          'module',
          modules.map(({ name, dir }) => dir || name),
        );
        return modules.map((module, i) => moduleNode(linted, module, changes, below[i]!));
      },
    },
  ];
}

function appNode(
  linted: LintedRepo,
  app: App,
  upgrades: readonly KnownUpgrade[],
  { name, id, notCompared }: ViewedRepo,
): ViewNode {
  const isOnly = linted.apps.length === 1;
  const problems = linted.problems.filter(
    ({ location }) => isOnly || app.dir === '' || location.file.startsWith(`${app.dir}/`),
  );
  const findings = countFindings(problems);
  const { version, generation } = app.sdk;
  const sdk = version ?? generation;
  const refs = linted.basesOf(app).map(({ ref }) => ref);
  const facts = [
    ...(name === '' ? [] : [name]),
    sdk === null ? 'Cosmos SDK version not known' : `Cosmos SDK ${sdk}`,
    ...[countsText(findings)].filter(Boolean),
  ];
  const compared = comparedText(refs, notCompared);
  const label = app.dir === '' ? app.type : app.dir;
  return {
    id,
    kind: 'app',
    label,
    note: facts.join(' · '),
    spoken: [`app ${label}`, ...facts, compared].join(', '),
    findings,
    app: app.dir,
    open: true,
    children: () => [
      baselineNode(compared, id),
      ...upgradeNodes(linted, upgrades, id),
      ...(upgrades.length === 0 ? [noUpgrades(id)] : []),
      ...eraNodes(linted, app, id),
    ],
  };
}

function upgradeNodes(
  linted: LintedRepo,
  upgrades: readonly KnownUpgrade[],
  above: string,
): ViewNode[] {
  // Of two that have one name, the first in the code keeps its id when the order changes.
  const ids = nodeIds(
    above,
    'upgrade',
    upgrades.map(({ upgrade }) => upgrade.name ?? ''),
  );
  return inOrder(upgrades).map((known, i) => ({
    ...upgradeNode(linted, known, upgrades, ids[upgrades.indexOf(known)]!),
    ...(i === 0 && known.isPending && { open: true }),
  }));
}

function baselineNode(compared: string, above: string): ViewNode {
  return {
    id: nodeId(above, 'baseline'),
    kind: 'baseline',
    label: compared,
    note: '',
    spoken: compared,
  };
}

function noUpgrades(above: string): ViewNode {
  const label = 'no upgrade yet';
  return { id: nodeId(above, 'none'), kind: 'unknown', label, note: '', spoken: label };
}

/** Pending ones first, then those that nothing registers, then the newest of the others. */
function inOrder(upgrades: readonly KnownUpgrade[]): KnownUpgrade[] {
  // A list grows at its end; where all names are versions, these tell better.
  const newestFirst = [...upgrades].reverse();
  const areVersions = upgrades.every(({ upgrade: { name } }) => parseVersion(name ?? ''));
  const byName = (a: KnownUpgrade, b: KnownUpgrade) =>
    areVersions ? (compareNames(b.upgrade.name ?? '', a.upgrade.name ?? '') ?? 0) : 0;
  return newestFirst.sort((a, b) => rank(a) - rank(b) || byName(a, b));
}

function rank({ upgrade, isPending }: KnownUpgrade): number {
  if (isPending) return 0;
  return upgrade.registered ? 2 : 1;
}
