import type { Handler } from '../chain/app/handler-code.ts';
import {
  bodiesOf,
  entryWrites,
  handlersOf,
  migrationRuns,
  versionMapOf,
} from '../chain/app/handler-code.ts';
import type { App, Upgrade } from '../chain/chain.ts';
import { intValue } from '../go/eval/integers.ts';
import type { Expr } from '../go/eval/value.ts';
import { exprAt, stringValue, textOf } from '../go/eval/value.ts';
import type { Repo } from '../go/repo/repo.ts';
import type { SyntaxNode } from '../go/syntax/syntax.ts';
import { callArguments, calleeName, enclosing, findAll } from '../go/syntax/syntax.ts';
import { runsMigrations } from '../lint/migration-runs.ts';
import { ownVersionMap } from '../lint/version-map-source.ts';
import type { Wiring } from '../wiring/style.ts';

/**
 * What a handler writes for a module into the versions that migrations start from: a number,
 * `current` for the module's own version, `none` where it removes the entry, `unknown` where that
 * depends on something.
 */
export type StartVersion = number | 'current' | 'none' | 'unknown';

/** What the handler of an upgrade does with modules. */
export interface HandlerEffects {
  /** Whether it runs migrations; `unknown` where it was not found, or calls what is not here. */
  readonly runs: 'yes' | 'no' | 'unknown';
  /** By module. */
  readonly starts: ReadonlyMap<string, StartVersion>;
  /** What about it is not known. */
  readonly notes: readonly string[];
}

/** Reads what the handler of an upgrade does with modules. */
export function handlerEffects(
  repo: Repo,
  app: App,
  wiring: Wiring,
  upgrade: Upgrade,
): HandlerEffects {
  const handler = handlersOf(repo, app, wiring).find(one => one.upgrade === upgrade);
  if (!handler)
    return {
      runs: 'unknown',
      starts: new Map(),
      notes: ['unknown: what the handler does; its function was not found'],
    };
  const runs = runsMigrations(repo, handler);
  const { starts, notes } = startVersions(repo, handler);
  return { runs, starts, notes: [...notesOnRuns(runs), ...notes, ...notesOnMap(repo, handler)] };
}

function notesOnRuns(runs: HandlerEffects['runs']): string[] {
  switch (runs) {
    case 'yes':
      return [];
    case 'no':
      return ['the handler does not call RunMigrations: no module is migrated or initialised'];
    case 'unknown':
      return [
        'unknown: whether the handler runs migrations; it calls what is not in this repository',
      ];
  }
}

/** Migrations that start from a map of the handler's own. */
function notesOnMap(repo: Repo, handler: Handler): string[] {
  const own = migrationRuns(repo, handler).some(
    ({ call, via }) => !via && ownVersionMap(repo, handler, call.node),
  );
  return own
    ? ['unknown: which migrations run; they start from a map that the handler makes itself']
    : [];
}

/** A version that is set or removed: the module, and what it becomes. */
interface Written {
  readonly key: Expr;
  readonly start: StartVersion;
}

function startVersions(
  repo: Repo,
  handler: Handler,
): { starts: Map<string, StartVersion>; notes: string[] } {
  const starts = new Map<string, StartVersion>();
  const notes: string[] = [];
  for (const { key, start } of [
    ...writtenHere(repo, handler),
    ...writtenElsewhere(repo, handler),
  ]) {
    const name = stringValue(repo, key);
    if (name.kind === 'known') starts.set(name.value, start);
    else
      notes.push(
        `unknown: a version that the handler sets before migrations, of ${textOf(key)} ` +
          `(${key.facts.path})`,
      );
  }
  return { starts, notes };
}

/** What the handler's own body writes into the map that RunMigrations is given. */
function writtenHere(repo: Repo, handler: Handler): Written[] {
  const { facts, body } = handler;
  const maps = new Set([versionMapOf(handler), ...mapsGiven(repo, handler)]);
  const set = entryWrites(handler)
    .filter(({ map }) => maps.has(map))
    .map(({ key, value, statement }): Written => {
      const start = isConditional(statement, body) ? 'unknown' : versionWritten(repo, value);
      return { key, start };
    });
  const removed = findAll(body, 'call_expression').flatMap((call): Written[] => {
    const [map, key] = callArguments(call);
    if (calleeName(call, facts.text) !== 'delete' || !map || !key) return [];
    if (!maps.has(textOf({ facts, node: map }))) return [];
    const start = isConditional(call, body) ? 'unknown' : 'none';
    return [{ key: { facts, node: key }, start }];
  });
  return [...set, ...removed];
}

/**
 * What functions that the handler calls write under the names of modules: whether into its map is
 * not followed.
 */
function writtenElsewhere(repo: Repo, handler: Handler): Written[] {
  return bodiesOf(repo, handler)
    .filter(({ via }) => via !== undefined)
    .flatMap(body => entryWrites(body))
    .filter(({ key }) => stringValue(repo, key).kind === 'known')
    .map(({ key }) => ({ key, start: 'unknown' }));
}

/** The maps that RunMigrations is given, as they are written. */
function mapsGiven(repo: Repo, handler: Handler): string[] {
  return migrationRuns(repo, handler)
    .filter(({ via }) => !via)
    .flatMap(({ call }) => {
      const map = callArguments(call.node)[2];
      return map ? [textOf(exprAt(call, map))] : [];
    });
}

function versionWritten(repo: Repo, value: Expr): StartVersion {
  if (value.node.type === 'call_expression' && isOwnVersion(value)) return 'current';
  const number = intValue(repo, value);
  return 'value' in number ? number.value : 'unknown';
}

function isOwnVersion({ facts, node }: Expr): boolean {
  return calleeName(node, facts.text) === 'ConsensusVersion';
}

/** Whether something has to hold for a statement to run. */
function isConditional(statement: SyntaxNode, body: SyntaxNode): boolean {
  const around = enclosing(
    statement,
    'if_statement',
    'for_statement',
    'expression_case',
    'func_literal',
  );
  return around !== undefined && around.start > body.start;
}
