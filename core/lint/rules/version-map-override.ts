import type { EntryWrite, Handler, HandlerBody } from '../../chain/app/handler-code.ts';
import {
  bodiesOf,
  entryWrites,
  handlersOf,
  migrationRuns,
  versionMapOf,
} from '../../chain/app/handler-code.ts';
import type { Chain } from '../../chain/chain.ts';
import type { Expr, Value } from '../../go/eval/value.ts';
import { exprAt, localDefinition, stringValue, textOf } from '../../go/eval/value.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { FileFacts } from '../../go/source/facts.ts';
import { locationOf } from '../../go/source/location.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import {
  callArguments,
  callsOf,
  childByField,
  enclosing,
  namedChildren,
} from '../../go/syntax/syntax.ts';
import { storeConstant } from '../../sdk/registry.ts';
import { bondedPoolDiffers, moduleIsBehind, noMigrationFound } from '../node-words.ts';
import type { AppContext, Finding, Rule, RuleContext, Severity } from '../rule.ts';
import { handlersNotRead } from '../unread.ts';
import type { OwnVersionMap } from '../version-map-source.ts';
import { ownVersionMap } from '../version-map-source.ts';

/**
 * A handler that replaces or overwrites the version map that migrations start from
 * (docs/background/incidents.md#version-map-override).
 */
export const versionMapOverride: Rule = {
  name: 'version-map-override',
  severity: 'warning',
  summary: 'a handler overwrites the versions that migrations start from',
  repair: 'start migrations from the map that the handler is given',
  nodeSays: [
    { words: noMigrationFound, rank: 3 },
    { words: bondedPoolDiffers, rank: 2 },
    { words: moduleIsBehind, rank: 3 },
  ],
  silentUntilLater: 3,
  notJudged: handlersNotRead,
  *check(context) {
    for (const subject of context.apps) {
      for (const handler of handlersOf(subject.repo, subject.app, subject.wiring)) {
        if (subject.pending.includes(handler.upgrade)) yield* inHandler(context, subject, handler);
      }
    }
  },
};

function* inHandler(
  { chain }: RuleContext,
  subject: AppContext,
  handler: Handler,
): Iterable<Finding> {
  const { repo } = subject;
  const given = mapsGiven(repo, handler);
  const own = versionMapOf(handler);
  const [body] = bodiesOf(repo, handler);
  if (!body) return;
  for (const write of entryWrites(body)) {
    const isVersion = write.map === own || given.has(write.map);
    const finding = isVersion ? inEntry(chain, subject, write, body) : undefined;
    if (finding) yield finding;
  }
  for (const { call, via } of migrationRuns(repo, handler)) {
    const source = via ? undefined : ownVersionMap(subject.repo, handler, call.node);
    if (source) yield startsFromOwn(subject, handler, source);
  }
}

/** The maps that RunMigrations is given, as they are written. */
function mapsGiven(repo: Repo, handler: Handler): ReadonlySet<string> {
  return new Set(
    migrationRuns(repo, handler).map(({ call }) =>
      textOf(exprAt(call, callArguments(call.node)[2] ?? call.node)),
    ),
  );
}

/** What is wrong with a version that is set: `fromVM["counter"] = 1`. */
function inEntry(
  chain: Chain,
  subject: AppContext,
  write: EntryWrite,
  body: HandlerBody,
): Finding | undefined {
  const { key, value, statement } = write;
  const { repo, app } = subject;
  const location = locationOf(body.facts, statement);
  const loop = loopOverModules(key, statement, body);
  if (loop)
    return {
      location,
      severity: severityOfAll(subject, write, loop, body),
      message: 'this sets the version of every module, also of new ones, before migrations run',
      consequence: takesOut(body, write.map)
        ? 'migrations start from versions that the modules may not have'
        : 'no InitGenesis and no migration runs as it should',
    };
  const keyText = textOf(key);
  if (/\.\w*StoreKey$/.test(keyText)) {
    if (isModuleName(chain, stringValue(repo, key))) return undefined;
    return {
      location,
      message: `the version map is keyed by module names, and ${keyText} is a store key`,
      consequence:
        'where the two differ (the store of auth is "acc") ' +
        'InitGenesis of the module runs again',
    };
  }
  if (textOf(value) === '0' && app.sdk.generation !== null)
    return {
      location,
      severity: 'info',
      message: 'version 0 keeps InitGenesis from running',
      consequence:
        "the upgrade fails unless the module's ConsensusVersion is 1: " +
        'a migration from 0 cannot be registered',
    };
  return undefined;
}

