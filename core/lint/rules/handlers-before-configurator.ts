import type { Handler } from '../../chain/app/handler-code.ts';
import { handlersOf } from '../../chain/app/handler-code.ts';
import type { Unknown } from '../../chain/chain.ts';
import { moveStatement, statementAround } from '../../go/edit/repairs.ts';
import type { Expr } from '../../go/eval/value.ts';
import { textOf } from '../../go/eval/value.ts';
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
import { appNames } from '../../wiring/app-names.ts';
import { functionsOf } from '../../wiring/call-sites.ts';
import type { FuncAt, Site } from '../../wiring/style.ts';
import { moduleIsBehind, nilPointer, noMigrationFound } from '../node-words.ts';
import type { AppContext, Finding, Rule, SuggestedFix } from '../rule.ts';
import { handlersNotRead, unjudgedFor } from '../unread.ts';
import { givenConfigurators } from '../unregistered-configurator.ts';

/**
 * Handlers that are given the module manager or the configurator before these are made, or a
 * configurator of their own or one that no module registers with
 * (docs/background/incidents.md#handlers-before-configurator).
 */
export const handlersBeforeConfigurator: Rule = {
  name: 'handlers-before-configurator',
  severity: 'error',
  summary: 'handlers are registered before the configurator that they receive is created',
  nodeSays: [
    { words: noMigrationFound, rank: 4 },
    { words: moduleIsBehind, rank: 5 },
    { words: nilPointer, rank: 2 },
  ],
  silentUntilLater: 6,
  notJudged: notFollowed,
  *check({ apps }) {
    for (const subject of apps) {
      yield* early(subject);
      yield* ownConfigurator(subject);
      yield* otherConfigurator(subject);
    }
  },
};

function* early({ repo, app, wiring }: AppContext): Iterable<Finding> {
  const names = appNames({ repo, dir: app.dir, type: app.type });
  if (!names?.configurator || names.configurator.local) return;
  const configurator = names.configurator.text;
  const given = wiring.registrations
    .map(({ site }) => site)
    .filter(site => isGiven(site, configurator));
  for (const { fn } of names.builds) {
    const { facts } = fn;
    const made = makes(fn) ?? callsMaker(fn, functionsOf(repo, app.dir));
    if (!made) continue;
    const calls = new Set(given.map(site => callIn(fn, site)));
    for (const call of calls) {
      if (!call || call.start > made.start) continue;
      yield {
        location: locationOf(facts, call),
        message: `handlers are registered here with ${configurator} before it is created`,
        consequence:
          'at the upgrade height RunMigrations panics: ' +
          'invalid memory address or nil pointer dereference',
        related: [{ location: locationOf(facts, made), message: 'created here' }],
        fixes: moveFix(facts, call, made),
      };
    }
  }
}

/**
 * Whether a registration passes the configurator to a handler's constructor. A closure looks at the
 * app when it runs; only what is passed is taken as it is now.
 */
function isGiven({ call }: Site, configurator: string): boolean {
  const handler = callArguments(call.node)[1];
  if (handler?.type !== 'call_expression') return false;
  return callArguments(handler).some(argument =>
    written(call.facts.text, argument).endsWith(`.${configurator}`),
  );
}

/** Where a function that builds the app registers a handler: itself, or by the call of another. */
function callIn({ facts, func }: FuncAt, site: Site): SyntaxNode | undefined {
  return site.fn === func.syntax
    ? site.call.node
    : callsOf(func.syntax, facts.text, site.func.name)[0];
}

/** Moves the registration behind the configurator, where both are statements of one block. */
function moveFix(facts: FileFacts, call: SyntaxNode, made: SyntaxNode): SuggestedFix[] {
  const statement = statementAround(call);
  if (statement.type !== 'expression_statement' || statement.parent !== made.parent) return [];
  return [
    {
      title: 'Register the handlers after it',
      preferred: true,
      edit: changes => moveStatement(changes, facts, statement, made, 'behind'),
    },
  ];
}

/** The assignment of a new configurator. */
function makes({ facts, func }: FuncAt): SyntaxNode | undefined {
  if (!func.syntax || !facts.text.slice(func.start, func.end).includes('.NewConfigurator('))
    return undefined;
  return callsOf(func.syntax, facts.text, 'NewConfigurator')
    .map(call => enclosing(call, 'assignment_statement'))
    .find(assignment => {
      const target = namedChildren(childByField(assignment, 'left'))[0];
      return /\bconfigurator$/i.test(written(facts.text, target));
    });
}

/**
 * The statement that calls the function which makes the configurator: many constructors are split.
 */
function callsMaker({ facts, func }: FuncAt, functions: readonly FuncAt[]): SyntaxNode | undefined {
  for (const maker of functions) {
    const call =
      maker.func !== func && makes(maker)
        ? callsOf(func.syntax, facts.text, maker.func.name)[0]
        : undefined;
    if (call) return statementAround(call);
  }
  return undefined;
}

/** A second configurator knows none of the migrations that modules registered with the first. */
function* ownConfigurator({ wiring }: AppContext): Iterable<Finding> {
  for (const { handler } of wiring.registrations) {
    if (handler?.node.type !== 'func_literal') continue;
    const { facts, node } = handler;
    for (const call of callsOf(node, facts.text, 'NewConfigurator')) {
      yield {
        location: locationOf(facts, call),
        message: 'a configurator that is created in the handler has no migrations',
        consequence: 'at the upgrade height the node stops: no migrations found for module …',
      };
    }
  }
}

/** One that is made beside the handlers, and that no module gets. */
function* otherConfigurator(subject: AppContext): Iterable<Finding> {
  const told = new Set<string>();
  for (const { handler, given } of givenIn(subject)) {
    // What the handler makes itself is reported above.
    if (!('made' in given) || isInside(given.made, handler)) continue;
    const location = locationOf(given.made.facts, given.made.node);
    const place = `${location.file} ${location.start}`;
    if (told.has(place)) continue;
    told.add(place);
    yield {
      location,
      severity: 'warning',
      message: 'RunMigrations is given this configurator, with which no module registers',
      consequence:
        'it knows no migrations: where a module has a new version the node stops ' +
        'at the upgrade height: no migrations found for module …',
    };
  }
}

/** The configurators that pending handlers run their migrations with. */
function givenIn({ repo, app, wiring, pending }: AppContext) {
  return handlersOf(repo, app, wiring)
    .filter(({ upgrade }) => pending.includes(upgrade))
    .flatMap(handler => givenConfigurators(repo, app, handler).map(given => ({ handler, given })));
}

/** What was not followed: handlers, and where the configurators come from that they are given. */
function notFollowed(subject: AppContext): readonly Unknown[] {
  const unread = givenIn(subject).flatMap(({ given }) =>
    'unread' in given
      ? [
          {
            location: locationOf(given.unread.facts, given.unread.node),
            why: `where ${textOf(given.unread)} is made cannot be followed`,
          },
        ]
      : [],
  );
  return [...handlersNotRead(subject), ...unjudgedFor('configurators', unread)];
}

function isInside({ facts, node }: Expr, { facts: file, fn }: Handler): boolean {
  return facts.path === file.path && fn.start <= node.start && node.end <= fn.end;
}

function written(text: string, node: SyntaxNode | undefined): string {
  return node ? text.slice(node.start, node.end) : '';
}
