import type { Handler } from '../../chain/app/handler-code.ts';
import { bodiesOf, handlersOf, migrationRuns, versionMapOf } from '../../chain/app/handler-code.ts';
import { sameModule } from '../../chain/compare.ts';
import { locationOf } from '../../go/source/location.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import {
  childByField,
  descend,
  enclosing,
  findAll,
  namedChildren,
} from '../../go/syntax/syntax.ts';
import type { AppContext, Finding, Rule, RuleContext } from '../rule.ts';

/**
 * What a handler makes of RunMigrations: its map is what the chain stores, its error is what stops
 * a failed upgrade (incidents.md R8).
 */
export const runMigrationsResult: Rule = {
  name: 'run-migrations-result',
  severity: 'error',
  summary: "a handler drops RunMigrations' map or error, or does not call it",
  *check(subject) {
    for (const app of subject.apps) {
      for (const handler of handlersOf(app.repo, app.app, app.wiring)) {
        if (app.pending.includes(handler.upgrade) && handler.parameters.length === 3)
          yield* inHandler(subject, app, handler);
      }
    }
  },
};

function* inHandler(
  subject: RuleContext,
  { repo }: AppContext,
  handler: Handler,
): Iterable<Finding> {
  const { facts, body } = handler;
  const text = (node: SyntaxNode) => facts.text.slice(node.start, node.end);
  const runs = migrationRuns(repo, handler);
  const map = versionMapOf(handler);
  if (runs.length === 0) {
    // Handed on to something that is not here, or to a function two calls away.
    const handedOn = findAll(body, 'call_expression').some(
      call =>
        map !== undefined &&
        namedChildren(childByField(call, 'arguments')).some(a => text(a) === map),
    );
    const [name] = rising(subject);
    if (!handedOn && name !== undefined && bodiesOf(repo, handler).length > 0) {
      yield {
        location: locationOf(facts, { start: handler.fn.start, end: body.start }),
        severity: 'warning',
        message: `this handler does not call RunMigrations, and x/${name} has a new version since the last release; its migration does not run`,
      };
    }
    return;
  }
  for (const { call, via } of runs) {
    if (via) continue;
    const statement = enclosing(
      call.node,
      'return_statement',
      'short_var_declaration',
      'assignment_statement',
      'expression_statement',
      'block',
    );
    if (!statement || statement.type === 'return_statement') continue;
    const location = locationOf(facts, call.node);
    const targets =
      statement.type === 'block' || statement.type === 'expression_statement'
        ? []
        : namedChildren(childByField(statement, 'left')).map(text);
    if (targets.length === 0 || targets[0] === '_') {
      yield {
        location,
        message:
          'the map that RunMigrations returns is dropped; the chain stores the old versions, and at the next upgrade the same migrations run again',
      };
      continue;
    }
    if (targets[1] === '_')
      yield {
        location,
        message:
          'the error of RunMigrations is dropped; a failed migration goes on as if it had worked, and nodes come to different states',
      };
    yield* returns(handler, targets[0]!, call.node, map);
    yield* swallowed(handler, targets[1], statement);
  }
}

/** Returns behind the call that give back something else than its map. */
function* returns(
  { facts, body, fn }: Handler,
  result: string,
  call: SyntaxNode,
  map: string | undefined,
): Iterable<Finding> {
  for (const statement of findAll(body, 'return_statement')) {
    if (
      statement.start < call.end ||
      enclosing(statement, 'func_literal', 'function_declaration', 'method_declaration') !== fn
    )
      continue;
    const values = namedChildren(namedChildren(statement)[0]);
    const [value] = values;
    const [first, second] = values.map(node => facts.text.slice(node.start, node.end));
    if (second !== 'nil' || !value || first === undefined || result === '_' || first === result)
      continue;
    const empty =
      first === 'nil' || /^(make\(|(module\.)?VersionMap\{\}|map\[string\]uint64\{\})/.test(first);
    if (first === map || empty) {
      yield {
        location: locationOf(facts, statement),
        message: `this returns ${empty ? 'an empty map' : `${first}, the map from before the migrations,`} and not ${result}, what RunMigrations gave; the chain keeps the old versions, and at the next upgrade the same migrations run again`,
        fixes: [
          {
            title: `Return ${result}`,
            edit: changes => changes.edit(facts.path, value.start, value.end, result),
          },
        ],
      };
    }
  }
}

/** `if err != nil { … }` behind the call that goes on, or returns without the error. */
function* swallowed(
  { facts, body }: Handler,
  error: string | undefined,
  call: SyntaxNode,
): Iterable<Finding> {
  if (error === undefined || error === '_') return;
  const check = [...descend(body)].find(
    n =>
      n.type === 'if_statement' &&
      n.start >= call.end &&
      new RegExp(`\\b${error}\\s*!=\\s*nil`).test(
        facts.text.slice(n.start, childByField(n, 'consequence')?.start ?? n.end),
      ),
  );
  const then = check && childByField(check, 'consequence');
  if (!check || !then) return;
  const written = facts.text.slice(then.start, then.end);
  const [last] = findAll(then, 'return_statement').slice(-1);
  const values = last
    ? namedChildren(namedChildren(last)[0]).map(n => facts.text.slice(n.start, n.end))
    : [];
  if (
    /\bpanic\(|os\.Exit|\.Fatal|tmos\.Exit|cmtos\.Exit/.test(written) ||
    (last && values.at(-1) !== 'nil')
  )
    return;
  yield {
    location: locationOf(facts, { start: check.start, end: then.start }),
    message: `a failed migration is ${last ? 'answered with a nil error' : 'only noted'}; the upgrade goes on with a state that is half migrated`,
  };
}

/** The modules of the repository whose ConsensusVersion rose since the baseline. */
function rising({ chain, base }: RuleContext): string[] {
  return base
    ? chain.modules
        .filter(
          m =>
            (m.consensusVersion ?? 0) >
            (sameModule(base.chain.modules, m)?.consensusVersion ?? m.consensusVersion ?? 0),
        )
        .map(m => m.name)
    : [];
}
