import { appFolders } from '../../../core/chain/app/app-code.ts';
import { bodiesOf, handlersOf, wordsIn } from '../../../core/chain/app/handler-code.ts';
import { compareNames } from '../../../core/chain/app/plan-names.ts';
import { kvStores, sameStore } from '../../../core/chain/compare.ts';
import { readPermissions } from '../../../core/chain/modules/permissions.ts';
import type { Dependency } from '../../../core/chain/sdk/dependency.ts';
import { compareVersions, dependencyOf } from '../../../core/chain/sdk/dependency.ts';
import { EditBatch } from '../../../core/go/edit/edit-batch.ts';
import { nodeAt, removeElement } from '../../../core/go/edit/repairs.ts';
import type { Location } from '../../../core/go/source/location.ts';
import {
  neededAccounts,
  packetForwardParams,
  removedModules,
  stateBreakingReleases,
} from '../../../core/sdk/releases.ts';
import { planUpgrade } from '../../../core/tasks/tasks.ts';
import { withoutUpgrade } from '../without-upgrade.ts';
import { firstOf, outermost } from './nodes.ts';
import type { Case, Changes, Operator } from './operator.ts';

/** Mistakes around what releases ask of a chain and do not do themselves. */
export const releaseOperators: readonly Operator[] = [
  {
    name: 'take a release that breaks the state without an upgrade',
    rules: ['state-breaking-bump'],
    breaks: bumpedAlone,
  },
  {
    name: 'unmount a module that holds funds',
    rules: ['removed-module-funds'],
    breaks: fundsLeft,
  },
  {
    name: 'take out a module account that a keeper needs',
    rules: ['needed-module-account'],
    breaks: accountTakenOut,
  },
  {
    name: 'follow the upgrade by one without its stores',
    rules: ['skipped-upgrade'],
    breaks: followed,
  },
  {
    name: 'take the packet forward middleware that migrates its store',
    rules: ['packet-forward-orphan-key'],
    breaks: migratingMiddleware,
  },
];

/** The chain as it was before the upgrade, with the release. */
function bumpedAlone(given: Case): Changes | undefined {
  const { repo, app } = given;
  const cut = withoutUpgrade(given, app);
  if (!cut) return undefined;
  return firstOf(stateBreakingReleases, ({ path, version }) => {
    const built = dependencyOf(repo, app.dir, path);
    const numbers = built?.numbers;
    const isSeries = numbers?.[0] === version[0] && numbers[1] === version[1];
    if (!numbers || !isSeries || compareVersions(numbers, version) >= 0) return undefined;
    const { file } = built.location;
    const raised = inGoMod(repo.texts.get(file)!, built, `${built.path} v${version.join('.')}`);
    const before = [...repo.texts.keys()]
      .filter(name => cut.repo.texts.get(name) !== repo.texts.get(name))
      .map(name => [name, cut.repo.texts.get(name)] as const);
    return { texts: () => new Map([...before, [file, raised] as const]) };
  });
}

function inGoMod(text: string, { location: { start, end } }: Dependency, wanted: string): string {
  return text.slice(0, start) + wanted + text.slice(end);
}

/** Of a store that networks have, and only where the handler does nothing that could move funds. */
function fundsLeft(given: Case): Changes | undefined {
  const { repo, app, newest, wiringOf } = given;
  const handler = handlersOf(repo, app, wiringOf(app)).find(({ upgrade }) => upgrade === newest);
  const words = handler ? bodiesOf(repo, handler).flatMap(wordsIn) : ['bank'];
  if (words.some(word => /bank|send|burn|pool/i.test(word))) return undefined;
  const isNew = (name: string) => newest.stores?.added.some(added => added.name === name);
  return firstOf(removedModules, ({ store: name }) => {
    const store = kvStores(app).find(mounted => mounted.name === name);
    return store && !isNew(name) ? takenOut(given, store.location) : undefined;
  });
}

/** Only where nothing else names the account. */
function accountTakenOut(given: Case): Changes | undefined {
  const { repo, app } = given;
  const { accounts } = readPermissions(repo, app.dir);
  return firstOf(neededAccounts, ({ account, constant }) => {
    const texts = appFolders(repo, app.dir).flatMap(dir => repo.filesOf(dir).map(f => f.text));
    const uses = texts.join('\n').split(new RegExp(`\\b(?:${account}|${constant})\\b`)).length - 1;
    const entry = [...accounts].find(([name]) => name === account || name.endsWith(constant));
    return entry && uses === 1 ? takenOut(given, entry[1].location) : undefined;
  });
}

function takenOut({ repo }: Case, location: Location): Changes | undefined {
  const facts = repo.facts(location.file);
  const node = facts && nodeAt(facts, location);
  if (!node) return undefined;
  const changes = new EditBatch(repo);
  removeElement(changes, facts, outermost(node));
  return changes;
}

/** One more upgrade, as New Upgrade writes it, of the same series, where names tell the newer one. */
function followed(given: Case): Changes | undefined {
  const { app, newest } = given;
  const name = `${newest.name!}.1`;
  if ((compareNames(name, newest.name!) ?? 0) <= 0) return undefined;
  const mounted = kvStores(app).filter(({ conditional }) => !conditional);
  const isNeeded = newest.stores?.added.some(added => mounted.some(one => sameStore(one, added)));
  if (!isNeeded) return undefined;
  const answers = { name, added: [], deleted: [], renamed: [] };
  const { refused, creates, edits } = planUpgrade({ analysis: given, app }, answers);
  if (refused) return undefined;
  const made = creates.map(({ file, text }) => [file, text] as const);
  const changed = edits.map(({ file, after }) => [file, after] as const);
  return { texts: () => new Map([...made, ...changed]) };
}

const olderMiddleware =
  /"github\.com\/cosmos\/ibc-apps\/middleware\/packet-forward-middleware(?:\/v\d+)?\/packetforward/g;

/** Of an app that has the middleware from the repository where it was before. */
function migratingMiddleware({ repo, app }: Case): Changes | undefined {
  const { module, package: home, from } = packetForwardParams;
  const built = dependencyOf(repo, app.dir, module.replace(/\/v\d+$/, ''));
  if (!built || built.path === module) return undefined;
  const moved = appFolders(repo, app.dir)
    .flatMap(dir => repo.filesOf(dir))
    .map(({ path, text }) => {
      const now = text.replaceAll(`"${built.path}/`, `"${module}/`);
      return [path, now.replace(olderMiddleware, `"${home}`), text] as const;
    })
    .filter(([, now, text]) => now !== text);
  if (!moved.some(([, now]) => now.includes(`"${home}`))) return undefined;
  const { file } = built.location;
  const raised = inGoMod(repo.texts.get(file)!, built, `${module} v${from.join('.')}`);
  return {
    texts: () => new Map([...moved.map(([path, now]) => [path, now] as const), [file, raised]]),
  };
}