/** Whether a store's name is its module's too: `banktypes.StoreKey` is "bank". */
function isModuleName(chain: Chain, store: Value): boolean {
  if (store.kind !== 'known') return false;
  const known = store.const === undefined ? undefined : storeConstant(store.const);
  return (
    known?.row.moduleName === store.value || chain.modules.some(({ name }) => name === store.value)
  );
}

/** The loop over the manager's modules in which an entry is set under each of their names. */
function loopOverModules(
  key: Expr,
  statement: SyntaxNode,
  { facts, body }: HandlerBody,
): SyntaxNode | undefined {
  const loop = enclosing(statement, 'for_statement');
  if (!loop || loop.start <= body.start) return undefined;
  const clause = loop.children.find(({ type }) => type === 'range_clause');
  const over = childByField(clause, 'right');
  const variables = namedChildren(childByField(clause, 'left')).map(node =>
    textOf({ facts, node }),
  );
  if (!over || !variables.includes(textOf(key))) return undefined;
  return namesAllModules(facts, over) ? loop : undefined;
}

const allModules = /(\.Modules|\.GetVersionMap\(\)|\.ModuleNames\(\))\)*$/;

/** Whether that is all modules of the manager, also behind a variable. */
function namesAllModules(facts: FileFacts, over: SyntaxNode): boolean {
  const text = textOf({ facts, node: over });
  if (allModules.test(text)) return true;
  const local = over.type === 'identifier' ? localDefinition(over, text, facts.text) : undefined;
  return typeof local === 'object' && allModules.test(textOf({ facts, node: local }));
}

/**
 * An error, but where it is what the chain has to do: one that comes from SDK 0.42 or older has no
 * stored versions. Where an `if` chooses the modules, only some are set; where some are taken out
 * again, the new ones may be; and without a last release it is not known that there are any.
 */
function severityOfAll(
  subject: AppContext,
  write: EntryWrite,
  loop: SyntaxNode,
  body: HandlerBody,
): Severity {
  if (hasNoVersions(subject)) return 'info';
  const isThoughtOf = isChosen(write.key, write.statement, loop) || takesOut(body, write.map);
  return isThoughtOf || !subject.base ? 'warning' : 'error';
}

/** Whether modules are taken out of a map: `delete(fromVM, "authz")`. */
function takesOut({ facts, body }: HandlerBody, map: string): boolean {
  return callsOf(body, facts.text, 'delete').some(call => {
    const [given] = callArguments(call);
    return given !== undefined && textOf({ facts, node: given }) === map;
  });
}

/** Whether a branch in the loop asks for the name of the module. */
function isChosen(key: Expr, statement: SyntaxNode, loop: SyntaxNode): boolean {
  const asks = new RegExp(`\\b${textOf(key)}\\b`);
  for (
    let around = enclosing(statement, 'if_statement', 'expression_switch_statement');
    around && around.start > loop.start;
    around = enclosing(around, 'if_statement', 'expression_switch_statement')
  ) {
    const end = childByField(around, 'consequence')?.start ?? statement.start;
    if (asks.test(key.facts.text.slice(around.start, end))) return true;
  }
  return false;
}

/** Whether the chain comes from an SDK that stored no versions. */
function hasNoVersions({ base }: AppContext): boolean {
  const before = base?.app.sdk.generation;
  return before === '0.42' || before === '0.39';
}

function startsFromOwn(
  subject: AppContext,
  { facts }: Handler,
  { node, name, from }: OwnVersionMap,
): Finding {
  const location = locationOf(facts, node);
  const severity = hasNoVersions(subject) ? 'info' : 'warning';
  if (from === 'new code')
    return {
      location,
      severity,
      message: 'migrations start from the versions of the new code, not from what is stored',
      consequence: 'no migration runs, and no InitGenesis of a new module',
    };
  const map = name === undefined ? 'a map' : `${name},`;
  return {
    location,
    severity,
    message:
      `migrations start from ${map} which is created here, ` +
      'instead of what the chain has stored',
    consequence:
      'InitGenesis of modules that are missing in it runs again, ' +
      'others migrate from a version they may not have',
  };
}
