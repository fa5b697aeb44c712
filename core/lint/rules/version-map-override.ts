import type { EntryWrite, Handler, HandlerBody } from '../../chain/app/handler-code.ts';
import {
  bodiesOf,
  entryWrites,
  handlersOf,
  migrationRuns,
  versionMapOf,
} from '../../chain/app/handler-code.ts';
import type { Expr } from '../../go/eval/value.ts';
import { exprAt, textOf } from '../../go/eval/value.ts';
import type { Repo } from '../../go/repo/repo.ts';
import { locationOf } from '../../go/source/location.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import { callArguments, childByField, enclosing, findAll } from '../../go/syntax/syntax.ts';
import { bondedPoolDiffers, moduleIsBehind, noMigrationFound } from '../node-words.ts';
import type { AppContext, Finding, Rule } from '../rule.ts';

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
  *check({ apps }) {
    for (const subject of apps) {
      for (const handler of handlersOf(subject.repo, subject.app, subject.wiring)) {
        if (subject.pending.includes(handler.upgrade)) yield* inHandler(subject, handler);
      }
    }
  },
};

function* inHandler(subject: AppContext, handler: Handler): Iterable<Finding> {
  const { repo, app } = subject;
  const given = mapsGiven(repo, handler);
  const own = versionMapOf(handler);
  const [body] = bodiesOf(repo, handler);
  if (!body) return;
  for (const write of entryWrites(body)) {
    const isVersion = write.map === own || given.has(write.map);
    const finding = isVersion ? inEntry(write, body, app.sdk.generation !== null) : undefined;
    if (finding) yield finding;
  }
  for (const name of given) {
    const made = name === own ? undefined : creationOf(body, name);
    if (made) yield startsFromOwn(subject, body, name, made);
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
  { key, value, statement }: EntryWrite,
  body: HandlerBody,
  isSdkKnown: boolean,
): Finding | undefined {
  const location = locationOf(body.facts, statement);
  if (isForEveryModule(key, statement, body))
    return {
      location,
      severity: 'error',
      message: 'this sets the version of every module, also of new ones, before migrations run',
      consequence: 'no InitGenesis and no migration runs as it should',
    };
  const keyText = textOf(key);
  if (/\.\w*StoreKey$/.test(keyText))
    return {
      location,
      message: `the version map is keyed by module names, and ${keyText} is a store key`,
      consequence:
        'where the two differ (the store of auth is "acc") ' +
        'InitGenesis of the module runs again',
    };
  if (textOf(value) === '0' && isSdkKnown)
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

/** Whether a version is set in a loop over the manager's modules. */
function isForEveryModule(key: Expr, statement: SyntaxNode, { body }: HandlerBody): boolean {
  const loop = enclosing(statement, 'for_statement');
  if (!loop || loop.start <= body.start) return false;
  const clause = loop.children.find(({ type }) => type === 'range_clause');
  const over = childByField(clause, 'right');
  return over !== undefined && textOf(exprAt(key, over)).endsWith('.Modules');
}

/** Where the handler creates a map of its own: `vm := make(module.VersionMap)`. */
function creationOf({ facts, body }: HandlerBody, name: string): SyntaxNode | undefined {
  const definition = findAll(body, 'short_var_declaration').find(node => {
    const left = childByField(node, 'left');
    return left !== undefined && textOf({ facts, node: left }) === name;
  });
  const value = childByField(definition, 'right');
  const isNew =
    value !== undefined &&
    /^(make\(|module\.VersionMap\{|map\[string\]uint64\{)/.test(textOf({ facts, node: value }));
  return isNew ? definition : undefined;
}

function startsFromOwn(
  { base }: AppContext,
  { facts }: HandlerBody,
  name: string,
  made: SyntaxNode,
): Finding {
  // A chain that comes from 0.42 or older has no stored versions to start from.
  const before = base?.app.sdk.generation;
  const hasNoVersions = before === '0.42' || before === '0.39';
  return {
    location: locationOf(facts, made),
    severity: hasNoVersions ? 'info' : 'warning',
    message:
      `migrations start from ${name}, which is created here, ` +
      'instead of what the chain has stored',
    consequence:
      'InitGenesis of modules that are missing in it runs again, ' +
      'others migrate from a version they may not have',
  };
}
