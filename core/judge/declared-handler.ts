import type { Analysis } from '../chain/analysis.ts';
import { isAlwaysSetBefore } from '../go/eval/flow.ts';
import { goNode } from '../go/eval/go-node.ts';
import { textOf } from '../go/eval/value.ts';
import type { Repo } from '../go/repo/repo.ts';
import { callArguments } from '../go/syntax/syntax.ts';
import { registeredHandler } from '../plan/handler/handler-shape.ts';
import { runsOnlyMigrations } from '../plan/handler/only-migrations.ts';
import { isSameFunction } from '../plan/handler/reusable.ts';
import type { DeclaredUpgrade } from '../plan/task.ts';
import { nameOf } from '../plan/upgrade/neighbour.ts';
import { handlerFunction } from '../wiring/registration/handler-function.ts';
import type { Registration } from '../wiring/style.ts';

/**
 * What is wrong with the handler that a new upgrade would have: it has to be found, as a node would
 * find it, and what only another upgrade does must not run once more. Undefined where nothing is.
 */
export function handlerFault(now: Analysis, { dir, name }: DeclaredUpgrade): string | undefined {
  const app = now.chain.apps.find(one => one.dir === dir);
  if (!app) return undefined;
  const { registrations } = now.wiringOf(app);
  const others = registrations.filter(other => nameOf(other) !== name);
  for (const registration of registrations.filter(one => nameOf(one) === name)) {
    // One call for all names: the plan adds a name, and what is called is there already.
    if (others.some(other => isSameCall(other, registration))) continue;
    const shape = registeredHandler(now.repo, registration);
    if (!shape && !isVariableSet(now.repo, registration))
      return `no handler of ${name} would be found`;
    if (!shape) continue;
    const [sharer, ...more] = others.filter(other =>
      isSameFunction(registeredHandler(now.repo, other), shape),
    );
    if (sharer && more.length === 0 && !runsOnlyMigrations(shape))
      return `${name} would run the handler of ${nameOf(sharer) || 'another upgrade'} again`;
  }
  return undefined;
}

/** Whether two names are registered with one expression, which depends on neither of them. */
function isSameCall(one: Registration, other: Registration): boolean {
  return (
    one.site.call.node === other.site.call.node &&
    one.struct === undefined &&
    one.handler !== undefined &&
    one.handler.bindings === undefined &&
    one.handler.node === other.handler?.node
  );
}

/** Whether a local variable is registered that holds a handler on every way to the registration. */
function isVariableSet(repo: Repo, { site }: Registration): boolean {
  const given = callArguments(site.call.node)[1];
  if (given?.type !== 'identifier') return false;
  const { facts } = site.call;
  const name = textOf({ facts, node: given });
  return isAlwaysSetBefore(given, facts.text, node => {
    if (node.type !== 'short_var_declaration' && node.type !== 'assignment_statement') return false;
    const statement = goNode({ facts, node });
    const names = statement.field('left')?.children.map(one => one.text) ?? [];
    const value = statement.field('right')?.children[names.indexOf(name)];
    return value !== undefined && handlerFunction(repo, value) !== undefined;
  });
}
