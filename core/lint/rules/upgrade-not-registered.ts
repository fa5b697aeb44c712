import { appFolders, callsIn } from '../../chain/app/app-code.ts';
import { compareNames, isCandidateOf, isPrerelease } from '../../chain/app/plan-names.ts';
import type { App, Upgrade } from '../../chain/chain.ts';
import { insertElement } from '../../edit/list-element.ts';
import { dirname } from '../../files.ts';
import { qualifierOf } from '../../go/edit/imports.ts';
import { freeImport } from '../../go/edit/imports-in-use.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { FileFacts, Func } from '../../go/source/facts.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import { namedChildren } from '../../go/syntax/syntax.ts';
import type { Wiring } from '../../wiring/style.ts';
import { storeVersionMismatch, upgradeNeeded } from '../node-words.ts';
import type { AppBase, AppContext, Finding, Rule, SuggestedFix } from '../rule.ts';
import { registrationsNotRead } from '../unread.ts';
import { labelOf } from '../wording.ts';

const template = /(^|[/_-])(vnext|latest|template|example|noop)([/_-]|$)/i;

/**
 * A new upgrade package that nothing registers: the new binary stops at the upgrade height as the
 * old one did (docs/background/incidents.md#upgrade-not-registered).
 */
export const upgradeNotRegistered: Rule = {
  name: 'upgrade-not-registered',
  severity: 'error',
  summary: 'the newest upgrade package is not registered',
  nodeSays: [
    { words: storeVersionMismatch, rank: 1 },
    { words: upgradeNeeded, repair: 'register a handler under the name of the plan' },
  ],
  notJudged: registrationsNotRead,
  *check({ apps }) {
    for (const subject of apps) yield* inApp(subject);
  },
};

function* inApp(subject: AppContext): Iterable<Finding> {
  const { repo, app, base, wiring } = subject;
  const registered = app.upgrades.filter(upgrade => upgrade.registered);
  yield* inOneListOnly(subject);
  // What is registered under a computed name, or in a way that is not understood, may be any of
  // them.
  if (wiring.unknown.length > 0 || registered.some(({ name }) => name === null)) return;
  for (const upgrade of app.upgrades) {
    const { name } = upgrade;
    if (name === null || !couldBeForgotten(app, upgrade)) continue;
    const isOutdated = olderUpgrade(subject, name, upgrade);
    if (isOutdated) yield isOutdated;
    if (!isNewest(name, othersThan(name, registered))) continue;
    if (base && !isNewIn(base, app, name, upgrade)) continue;
    const isSure = base !== undefined && !isPrerelease(name) && !mayWait(subject, name, upgrade);
    const needed = `UPGRADE "${name}" NEEDED`;
    yield {
      location: upgrade.location,
      severity: isSure ? 'error' : 'info',
      message: `the upgrade "${name}" in ${upgrade.package} is not registered${whyNot(upgrade)}`,
      consequence: `at its height the new binary stops as the old one did: ${needed}`,
      fixes: registerFix(repo, wiring, upgrade, isSure),
    };
  }
}

function whyNot({ uncalled }: Upgrade): string {
  return uncalled === undefined ? '' : `: nothing calls ${uncalled}`;
}

/** Registered upgrades that are not candidates of a name. */
function othersThan(name: string, registered: readonly Upgrade[]): Upgrade[] {
  return registered.filter(other => other.name === null || !isCandidateOf(other.name, name));
}

/**
 * Whether an upgrade may have to wait: its candidate is registered for a test network, or this
 * release only schedules it and the next one has the handler.
 */
function mayWait({ repo, app }: AppContext, name: string, upgrade: Upgrade): boolean {
  const hasCandidate = app.upgrades.some(
    other => other.registered && other.name !== null && isCandidateOf(other.name, name),
  );
  return hasCandidate || isScheduled(repo, app.dir, name, upgrade);
}

/** Whether code that schedules plans speaks of this one. */
function isScheduled(repo: Repo, appDir: string, name: string, upgrade: Upgrade): boolean {
  return callsIn(repo, appFolders(repo, appDir), ['ScheduleUpgrade']).some(({ call, dir, func }) =>
    textsAround(repo, dir, call.facts, func).some(
      ({ facts, text }) =>
        text.includes(JSON.stringify(name)) || speaksOf(repo, facts, text, upgrade),
    ),
  );
}

interface FunctionText {
  readonly facts: FileFacts;
  readonly text: string;
}

/** A function's text, and those of the functions of its package that it calls. */
function textsAround(
  repo: Repo,
  dir: string,
  facts: FileFacts,
  func: Func | undefined,
): FunctionText[] {
  if (!func) return [];
  const text = facts.text.slice(func.start, func.end);
  const called = repo
    .functions(dir)
    .filter(other => other.func !== func && new RegExp(`\\b${other.func.name}\\(`).test(text))
    .map(other => ({
      facts: other.facts,
      text: other.facts.text.slice(other.func.start, other.func.end),
    }));
  return [{ facts, text }, ...called];
}

/** Whether a text names a constant of an upgrade's package that holds a plan's name. */
function speaksOf(repo: Repo, facts: FileFacts, text: string, upgrade: Upgrade): boolean {
  return [...text.matchAll(/\b(\w+)\.(\w*Name\w*)\b/g)].some(([, qualifier, ident]) => {
    const path = repo.importFor(facts, qualifier!);
    if (path === undefined || path !== repo.importPath(upgrade.package)) return false;
    const value = repo.value(upgrade.package, ident!);
    return (
      value?.spec.value !== undefined &&
      value.facts.text
        .slice(value.spec.value.start, value.spec.value.end)
        .includes(JSON.stringify(upgrade.name))
    );
  });
}

