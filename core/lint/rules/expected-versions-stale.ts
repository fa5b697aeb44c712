import type { HandlerBody } from '../../chain/app/handler-code.ts';
import { bodiesOf, handlersOf } from '../../chain/app/handler-code.ts';
import type { Module } from '../../chain/chain.ts';
import { readGuardOf } from '../../chain/guard.ts';
import { goNode } from '../../go/eval/go-node.ts';
import { importedPackage } from '../../go/eval/imported.ts';
import { intValue } from '../../go/eval/integers.ts';
import type { Expr } from '../../go/eval/value.ts';
import { exprAt, stringValue } from '../../go/eval/value.ts';
import type { Repo } from '../../go/repo/repo.ts';
import { locationOf } from '../../go/source/location.ts';
import { callsOf, childByField, findAll, namedChildren } from '../../go/syntax/syntax.ts';
import type { AppBase, Finding, Rule } from '../rule.ts';

/** A pending handler expects another module version than the network has. */
export const expectedVersionsStale: Rule = {
  name: 'expected-versions-stale',
  severity: 'error',
  summary: 'a handler expects another version of a module than the last release has',
  repair: 'expect the version that the network has',
  nodeSays: [
    {
      words: { pattern: /this upgrade was written for another state: (.*)/ },
      repair: 'expect the version that the network has: $1',
    },
  ],
  *check({ apps, base }) {
    for (const subject of apps) {
      const { repo, app, wiring, pending } = subject;
      const guard = subject.base && base ? readGuardOf(repo, app) : undefined;
      if (!guard || !base || !subject.base) continue;
      for (const handler of handlersOf(repo, app, wiring)) {
        if (!pending.includes(handler.upgrade)) continue;
        for (const body of bodiesOf(repo, handler))
          yield* inBody(repo, body, guard.dir, subject.base, base.chain.modules);
      }
    }
  },
};

function* inBody(
  repo: Repo,
  { facts, body }: HandlerBody,
  guardDir: string,
  base: AppBase,
  modules: readonly Module[],
): Iterable<Finding> {
  for (const node of callsOf(body, facts.text, 'Expect')) {
    const call = goNode({ facts, node });
    const dir = call.callee && importedPackage(repo, call.callee)?.dir;
    const versions = call.arguments[1];
    if (dir !== guardDir || versions?.type !== 'composite_literal') continue;
    for (const entry of findAll(childByField(versions.node, 'body'), 'keyed_element'))
      yield* inEntry(repo, exprAt(versions, entry), base, modules);
  }
}

function* inEntry(
  repo: Repo,
  entry: Expr,
  base: AppBase,
  modules: readonly Module[],
): Iterable<Finding> {
  const { facts } = entry;
  const [key, value] = namedChildren(entry.node);
  const name = key && stringValue(repo, exprAt(entry, key));
  const expected = value && intValue(repo, exprAt(entry, value));
  if (name?.kind !== 'known' || !value || !expected || !('value' in expected)) return;
  const [module, ...others] = modules.filter(one => one.name === name.value);
  const was = module?.consensusVersion;
  if (was == null || others.length > 0 || was === expected.value) return;
  yield {
    location: locationOf(facts, value),
    ...(base.merged ? {} : { severity: 'warning' as const }),
    message: `${name.value} is at version ${was} in ${base.ref}, the handler expects ${expected.value}`,
    consequence:
      'at the upgrade height the handler returns an error on every node: this upgrade was written ' +
      'for another state',
    fixes: [
      {
        title: `Expect version ${was}`,
        preferred: base.merged && value.type === 'int_literal',
        edit: changes => changes.edit(facts.path, value.start, value.end, String(was)),
      },
    ],
  };
}
