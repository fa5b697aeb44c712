import type { Module } from '../../chain/chain.ts';
import { dirname } from '../../files.ts';
import type { EditBatch } from '../../go/edit/edit-batch.ts';
import type { ImportSpec } from '../../go/edit/imports.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { FileFacts, Func } from '../../go/source/facts.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import {
  callArguments,
  callsOf,
  childByField,
  findAll,
  withoutParens,
} from '../../go/syntax/syntax.ts';
import { Refusal } from '../../refusal.ts';
import type { Generation } from '../../sdk/generations.ts';
import { declaredNames, nodeText } from '../go-tree.ts';
import { importInto, sdkContextIn } from '../handler/before-migrations.ts';
import type { HandlerShape } from '../handler/handler-shape.ts';
import { methodOf } from '../migration/find-module.ts';
import { typesAlias } from './module-version.ts';

// What two ways of giving a module its genesis read of the module and of the handler.

/** A module, and the handler that gives it its genesis. */
export interface GenesisTarget {
  readonly repo: Repo;
  readonly changes: EditBatch;
  readonly shape: HandlerShape;
  readonly module: Module;
  readonly sdk: Generation | null;
  /** The module's name as the handler writes it. */
  readonly key: string;
}

/** Imports a package into the handler's file; returns the name it goes by. */
export function importHere({ repo, changes, shape }: GenesisTarget, spec: ImportSpec): string {
  return importInto(repo, changes, shape, spec, dirname(shape.facts.path));
}

/** The variable that holds the module's genesis in the handler. */
export function variableFor({ name }: Module): string {
  const word = name
    .replace(/[^A-Za-z0-9]/g, '')
    .replace(/^\d+/, '')
    .toLowerCase();
  return `${word}Genesis`;
}

/** The SDK's context as a handler has it, and the statements that make it. */
export function contextFor(target: GenesisTarget): { name: string; before: string[] } {
  const [own] = target.shape.closure.parameters.list;
  const name = own?.name ?? 'ctx';
  if (own?.type !== 'context.Context') return { name, before: [] };
  const unwrapped = sdkContextIn(target.shape);
  if (!unwrapped.declares) return { name: unwrapped.name, before: [] };
  const sdk = importHere(target, { path: 'github.com/cosmos/cosmos-sdk/types', alias: 'sdk' });
  return {
    name: unwrapped.name,
    before: [`${unwrapped.name} := ${sdk}.UnwrapSDKContext(${name})`],
  };
}

/** A refusal that says why the module cannot get a genesis of its own. */
export function unusable({ name }: Module, { path }: FileFacts, why: string): Refusal {
  return new Refusal(
    `x/${name} cannot be given a genesis of its own: its InitGenesis ${why}; ` +
      `take ${name}=skip and initialise it in the handler by hand`,
    { file: path },
  );
}

/** A method of the module; refused where there is none. */
export function methodNamed(
  { repo, module }: GenesisTarget,
  name: string,
): { facts: FileFacts; func: Func } {
  const found = methodOf(repo, module.dir, name);
  if (!found)
    throw new Refusal(
      `x/${module.name} has no ${name} that can be read, so it cannot be given a genesis of its ` +
        `own; take ${module.name}=skip`,
      { file: module.dir },
    );
  return found;
}

/** The variable that the module reads its genesis into. */
export function genesisVariable(func: Func, facts: FileFacts): string | undefined {
  const spec = findAll(func.syntax, 'var_spec').find(
    one =>
      !childByField(one, 'value') &&
      /^[\w.]*GenesisState$/.test(nodeText(facts, childByField(one, 'type'))),
  );
  const [name, ...more] = spec ? declaredNames(spec) : [];
  return name && more.length === 0 ? nodeText(facts, name) : undefined;
}

/** What the module gives out as its default genesis. */
export function defaultGenesis(target: GenesisTarget): { text: string; pointer: boolean } {
  const { repo, module } = target;
  const { facts, func } = methodNamed(target, 'DefaultGenesis');
  const callee = defaultsFunction(facts, func);
  const qualifier = nodeText(facts, childByField(callee, 'operand'));
  const ident = nodeText(facts, childByField(callee, 'field'));
  const path = repo.importFor(facts, qualifier);
  const dir = repo.folderOf(facts, qualifier);
  const found = dir === undefined ? undefined : repo.func(dir, ident);
  if (!found?.func.syntax || path === undefined)
    throw unusable(
      module,
      facts,
      'goes with a default genesis that is not made by one call of a function here',
    );
  const name = importHere(target, { path, alias: typesAlias(path) });
  return {
    text: `${name}.${ident}()`,
    pointer: resultOf(found.func.syntax, found.facts).startsWith('*'),
  };
}

/** `types.DefaultGenesis` of `cdc.MustMarshalJSON(types.DefaultGenesis())`. */
function defaultsFunction(facts: FileFacts, func: Func): SyntaxNode | undefined {
  const body = childByField(func.syntax, 'body');
  const [marshalling] = callsOf(body, facts.text, 'MustMarshalJSON');
  const [given] = marshalling ? callArguments(marshalling) : [];
  const made = given && withoutParens(given);
  if (made?.type !== 'call_expression' || callArguments(made).length > 0) return undefined;
  const callee = childByField(made, 'function');
  return callee?.type === 'selector_expression' ? callee : undefined;
}

/** A function's result as text; ABCI's package goes by the name of `abci` in it. */
export function resultOf(fn: SyntaxNode, facts: FileFacts): string {
  const result = nodeText(facts, childByField(fn, 'result'));
  return result.replace(/\w+\.ValidatorUpdate/, 'abci.ValidatorUpdate');
}
