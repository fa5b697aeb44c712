import { appFolders, callsIn } from '../../chain/app/app-code.ts';
import type { App } from '../../chain/chain.ts';
import { isUnchecked } from '../../chain/modules/unchecked.ts';
import { dirname } from '../../files.ts';
import { goNode } from '../../go/eval/go-node.ts';
import { importedPackage } from '../../go/eval/imported.ts';
import { behindLocals } from '../../go/eval/locals.ts';
import { declaredType } from '../../go/eval/methods.ts';
import type { Expr } from '../../go/eval/value.ts';
import type { GoPackage, Repo } from '../../go/repo/repo.ts';
import type { FileFacts } from '../../go/source/facts.ts';
import { locationOf } from '../../go/source/location.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import { callArguments, callsOf } from '../../go/syntax/syntax.ts';
import { generationIsBefore } from '../../sdk/generations.ts';
import { appNames } from '../../wiring/app-names.ts';
import { isForTests } from '../../wiring/call-sites.ts';
import { isNeverRead } from '../ignored-error.ts';
import { migrationExists, migrationsStartAtOne, noMigrationFound } from '../node-words.ts';
import type { AppContext, Finding, Rule } from '../rule.ts';
import { sdkNotRead } from '../unread.ts';

/**
 * A RegisterMigration, or a RegisterServices of the module manager, whose error nobody looks at: a
 * second migration from one version is dropped silently
 * (docs/background/incidents.md#errors-thrown-away).
 */
export const migrationUnchecked: Rule = {
  name: 'migration-unchecked',
  severity: 'warning',
  summary: "the error of RegisterMigration, or of the manager's RegisterServices, is not checked",
  nodeSays: [
    { words: noMigrationFound, rank: 5 },
    { words: migrationsStartAtOne, rank: 2 },
    { words: migrationExists, rank: 2 },
  ],
  notJudged: subject => (uncheckedServices(subject).length > 0 ? sdkNotRead(subject) : []),
  *check({ repo, apps }) {
    for (const app of apps) yield* servicesOf(app);
    const unchecked = repo.memoForPackages('unchecked migrations', pkg => uncheckedIn(repo, pkg));
    for (const { facts, node } of [...unchecked.values()].flat()) {
      yield {
        location: locationOf(facts, node),
        message: 'the error of RegisterMigration is discarded',
        consequence:
          'where this migration is refused (one from that version exists, ' +
          'or the version is 0) the upgrade runs without it',
      };
    }
  },
};

/** The registrations of a package that nobody looks at; undefined where it has none. */
function uncheckedIn(repo: Repo, { dir }: GoPackage): Expr[] | undefined {
  if (isForTests(dir) || /(^|\/)types\/module$/.test(dir)) return undefined;
  const found = repo.filesOf(dir, /\.RegisterMigration\b/).flatMap(facts =>
    registrationsIn(facts)
      .filter(node => isUnlookedAt(facts, node))
      .map(node => ({ facts, node })),
  );
  return found.length > 0 ? found : undefined;
}

/** The manager's RegisterServices gives back what its modules did not look at, from 0.50 on. */
function* servicesOf(subject: AppContext): Iterable<Finding> {
  const { generation } = subject.app.sdk;
  if (generation === null || generationIsBefore(generation, '0.50')) return;
  for (const { facts, node } of uncheckedServices(subject)) {
    yield {
      location: locationOf(facts, node),
      message: 'the error of RegisterServices is discarded',
      consequence:
        'where a module is refused its services, or a migration of its own, ' +
        'those of the modules behind it are missing too',
    };
  }
}

/** The calls of the manager's RegisterServices whose result nobody looks at. */
function uncheckedServices({ repo, app }: AppContext): Expr[] {
  return callsIn(repo, appFolders(repo, app.dir), ['RegisterServices'])
    .map(({ call }) => call)
    .filter(call => isOfManager(repo, app, call) && isUnlookedAt(call.facts, call.node));
}

/** Whether a call is that of a module manager's method, by the declared type of what it is of. */
function isOfManager(repo: Repo, { dir, type }: App, call: Expr): boolean {
  const { callee } = goNode(call);
  if (callee?.type !== 'selector_expression' || !callee.operand) return false;
  const made = behindLocals(callee.operand).callee;
  const isMade = made && /^NewManager(FromMap)?$/.test(made.name);
  if (isMade) return isModulePackage(importedPackage(repo, made)?.path);
  const declared = declaredType(repo, callee.operand);
  if (declared) return declared.name === 'Manager' && isModulePackage(declared.path);
  const names = appNames({ repo, dir, type });
  return (
    names?.manager !== undefined &&
    dirname(call.facts.path) === dir &&
    callee.operand.text.endsWith(`.${names.manager}`)
  );
}

function isModulePackage(path: string | undefined): boolean {
  return path?.endsWith('/types/module') === true;
}

function isUnlookedAt(facts: FileFacts, call: SyntaxNode): boolean {
  return isUnchecked(facts, call) || isNeverRead(facts, call);
}

function registrationsIn(facts: FileFacts): SyntaxNode[] {
  return facts.funcs
    .flatMap(({ syntax }) => callsOf(syntax, facts.text, 'RegisterMigration'))
    .filter(call => callArguments(call).length === 3);
}
