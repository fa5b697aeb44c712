import { exprAt, textOf } from '../../go/eval/value.ts';
import type { Repo } from '../../go/repo/repo.ts';
import { withoutParens } from '../../go/syntax/syntax.ts';
import type { Registration } from '../../wiring/style.ts';
import type { HandlerShape } from './handler-shape.ts';
import { registeredHandler } from './handler-shape.ts';
import { runsOnlyMigrations } from './only-migrations.ts';

/** Whether two handlers are one function, by where it stands. */
export function isSameFunction(one: HandlerShape | undefined, other: HandlerShape): boolean {
  return (
    one?.facts.path === other.facts.path && one.closure.node.start === other.closure.node.start
  );
}

/**
 * Whether a new upgrade may be registered with the very handler of another one: several upgrades
 * have it already, or it does nothing but run migrations. What is one upgrade's own is never run
 * for another.
 */
export function isReusable(
  repo: Repo,
  registration: Registration,
  all: readonly Registration[],
): boolean {
  const shape = registeredHandler(repo, registration);
  if (!shape) return false;
  return isShared(repo, registration, all) || runsOnlyMigrations(shape);
}

/** Whether another upgrade is registered with the same handler, written the same. */
export function isShared(
  repo: Repo,
  registration: Registration,
  all: readonly Registration[],
): boolean {
  const shape = registeredHandler(repo, registration);
  if (!shape) return false;
  return all.some(
    other =>
      other !== registration &&
      isSameFunction(registeredHandler(repo, other), shape) &&
      handlerText(other) === handlerText(registration),
  );
}

/** A registration's handler as written, on one line; `''` where it has none of its own. */
function handlerText({ handler }: Registration): string {
  if (!handler) return '';
  return textOf(exprAt(handler, withoutParens(handler.node))).replace(/\s+/g, '');
}
