import { handlersOf, versionMapOf } from '../../../core/chain/app/handler-code.ts';
import type { EditBatch } from '../../../core/go/edit/edit-batch.ts';
import { statementAround } from '../../../core/go/edit/repairs.ts';
import type { SyntaxNode } from '../../../core/go/syntax/syntax.ts';
import { callsOf, descend } from '../../../core/go/syntax/syntax.ts';
import { replaced, replacedStatement, sourceOf } from './nodes.ts';
import type { Case, Operator } from './operator.ts';

type Handler = ReturnType<typeof handlersOf>[number];

/** Mistakes in what a handler does with the result of RunMigrations. */
const resultOperators: readonly Operator[] = [
  {
    name: "discard the migrations' map",
    rules: ['run-migrations-result'],
    breaks: given =>
      inReturn(given, (call, map) => map && [`_, err := ${call}`, `return ${map}, err`]),
  },
  {
    name: "drop the migrations' error",
    rules: ['run-migrations-result'],
    breaks: given => inReturn(given, call => [`migrated, _ := ${call}`, 'return migrated, nil']),
  },
  {
    name: 'give back an empty map',
    rules: ['run-migrations-result'],
    breaks: given =>
      inReturn(given, call => [
        `migrated, err := ${call}`,
        'if err != nil {\n\t\treturn migrated, err\n\t}',
        'return nil, nil',
      ]),
  },
];

/** Mistakes in what a handler does first. */
const startOperators: readonly Operator[] = [
  {
    name: 'set all versions',
    rules: ['version-map-override'],
    breaks: given =>
      atStart(given, map => map && `for name := range mm.Modules {\n\t${map}[name] = 1\n}`),
  },
  {
    name: 'key the version map by a store key',
    rules: ['version-map-override'],
    breaks: given => atStart(given, map => map && `${map}[authtypes.StoreKey] = 4`),
  },
  {
    name: 'ask the clock',
    rules: ['nondeterministic-handler'],
    breaks: given => atStart(given, () => 'setDeadline(time.Now())'),
  },
  {
    name: 'start a goroutine',
    rules: ['nondeterministic-handler'],
    breaks: given => atStart(given, () => 'go func() { notify() }()'),
  },
  {
    name: 'throw an error away',
    rules: ['swallowed-error'],
    breaks: given => atStart(given, () => '_ = app.BankKeeper.SetParams(ctx, params)'),
  },
];

/** Mistakes in an upgrade's handler. */
export const handlerOperators: readonly Operator[] = [...resultOperators, ...startOperators];

function handlerOf({ repo, app, newest, wiringOf }: Case): Handler | undefined {
  return handlersOf(repo, app, wiringOf(app)).find(
    handler => handler.upgrade === newest && handler.parameters.length === 3,
  );
}

function migrationsCallOf({ body, facts }: Handler): SyntaxNode | undefined {
  return callsOf(body, facts.text, 'RunMigrations')[0];
}

/**
 * Writes lines in place of `return mm.RunMigrations(…)` where that is a statement of the handler's
 * own. `lines` is given the call's text and the name of the version map.
 */
function inReturn(
  given: Case,
  lines: (call: string, map: string | undefined) => readonly string[] | '' | undefined,
): EditBatch | undefined {
  const handler = handlerOf(given);
  const call = handler && migrationsCallOf(handler);
  const statement = call && statementAround(call);
  if (statement?.type !== 'return_statement') return undefined;
  const { body, facts } = handler!;
  if (![...descend(body)].includes(statement)) return undefined;
  const written = lines(sourceOf(facts, call!), versionMapOf(handler!));
  return written ? replacedStatement(given.repo, facts, call!, written) : undefined;
}

/** Writes code to the start of the handler's body; it is given the name of the version map. */
function atStart(
  given: Case,
  code: (map: string | undefined) => string | undefined,
): EditBatch | undefined {
  const handler = handlerOf(given);
  const written = handler && code(versionMapOf(handler));
  if (!written || !migrationsCallOf(handler)) return undefined;
  const start = handler.body.start + 1;
  return replaced(given.repo, handler.facts.path, { start, end: start }, `\n${written}\n`);
}
