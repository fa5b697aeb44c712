import type { PreBlockerSet } from '../../chain/app/hooks.ts';
import { isRuntimeApp, preBlockersSet } from '../../chain/app/hooks.ts';
import type { App, Order } from '../../chain/chain.ts';
import { indentAt, lineEnd } from '../../go/edit/edit.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { FileFacts } from '../../go/source/facts.ts';
import { locationOf } from '../../go/source/location.ts';
import { enclosing, enclosingFunction } from '../../go/syntax/syntax.ts';
import { generationIsBefore } from '../../sdk/generations.ts';
import { moduleIsBehind } from '../node-words.ts';
import type { AppContext, Finding, Rule, SuggestedFix } from '../rule.ts';
import { sdkNotRead } from '../unread.ts';

const repair = 'run x/upgrade first in the pre-blocker, in the begin-blocker up to SDK 0.47';

/**
 * From 0.50 on x/upgrade runs in the pre-blocker, before that in the begin-blocker, first of all
 * (docs/background/incidents.md#preblocker-wiring, docs/background/live-chain.md#what-nodes-say).
 */
export const preblockerWiring: Rule = {
  name: 'preblocker-wiring',
  severity: 'error',
  summary: 'x/upgrade is not run, or not run first',
  repair,
  nodeSays: [
    { words: moduleIsBehind, rank: 4 },
    { words: { pattern: /the old version went on past the height/ }, repair },
    { words: { pattern: /was not applied/ }, repair },
  ],
  silentUntilLater: 2,
  notJudged: sdkNotRead,
  *check({ apps }) {
    for (const subject of apps) {
      const { generation } = subject.app.sdk;
      if (!generation || !subject.app.upgrades.some(({ registered }) => registered)) continue;
      const blocker = generationIsBefore(generation, '0.50') ? beginBlocker : preBlocker;
      for (const order of subject.app.orders) {
        const finding = order.kind === blocker.order ? notFirst(order) : undefined;
        if (finding) yield finding;
      }
      const finding = notSet(subject, blocker);
      if (finding) yield finding;
      if (blocker === preBlocker) yield* withoutManager(subject);
    }
  },
};

const neverExecuted =
  'plans are never executed, and a node silently runs through the upgrade height';

/** Where x/upgrade runs, and how an app says so. */
interface Blocker {
  readonly method: 'PreBlocker' | 'BeginBlocker';
  readonly order: string;
  /** What an app calls beside its setter: an app that calls neither is wired otherwise. */
  readonly neighbour: string;
  readonly message: string;
}

const preBlocker: Blocker = {
  method: 'PreBlocker',
  order: 'PreBlockers',
  neighbour: 'SetBeginBlocker',
  message: 'this app sets no pre-blocker, and x/upgrade runs there since SDK 0.50',
};

const beginBlocker: Blocker = {
  method: 'BeginBlocker',
  order: 'BeginBlockers',
  neighbour: 'SetEndBlocker',
  message: 'this app sets no begin-blocker, and x/upgrade runs there up to SDK 0.47',
};

function notFirst({ names, location }: Order): Finding | undefined {
  const [first] = names;
  const isListed = names.some(({ name }) => name === 'upgrade');
  if (!first || first.name === null || first.name === 'upgrade' || !isListed) return undefined;
  return {
    location,
    severity: 'info',
    message: `"${first.name}" runs before "upgrade" here`,
    consequence: 'at the upgrade height it still runs on the old state with the new code',
  };
}

function notSet({ repo, app, wiring }: AppContext, blocker: Blocker): Finding | undefined {
  if (wiring.registrations.length === 0 || isSet(repo, app, blocker)) return undefined;
  // The runtime module sets both by itself.
  if (isRuntimeApp(repo, app.dir)) return undefined;
  const facts = repo.filesOf(app.dir).find(file => calls(file, blocker.neighbour));
  if (!facts) return undefined;
  const start = facts.text.indexOf(`${blocker.neighbour}(`);
  return {
    location: locationOf(facts, { start, end: start + blocker.neighbour.length }),
    message: blocker.message,
    consequence: neverExecuted,
    fixes: setFix(repo, app, facts, start, blocker.method),
  };
}

/**
 * A pre-blocker that is known not to run the manager's. Where several are set the last one counts,
 * unless it is in a branch: then only what all have in common is known.
 */
function* withoutManager({ repo, app }: AppContext): Iterable<Finding> {
  const blockers = preBlockersSet(repo, app.dir);
  const last = blockers.at(-1);
  if (last?.runsManager !== false) return;
  const around = ({ call }: PreBlockerSet) => enclosingFunction(call.node);
  const isLast = blockers.every(other => around(other) === around(last)) && !isInBranch(last);
  if (!isLast && blockers.some(({ runsManager }) => runsManager !== false)) return;
  const replaced = blockers.find(({ runsManager }) => runsManager);
  yield {
    location: locationOf(last.call.facts, last.call.node),
    message:
      "the pre-blocker that is set here does not run the module manager's, " +
      'and x/upgrade runs there since SDK 0.50',
    consequence: neverExecuted,
    related: replaced
      ? [
          {
            location: locationOf(replaced.call.facts, replaced.call.node),
            message: 'it replaces this one',
          },
        ]
      : [],
  };
}

function isInBranch({ call }: PreBlockerSet): boolean {
  return enclosing(call.node, 'if_statement', 'expression_case', 'default_case') !== undefined;
}

function isSet(repo: Repo, app: App, { method }: Blocker): boolean {
  if (method === 'PreBlocker') return app.preBlocker !== undefined;
  return repo.filesOf(app.dir).some(facts => calls(facts, 'SetBeginBlocker'));
}

function calls({ text }: FileFacts, name: string): boolean {
  return new RegExp(`\\b${name}\\(|\\.${name}\\b`).test(text);
}

/** Sets the app's own blocker of that name, where it has one. */
function setFix(
  repo: Repo,
  app: App,
  { path, text }: FileFacts,
  at: number,
  name: Blocker['method'],
): SuggestedFix[] {
  const has = repo.functions(app.dir, name).some(({ func }) => func.receiver?.type === app.type);
  const owner = /(\w+)\.$/.exec(text.slice(0, at))?.[1];
  if (!has || !owner) return [];
  return [
    {
      title: `Set ${owner}.${name}`,
      preferred: true,
      edit(changes) {
        const end = lineEnd(text, at);
        const line = `${indentAt(text, at)}${owner}.Set${name}(${owner}.${name})\n`;
        changes.edit(path, end, end, line);
      },
    },
  ];
}
