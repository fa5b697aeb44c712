import type { EditBatch } from '../../../core/go/edit/edit-batch.ts';
import { callsOf, childByField, enclosing } from '../../../core/go/syntax/syntax.ts';
import { generationIsBefore } from '../../../core/sdk/generations.ts';
import { atStart, inReturn } from './handler.ts';
import { firstOf, replaced, sourceOf } from './nodes.ts';
import type { Case, Operator } from './operator.ts';

/** Errors that are taken, or not even that, and that nobody looks at. */
export const errorOperators: readonly Operator[] = [
  {
    name: 'drop the error of RegisterServices',
    rules: ['migration-unchecked'],
    breaks: uncheckedServices,
  },
  {
    name: "overwrite the migrations' error",
    rules: ['run-migrations-result'],
    breaks: given =>
      inReturn(given, call => [`migrated, err := ${call}`, 'err = nil', 'return migrated, err']),
  },
  {
    name: 'overwrite the error of a step',
    rules: ['swallowed-error'],
    breaks: given =>
      atStart(
        given,
        () =>
          'stepErr := migrateStep(ctx)\nstepErr = nil\nif stepErr != nil {\n\treturn nil, stepErr\n}',
      ),
  },
  {
    name: 'give back an error that is shadowed',
    rules: ['swallowed-error'],
    breaks: given =>
      inReturn(given, call => [
        'var stepErr error',
        'if step != nil {',
        '\tvalue, stepErr := step(ctx)',
        '\tif stepErr == nil {\n\t\tuse(value)\n\t}',
        '}',
        `migrated, err := ${call}`,
        'if err != nil {\n\t\treturn migrated, err\n\t}',
        'return migrated, stepErr',
      ]),
  },
  {
    name: 'give the handlers a configurator of their own',
    rules: ['handlers-before-configurator'],
    breaks: otherConfigurator,
  },
];

/** The call alone, in place of the `if` that checks its error. */
function uncheckedServices({ repo, app }: Case): EditBatch | undefined {
  const { generation } = app.sdk;
  if (generation === null || generationIsBefore(generation, '0.50')) return undefined;
  return firstOf(repo.filesOf(app.dir, /\.RegisterServices\(/), facts =>
    firstOf(facts.funcs, ({ syntax }) =>
      firstOf(callsOf(syntax, facts.text, 'RegisterServices'), call => {
        const callee = sourceOf(facts, childByField(call, 'function') ?? call);
        const check = enclosing(call, 'if_statement');
        const initializer = childByField(check, 'initializer');
        const isChecked =
          initializer && initializer.start <= call.start && call.end <= initializer.end;
        return check && isChecked && /\b(mm|MM|\w*[mM]oduleManager)\./.test(callee)
          ? replaced(repo, facts.path, check, sourceOf(facts, call))
          : undefined;
      }),
    ),
  );
}

/** One that is made where the app's is handed to the function that makes a handler. */
function otherConfigurator(given: Case): EditBatch | undefined {
  const { repo, app, wiringOf, newest } = given;
  // Apps that register no services by hand have them registered by runtime.
  if (repo.filesOf(app.dir, /\.RegisterServices\(/).length === 0) return undefined;
  if (inReturn(given, () => ['return']) === undefined) return undefined;
  const registration = wiringOf(app).registrations[app.upgrades.indexOf(newest)];
  const call = registration?.site.call;
  if (!call) return undefined;
  const written = sourceOf(call.facts, call.node);
  const [found, ...others] = [
    ...written.matchAll(/[(,]\s*((?:\w+\.)*\w*[cC]onfigurator)(?=\s*[,)])/g),
  ];
  if (!found || others.length > 0 || /\bfunc\(/.test(written)) return undefined;
  const end = call.node.start + found.index + found[0].length;
  const range = { start: end - found[1]!.length, end };
  return replaced(repo, call.facts.path, range, 'module.NewConfigurator(nil, nil, nil)');
}
