import { functionNamed } from '../../go/eval/call.ts';
import type { Expr } from '../../go/eval/expr.ts';
import { excerptOf } from '../../go/eval/expr.ts';
import type { GoNode } from '../../go/eval/go-node.ts';
import { goNode } from '../../go/eval/go-node.ts';
import { importedPackage } from '../../go/eval/imported.ts';
import { argumentItems } from '../../go/eval/lists.ts';
import { behindLocals } from '../../go/eval/locals.ts';
import { rootsOf } from '../../go/eval/roots.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { FileFacts } from '../../go/source/facts.ts';
import { importsOf } from '../../go/source/facts.ts';
import { callsOf } from '../../go/syntax/syntax.ts';
import { Refusal } from '../../refusal.ts';
import type { Removal } from './removal.ts';
import { sourceLine } from './removal.ts';

const givers = ['Provide', 'ProvideInModule', 'Invoke', 'InvokeInModule'];

/**
 * The functions that the code of those folders gives to depinject, which fills their parameters.
 * Throws `Refusal` where one cannot be read that may ask for the module's keeper.
 */
export function functionsGiven(removal: Removal, folders: readonly string[]): Expr[] {
  const { repo } = removal;
  return folders
    .flatMap(dir => repo.filesOf(dir, /\b(Provide|Invoke)(InModule)?\(/))
    .flatMap(facts => callsOfDepinject(repo, facts))
    .flatMap(call => {
      // The first argument of these is the name of a module.
      const from = /InModule$/.test(call.callee!.name) ? 1 : 0;
      return argumentItems(repo, call, from);
    })
    .flatMap(({ expr, why }) => (why === undefined ? functionGiven(removal, expr) : unread(expr)));
}

function callsOfDepinject(repo: Repo, facts: FileFacts): GoNode[] {
  return rootsOf(repo, facts)
    .flatMap(root => callsOf(root, facts.text, ...givers))
    .map(node => goNode({ facts, node }))
    .filter(call => isOfDepinject(repo, call));
}

const packages = /(^|\/)(depinject|appmodule|appconfig)(\/v\d+)?$/;

function isOfDepinject(repo: Repo, { facts, callee }: GoNode): boolean {
  if (callee?.type === 'selector_expression')
    return packages.test(importedPackage(repo, callee)?.path ?? '');
  return importsOf(facts).some(({ path, alias }) => alias === '.' && packages.test(path));
}

function functionGiven(removal: Removal, expr: Expr): Expr[] {
  const { repo, module } = removal;
  const given = behindLocals(expr);
  if (given.type === 'func_literal') return [given];
  const found = functionNamed(repo, given);
  if (found) return [found];
  // A function of another repository knows no type of this one.
  const imported = given.type === 'selector_expression' ? importedPackage(repo, given) : undefined;
  const isElsewhere = imported !== undefined && imported.dir === undefined;
  return isElsewhere && repo.dirOf(module.package) !== undefined ? [] : unread(given);
}

function unread(expr: Expr): never {
  const { file, line } = sourceLine(expr);
  throw new Refusal(
    `${file}:${line}: what ${excerptOf(expr)} asks depinject for cannot be read; take the module ` +
      'out by hand',
    { file, line },
  );
}
