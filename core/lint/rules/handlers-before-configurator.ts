import { moveStatement, statementAround } from '../../go/edit/repairs.ts';
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
import type { FuncAt } from '../../wiring/style.ts';
import type { AppContext, Finding, Rule } from '../rule.ts';

/**
 * Handlers that are given the module manager or the configurator before these are made
 * (incidents.md R10), or a configurator of their own.
 */
export const handlersBeforeConfigurator: Rule = {
  name: 'handlers-before-configurator',
  severity: 'error',
  summary: 'handlers are registered before the configurator they are given exists',
  *check({ apps }) {
    for (const subject of apps) {
      yield* early(subject);
      yield* ownConfigurator(subject);
    }
  },
};

function* early({ repo, app, wiring }: AppContext): Iterable<Finding> {
  const names = appNames({ repo, dir: app.dir, type: app.type });
  if (!names?.configurator || names.configurator.local) return;
  for (const { fn } of names.builds) {
    const { facts, func } = fn;
    const made = makes(fn) ?? callsMaker(fn, functionsOf(repo, app.dir));
    if (!made) continue;
    const seen = new Set<SyntaxNode>();
    for (const { site } of wiring.registrations) {
      const handler = callArguments(site.call.node)[1];
      // A closure looks at the app when it runs; only what is handed over is taken as it is now.
      if (
        handler?.type !== 'call_expression' ||
        !callArguments(handler).some(a =>
          written(site.call.facts.text, a).endsWith('.' + names.configurator!.text),
        )
      )
        continue;
      const call =
        site.fn === func.syntax
          ? site.call.node
          : callsOf(func.syntax, facts.text, site.func.name)[0];
      if (!call || call.start > made.start || seen.has(call)) continue;
      seen.add(call);
      yield {
        location: locationOf(facts, call),
        message: `handlers are registered here with ${names.configurator.text} as it is now, before it is made; at the upgrade height RunMigrations panics: invalid memory address or nil pointer dereference`,
        related: [{ location: locationOf(facts, made), message: 'made here' }],
        fixes:
          statementAround(call).parent === made.parent &&
          statementAround(call).type === 'expression_statement'
            ? [
                {
                  title: 'Register the handlers after it',
                  edit: changes =>
                    moveStatement(changes, facts, statementAround(call), made, 'behind'),
                },
              ]
            : [],
      };
    }
  }
}

/** The assignment of a new configurator. */
function makes({ facts, func }: FuncAt): SyntaxNode | undefined {
  if (!func.syntax || !facts.text.slice(func.start, func.end).includes('.NewConfigurator('))
    return undefined;
  for (const call of callsOf(func.syntax, facts.text, 'NewConfigurator')) {
    const made = enclosing(call, 'assignment_statement');
    if (
      made &&
      /\bconfigurator$/i.test(written(facts.text, namedChildren(childByField(made, 'left'))[0]))
    )
      return made;
  }
  return undefined;
}

/**
 * The statement that calls the function which makes the configurator: many constructors are split.
 */
function callsMaker({ facts, func }: FuncAt, functions: readonly FuncAt[]): SyntaxNode | undefined {
  for (const maker of functions) {
    const call =
      maker.func !== func && makes(maker)
        ? callsOf(func.syntax!, facts.text, maker.func.name)[0]
        : undefined;
    if (call) return statementAround(call);
  }
  return undefined;
}

/** A second configurator knows none of the migrations that modules registered with the first. */
function* ownConfigurator({ wiring }: AppContext): Iterable<Finding> {
  for (const { handler } of wiring.registrations) {
    const fn = handler?.node.type === 'func_literal' ? handler : undefined;
    if (!fn) continue;
    for (const call of callsOf(fn.node, fn.facts.text, 'NewConfigurator')) {
      yield {
        location: locationOf(fn.facts, call),
        message:
          'a configurator made in the handler knows no migrations; at the upgrade height the node stops: no migrations found for module …',
      };
    }
  }
}

function written(text: string, node: SyntaxNode | undefined): string {
  return node ? text.slice(node.start, node.end) : '';
}
