import type { ManagerCall, ManagerKind } from '../../../chain/modules/manager.ts';
import { managerCalls } from '../../../chain/modules/manager.ts';
import { goNode } from '../../../go/eval/go-node.ts';
import type { Expr } from '../../../go/eval/value.ts';
import { exprAt } from '../../../go/eval/value.ts';
import type { FileFacts } from '../../../go/source/facts.ts';
import type { SyntaxNode } from '../../../go/syntax/syntax.ts';
import { enclosing } from '../../../go/syntax/syntax.ts';
import { Refusal } from '../../../refusal.ts';
import type { Filled } from '../arguments.ts';
import type { MountJob } from '../job.ts';
import { importAll } from '../job.ts';
import type { Scope } from '../scope.ts';
import { qualified, scopeIn } from '../scope.ts';
import { addBesideOwn, longestList } from './neighbour.ts';

/** The list of modules that a manager gets, and what a new element of it can be called with. */
export interface ModuleList {
  readonly list: Expr;
  readonly elements: readonly Expr[];
  readonly scope: Scope;
}

/** The lists that the app's managers of a kind get, where each can be added to. */
export function moduleLists(
  { repo, app }: Pick<MountJob, 'repo' | 'app'>,
  kind: ManagerKind,
): ModuleList[] {
  const calls = managerCalls(repo, app.dir).filter(
    call => call.kind === kind && /^New/.test(call.name),
  );
  return calls.map(call => {
    const found = longestList(call.items.map(({ expr }) => expr));
    if (!found) throw new Refusal(cannotAdd(call), { file: call.call.facts.path });
    const { facts, node } = found.list;
    const fn = functionOf(node) ?? node;
    return {
      ...found,
      scope: scopeIn(repo, app, { facts, fn, until: Number.POSITIVE_INFINITY }),
    };
  });
}

function functionOf(node: SyntaxNode): SyntaxNode | undefined {
  return enclosing(node, 'function_declaration', 'method_declaration');
}

function cannotAdd({ name }: ManagerCall): string {
  return `the modules that ${name} is given are not in a list that can be added to`;
}

/** The call that makes the module, with what it is given. */
export function moduleCode(
  { repo, app, module }: MountJob,
  facts: FileFacts,
  given: Extract<Filled, { texts: unknown }>,
): { text: string; imports: Filled extends never ? never : (typeof given)['imports'] } {
  const called = qualified(repo, app, facts, module.module.path, module.module.name);
  return {
    text: `${called.text}(${given.texts.join(', ')})`,
    imports: [...called.imports, ...given.imports],
  };
}

/** Adds the module to a list of modules. */
export function addToList(
  job: MountJob,
  { list, elements }: ModuleList,
  code: { readonly text: string; readonly imports: Parameters<typeof importAll>[2] },
): void {
  importAll(job, list.facts, code.imports);
  addBesideOwn(job.repo, job.changes, list, elements, code.text);
}

/** Adds the module's basic part to each list of `NewBasicManager`. */
export function addToBasics(job: MountJob): void {
  const { repo, app, module } = job;
  for (const found of moduleLists(job, 'basics')) {
    const type = qualified(repo, app, found.list.facts, module.module.path, module.basic);
    addToList(job, found, { text: `${type.text}{}`, imports: type.imports });
  }
}

/** Where the manager is made, for what is said of it. */
export function managerPlace({ list }: ModuleList): string {
  return goNode(exprAt(list, list.node)).facts.path;
}
