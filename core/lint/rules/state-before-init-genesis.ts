import type { Handler } from '../../chain/app/handler-code.ts';
import {
  bodiesOf,
  entryWrites,
  handlersOf,
  migrationRuns,
  versionMapOf,
} from '../../chain/app/handler-code.ts';
import { compareNames } from '../../chain/app/plan-names.ts';
import type { StoreName } from '../../chain/chain.ts';
import { exprAt, stringValue, textOf } from '../../go/eval/value.ts';
import { locationOf } from '../../go/source/location.ts';
import { callArguments, childByField, findAll } from '../../go/syntax/syntax.ts';
import type { AppContext, Finding, Rule } from '../rule.ts';

/**
 * State of a new module that is written before RunMigrations gives it its default genesis, which
 * overwrites it (incidents.md R7).
 */
export const stateBeforeInitGenesis: Rule = {
  name: 'state-before-init-genesis',
  severity: 'error',
  summary: "a handler writes a new module's state before its InitGenesis",
  *check({ apps }) {
    for (const subject of apps) {
      for (const handler of handlersOf(subject.repo, subject.app, subject.wiring)) {
        const { stores } = handler.upgrade;
        const pending = subject.pending.includes(handler.upgrade);
        if (!stores?.added.length || !(pending || isLast(subject, handler))) continue;
        // What the last release did is told, for whoever still has to patch it.
        for (const finding of inHandler(subject, handler, stores.added))
          yield pending
            ? finding
            : {
                ...finding,
                severity: 'info',
                message: `${finding.message} (${subject.base?.ref} has this already)`,
              };
      }
    }
  },
};

/** The last one registered by version. */
function isLast({ app }: AppContext, { upgrade }: Handler): boolean {
  return (
    upgrade.name !== null &&
    app.upgrades.every(
      u =>
        u === upgrade ||
        !u.registered ||
        u.name === null ||
        (compareNames(upgrade.name!, u.name) ?? 1) > 0,
    )
  );
}

function* inHandler(
  { repo }: AppContext,
  handler: Handler,
  added: readonly StoreName[],
): Iterable<Finding> {
  const [run] = migrationRuns(repo, handler);
  const map = versionMapOf(handler);
  if (!run) return;
  const runsAt = run.via?.start ?? run.call.node.start;
  const [, , given] = callArguments(run.call.node);
  const passed = given && textOf(exprAt(run.call, given));
  const entries = entryWrites(handler).filter(w => w.map === map || w.map === passed);
  const skipped = entries.map(w => loose(textOf(w.key)));
  // An entry under a computed name may be any module's: a loop over all of them keeps every
  // InitGenesis from running.
  if (entries.some(w => stringValue(repo, w.key).kind === 'unknown')) return;
  const seen = new Set<number>();
  for (const { facts, body, via } of bodiesOf(repo, handler)) {
    if (via && via.start >= runsAt) continue;
    for (const call of findAll(body, 'call_expression')) {
      if (!via && call.start >= runsAt) continue;
      const callee = childByField(call, 'function');
      const text = callee ? facts.text.slice(callee.start, callee.end) : '';
      const written = /(?:^|[.\]])(\w+?)Keeper\.(Set\w*|InitGenesis)$/.exec(text);
      const keeper = written && loose(written[1]!);
      const store = keeper && added.find(s => belongs(s, keeper));
      // What is written is what InitGenesis writes again.
      const before = facts.text.slice(body.start, call.end);
      const value = facts.text.slice(call.start, call.end);
      const defaults =
        /Default(Params|Genesis\w*)\(/.test(value) ||
        [...value.matchAll(/\b(\w+)\b/g)].some(
          ([word]) =>
            new RegExp(`\\b${word} :?= [\\w.]*Default(Params|Genesis\\w*)\\(\\)`).test(before) &&
            !new RegExp(`\\b${word}\\.\\w+ =`).test(before),
        );
      if (!store || defaults || skipped.some(key => key.includes(keeper)) || seen.has(call.start))
        continue;
      seen.add(call.start);
      yield {
        location: locationOf(facts, call),
        message: `this writes to ${written[1]}, which "${handler.upgrade.name}" adds; RunMigrations then runs the module's InitGenesis with its defaults over it. Write after RunMigrations, or set the module's version in the version map to keep InitGenesis from running`,
        related: [
          { location: locationOf(run.call.facts, run.call.node), message: 'InitGenesis runs here' },
        ],
      };
    }
  }
}

function belongs({ name, const: constant }: StoreName, keeper: string): boolean {
  return (
    (name !== null && loose(name) === keeper) ||
    (constant !== undefined && constant.split('/').some(element => loose(element) === keeper))
  );
}

function loose(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}
