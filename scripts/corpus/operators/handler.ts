import { handlersOf, versionMapOf } from '../../../core/chain/app/handler-code.ts';
import type { EditBatch } from '../../../core/go/edit/edit-batch.ts';
import { statementAround } from '../../../core/go/edit/repairs.ts';
import type { SyntaxNode } from '../../../core/go/syntax/syntax.ts';
import { callsOf, childByField, descend, namedChildren } from '../../../core/go/syntax/syntax.ts';
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

/** A map of the migrations in a block of its own, and another one given back. */
const shadowOperator: Operator = {
  name: "shadow the migrations' map",
  rules: ['run-migrations-result'],
  breaks: given =>
    inReturn(
      given,
      (call, map) =>
        map && [
          `migrated := ${map}`,
          'if len(migrated) > 0 {',
          `\tmigrated, err := ${call}`,
          '\tif err != nil {\n\t\treturn migrated, err\n\t}',
          '}',
          'return migrated, nil',
        ],
    ),
};

/** Mistakes in the map that the migrations start from. */
const mapOperators: readonly Operator[] = [
  {
    name: 'start from the versions of the new code',
    rules: ['version-map-override'],
    breaks: given => atStart(given, map => map && `${map} = mm.GetVersionMap()`),
  },
  {
    name: 'start from an empty map',
    rules: ['version-map-override'],
    breaks: given => atStart(given, map => map && `${map} = make(module.VersionMap)`),
  },
  {
    name: 'start from a map of some modules',
    rules: ['version-map-override'],
    breaks: given => atStart(given, map => map && `${map} = module.VersionMap{"auth": 2}`),
  },
];

/** A signature of another generation of the SDK. */
const signatureOperator: Operator = {
  name: "take another SDK's context",
  rules: ['handler-signature'],
  breaks(given) {
    const handler = handlerOf(given);
    const parameters = childByField(handler?.fn, 'parameters');
    const type = childByField(namedChildren(parameters)[0], 'type');
    if (!handler || !type) return undefined;
    const others: Readonly<Record<string, string>> = {
      'context.Context': 'sdk.Context',
      'sdk.Context': 'context.Context',
    };
    const { facts } = handler;
    const other = others[sourceOf(facts, type)];
    if (other === undefined) return undefined;
    const path = other === 'sdk.Context' ? 'github.com/cosmos/cosmos-sdk/types' : 'context';
    const changes = replaced(given.repo, facts.path, type, other);
    changes.import(facts.path, { path, alias: other === 'sdk.Context' ? 'sdk' : undefined });
    return changes;
  },
};

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
    name: "write a map's keys in the order they come",
    rules: ['nondeterministic-handler'],
    breaks: given =>
      atStart(
        given,
        () =>
          'denoms := map[string]bool{"one": true, "other": false}\nvar names []string\n' +
          'for name := range denoms {\n\tnames = append(names, name)\n}\n' +
          'for _, name := range names {\n\tapp.BankKeeper.SetSendEnabled(ctx, name, denoms[name])\n}',
      ),
  },
  {
    name: 'start a goroutine',
    rules: ['nondeterministic-handler'],
    breaks: given => atStart(given, () => 'go func() { notify() }()'),
  },
  {
    name: 'let the error of a call go',
    rules: ['swallowed-error'],
    breaks: given =>
      atStart(given, () => 'failing := func() error { return errors.New("no") }\nfailing()'),
  },
  {
    name: 'throw an error away',
    rules: ['swallowed-error'],
    breaks: given => atStart(given, () => '_ = app.BankKeeper.SetParams(ctx, params)'),
  },
];

/** Mistakes in an upgrade's handler. */
export const handlerOperators: readonly Operator[] = [
  ...resultOperators,
  shadowOperator,
  ...startOperators,
  ...mapOperators,
  signatureOperator,
];

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
export function inReturn(
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
export function atStart(
  given: Case,
  code: (map: string | undefined) => string | undefined,
): EditBatch | undefined {
  const handler = handlerOf(given);
  const written = handler && code(versionMapOf(handler));
  if (!written || !migrationsCallOf(handler)) return undefined;
  const start = handler.body.start + 1;
  return replaced(given.repo, handler.facts.path, { start, end: start }, `\n${written}\n`);
}
