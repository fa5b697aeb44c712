import { compareNames, parseVersion } from '../../chain/app/plan-names.ts';
import type { App } from '../../chain/chain.ts';
import type { KnownUpgrade } from '../known-upgrades.ts';
import { knownUpgrades } from '../known-upgrades.ts';
import type { LintedRepo } from '../linted-repo.ts';
import { eraNodes } from './era-nodes.ts';
import { countFindings, countsText, plural } from './finding-counts.ts';
import { moduleChanges } from './module-changes.ts';
import { moduleNode } from './module-nodes.ts';
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
  const nodes = apps.map(app => {
    const own = upgrades.filter(known => known.app === app);
    return appNode(linted, app, own, viewed);
  });
  if (modules.length === 0) return nodes;
  const id = `${viewed.id}/modules`;
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
        return modules.map(module => moduleNode(linted, module, changes, id));
      },
    },
  ];
}

function appNode(
  linted: LintedRepo,
  app: App,
  upgrades: readonly KnownUpgrade[],
  { name, id: above, notCompared }: ViewedRepo,
): ViewNode {
  const id = `${above}/app ${app.dir}`;
  const isOnly = linted.apps.length === 1;
  const problems = linted.problems.filter(
    ({ location }) => isOnly || app.dir === '' || location.file.startsWith(`${app.dir}/`),
  );
  const findings = countFindings(problems);
  const { version, generation } = app.sdk;
  const sdk = version ?? generation;
  const refs = (linted.options().bases ?? []).map(({ ref }) => ref);
  const facts = [
    ...(name === '' ? [] : [name]),
    sdk === null ? 'Cosmos SDK version not known' : `Cosmos SDK ${sdk}`,
    ...[countsText(findings)].filter(Boolean),
  ];
  const compared =
    refs.length > 0
      ? `compared with ${refs.join(', ')}`
      : `not compared with a release${notCompared === undefined ? '' : `: ${notCompared}`}`;
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
      ...inOrder(upgrades).map((known, i) => ({
        ...upgradeNode(linted, known, upgrades, id),
        ...(i === 0 && known.isPending && { open: true }),
      })),
      ...(upgrades.length === 0 ? [noUpgrades(id)] : []),
      ...eraNodes(linted, app, id),
    ],
  };
}

function baselineNode(compared: string, above: string): ViewNode {
  return {
    id: `${above}/baseline`,
    kind: 'baseline',
    label: compared,
    note: '',
    spoken: compared,
  };
}

function noUpgrades(above: string): ViewNode {
  const label = 'no upgrade yet';
  return { id: `${above}/none`, kind: 'unknown', label, note: '', spoken: label };
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