/**
 * An upgrade that is new since the baseline, or was registered there, and is registered no more
 * although others that are older, or as new, are. The network is past it.
 */
function olderUpgrade(
  { app, base, pending }: AppContext,
  name: string,
  upgrade: Upgrade,
): Finding | undefined {
  if (!base?.repo) return undefined;
  const registered = app.upgrades.filter(other => other.registered);
  const orders = registered.map(other => compareNames(name, other.name!));
  if (orders.some(order => order === undefined)) return undefined;
  // A chain that keeps its newest handlers only has dropped this one too.
  if (!orders.some(order => order! < 0) || !orders.some(order => order! > 0)) return undefined;
  const before = base.app.upgrades.filter(old => old.name === name);
  if (before.some(old => old.registered)) {
    // Without a pending one this is the rule last-handler-removed.
    if (!pending.some(other => other.registered)) return undefined;
    return {
      location: upgrade.location,
      severity: 'info',
      message: `the upgrade "${name}" is no longer registered, and an older one still is`,
      consequence: 'a node that applied it last starts only while a newer plan waits',
    };
  }
  if (before.length > 0 || !isNewPackage(base, app, name, upgrade)) return undefined;
  return {
    location: upgrade.location,
    severity: 'info',
    message: `the upgrade "${name}" is new since ${base.ref} and is not registered`,
    consequence: 'newer plans are registered: nothing runs it, or its name is wrong',
  };
}

/** A pending upgrade that the list of one build has, and that of another build lacks. */
function* inOneListOnly({ app, base, pending }: AppContext): Iterable<Finding> {
  if (!base) return;
  const listed = app.upgrades.filter(
    ({ registered, buildTags, name }) => registered && buildTags.length > 0 && name !== null,
  );
  const builds = new Set(listed.map(({ buildTags }) => buildTags.join()));
  for (const upgrade of pending) {
    const { name } = upgrade;
    if (!listed.includes(upgrade) || isPrerelease(name!)) continue;
    const having = listed.filter(other => other.name === name).map(one => one.buildTags.join());
    if (app.upgrades.some(one => one.name === name && one.buildTags.length === 0)) continue;
    const lacking = [...builds].filter(build => !having.includes(build));
    if (lacking.length === 0 || having[0] !== upgrade.buildTags.join()) continue;
    yield {
      location: upgrade.location,
      severity: 'info',
      message: `the upgrade "${name!}" is not registered in builds with ${lacking.join(' or ')}`,
      consequence: 'a network that runs such a build stops at its height, if it gets the plan too',
    };
  }
}

/**
 * Whether an upgrade has a package or a function of its own that is not a template, and nothing uses
 * it.
 */
function couldBeForgotten(app: App, upgrade: Upgrade): boolean {
  return (
    !upgrade.registered &&
    !upgrade.loader &&
    (upgrade.package !== app.dir || upgrade.uncalled !== undefined) &&
    !template.test(upgrade.package)
  );
}

/** Whether the baseline does not have an upgrade, and it is newer than those it registers. */
function isNewIn(base: AppBase, app: App, name: string, upgrade: Upgrade): boolean {
  return (
    isNewPackage(base, app, name, upgrade) &&
    isNewest(
      name,
      base.app.upgrades.filter(old => old.registered),
    )
  );
}

/**
 * Whether the baseline has neither an upgrade nor its package. A package that keeps the upgrades
 * that it had there holds one more; one that does not may have renamed its own, but for a function
 * that would register it.
 */
function isNewPackage(base: AppBase, app: App, name: string, upgrade: Upgrade): boolean {
  return !base.app.upgrades.some(
    old =>
      old.name === name ||
      (upgrade.uncalled === undefined &&
        old.package === upgrade.package &&
        !app.upgrades.some(one => one.name === old.name)),
  );
}

/** Newer than each of them; names that cannot be compared prove nothing. */
function isNewest(name: string, others: readonly Upgrade[]): boolean {
  return others.every(other => other.name !== null && (compareNames(name, other.name) ?? -1) > 0);
}

/**
 * Puts the package's `Upgrade` into the chain's list, where it has one of that kind. It is preferred
 * where there is one list, of elements of the same kind: an empty one may not be the one that runs.
 */
function registerFix(
  repo: Repo,
  wiring: Wiring,
  upgrade: Upgrade,
  isSure: boolean,
): SuggestedFix[] {
  const lists = wiring.lists.filter(({ code }) => code === 'R1');
  const list = lists[0]?.list.literal;
  const path = repo.importPath(upgrade.package);
  const value = repo.value(upgrade.package, 'Upgrade');
  if (!list || path === undefined || !value) return [];
  const { facts, node } = list;
  const isUpgrade = ({ start, end }: SyntaxNode) =>
    /^\w+\.Upgrade$/.test(facts.text.slice(start, end));
  return [
    {
      title: `Register "${labelOf(upgrade)}"`,
      preferred: isSure && lists.length === 1 && namedChildren(node).some(isUpgrade),
      edit(changes) {
        const spec = freeImport(repo, facts, { path, alias: undefined });
        const qualifier = qualifierOf(repo, dirname(facts.path), spec);
        changes.import(facts.path, spec);
        insertElement(changes, list, namedChildren(node).at(-1), `${qualifier}.Upgrade`, false);
      },
    },
  ];
}
