import type { Handler } from '../../chain/app/handler-code.ts';
import {
  bodiesOf,
  entryWrites,
  handlersOf,
  migrationRuns,
  versionMapOf,
} from '../../chain/app/handler-code.ts';
import { exprAt, textOf } from '../../go/eval/value.ts';
import { locationOf } from '../../go/source/location.ts';
import { callArguments, childByField, descend, enclosing } from '../../go/syntax/syntax.ts';
import type { AppContext, Finding, Rule } from '../rule.ts';

/**
 * A handler that replaces or overwrites the version map migrations start from (incidents.md R9).
 */
export const versionMapOverride: Rule = {
  name: 'version-map-override',
  severity: 'warning',
  summary: 'a handler overwrites the versions that migrations start from',
  *check({ apps }) {
    for (const subject of apps) {
      for (const handler of handlersOf(subject.repo, subject.app, subject.wiring)) {
        if (subject.pending.includes(handler.upgrade)) yield* inHandler(subject, handler);
      }
    }
  },
};

function* inHandler({ repo, app, base }: AppContext, handler: Handler): Iterable<Finding> {
  const given = new Set(
    migrationRuns(repo, handler).map(({ call }) =>
      textOf(exprAt(call, callArguments(call.node)[2] ?? call.node)),
    ),
  );
  const own = versionMapOf(handler);
  if (own) given.add(own);
  for (const body of bodiesOf(repo, handler).slice(0, 1)) {
    const { facts } = body;
    for (const write of entryWrites(body)) {
      if (!given.has(write.map)) continue;
      const location = locationOf(facts, write.statement);
      const loop = enclosing(write.statement, 'for_statement');
      const over =
        loop && loop.start > body.body.start
          ? loop.children.find(c => c.type === 'range_clause')
          : undefined;
      if (
        over &&
        /\.(Modules|ModuleManager\.Modules)$/.test(
          textOf(exprAt(write.key, childByField(over, 'right') ?? over)),
        )
      ) {
        yield {
          location,
          severity: 'error',
          message: `this sets the version of every module before migrations run, of those too that are new: no InitGenesis and no migration runs as it should`,
        };
      } else if (/\.\w*StoreKey$/.test(textOf(write.key))) {
        yield {
          location,
          message: `the version map is keyed by module names, and ${textOf(write.key)} is a store key; where the two differ (auth's store is "acc") the module itself gets InitGenesis again`,
        };
      } else if (textOf(write.value) === '0' && app.sdk.generation) {
        yield {
          location,
          severity: 'info',
          message:
            "version 0 keeps InitGenesis from running, and the upgrade fails unless the module's ConsensusVersion is 1: a migration from 0 cannot be registered",
        };
      }
    }
    for (const name of given) {
      if (name === own || !/^\w+$/.test(name)) continue;
      const made = [...descend(body.body)].find(
        n =>
          n.type === 'short_var_declaration' &&
          textOf({ facts, node: childByField(n, 'left') ?? n }) === name,
      );
      const value = made && childByField(made, 'right');
      if (
        !value ||
        !/^(make\(|module\.VersionMap\{|map\[string\]uint64\{)/.test(textOf({ facts, node: value }))
      )
        continue;
      // A chain that comes from 0.42 or older has no stored versions to start from (sdk.md C.4).
      const first = base?.app.sdk.generation === '0.42' || base?.app.sdk.generation === '0.39';
      yield {
        location: locationOf(facts, made),
        severity: first ? 'info' : 'warning',
        message: `migrations start from ${name}, which is made here, and not from what the chain has stored: modules that are missing in it get InitGenesis again, others migrate from a version they may not have`,
      };
    }
  }
}
