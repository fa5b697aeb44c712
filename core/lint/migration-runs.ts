import type { Handler, HandlerBody } from '../chain/app/handler-code.ts';
import { bodiesOf, entryWrites, handlersOf, migrationRuns } from '../chain/app/handler-code.ts';
import { calledFunction, stringValue } from '../go/eval/value.ts';
import type { Repo } from '../go/repo/repo.ts';
import { callArguments, findAll } from '../go/syntax/syntax.ts';
import type { AppContext } from './rule.ts';

/** When the migrations of a release run, for a consequence. */
export function whenMigrationsRun(apps: readonly AppContext[]): string {
  return apps.length > 0 && apps.every(runsNoMigrations)
    ? 'at the next upgrade that runs migrations, because this one never calls RunMigrations,'
    : 'at the upgrade height';
}

/** Whether the handler of every pending upgrade is known, and none of them runs migrations. */
function runsNoMigrations({ repo, app, wiring, pending }: AppContext): boolean {
  const registered = pending.filter(upgrade => upgrade.registered);
  const handlers = handlersOf(repo, app, wiring).filter(({ upgrade }) =>
    registered.includes(upgrade),
  );
  return (
    registered.length > 0 &&
    registered.every(upgrade => handlers.some(handler => handler.upgrade === upgrade)) &&
    handlers.every(handler => !mayRunMigrations(repo, handler))
  );
}

/** Whether a handler runs migrations; `unknown` where what it calls is not here. */
export function runsMigrations(repo: Repo, handler: Handler): 'yes' | 'no' | 'unknown' {
  if (migrationRuns(repo, handler).length > 0) return 'yes';
  return mayRunMigrations(repo, handler) ? 'unknown' : 'no';
}

/**
 * Whether a handler may run migrations: it names them, or hands the module manager or the
 * configurator to a function that is not here or that calls further ones.
 */
function mayRunMigrations(repo: Repo, handler: Handler): boolean {
  return bodiesOf(repo, handler).some(body => namesMigrations(body) || handsManagerOn(repo, body));
}

function handsManagerOn(repo: Repo, { facts, body, via }: HandlerBody): boolean {
  return findAll(body, 'call_expression').some(call => {
    const args = callArguments(call).map(node => facts.text.slice(node.start, node.end));
    if (!args.some(text => /\b(mm|\w*manager|\w*configurator|cfg|app)\b/i.test(text))) return false;
    return via !== undefined || !calledFunction(repo, { facts, node: call });
  });
}

/** Comments aside. */
function namesMigrations({ facts, body }: HandlerBody): boolean {
  return ['identifier', 'field_identifier']
    .flatMap(type => findAll(body, type))
    .some(({ start, end }) => /migrat/i.test(facts.text.slice(start, end)));
}

/** The modules whose versions a pending handler writes itself: some chains migrate by hand. */
export function versionsWritten(apps: readonly AppContext[]): Set<string> {
  const names = apps.flatMap(({ repo, app, wiring, pending }) =>
    handlersOf(repo, app, wiring)
      .filter(({ upgrade }) => pending.includes(upgrade))
      .flatMap(handler => bodiesOf(repo, handler))
      .flatMap(body => entryWrites(body))
      .map(({ key }) => stringValue(repo, key)),
  );
  return new Set(names.flatMap(name => (name.kind === 'known' ? [name.value] : [])));
}
