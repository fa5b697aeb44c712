import { dirname } from '../../files.ts';
import { EditBatch } from '../../go/edit/edit-batch.ts';
import { qualifierOf } from '../../go/edit/imports.ts';
import { freeImport } from '../../go/edit/imports-in-use.ts';
import type { Expr } from '../../go/eval/value.ts';
import { calledFunction } from '../../go/eval/value.ts';
import type { FileFacts, Func } from '../../go/source/facts.ts';
import { typeRef } from '../../go/source/type-ref.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import { callArguments, callsOf, childByField } from '../../go/syntax/syntax.ts';
import { Refusal } from '../../refusal.ts';
import type { Generation } from '../../sdk/generations.ts';
import { generationIsBefore } from '../../sdk/generations.ts';
import { calledOperand, nodeText } from '../go-tree.ts';
import { handlerParameters, migrationCall } from '../handler/handler-shape.ts';
import { heldBy } from '../handler/held-value.ts';
import { structIn } from '../migration/keeper.ts';
import type { GenesisTarget } from './genesis-target.ts';
import {
  contextFor,
  defaultGenesis,
  genesisVariable,
  importHere,
  methodNamed,
  resultOf,
  unusable,
  variableFor,
} from './genesis-target.ts';
import { managerInterfaces, packageAlias } from './module-version.ts';

/**
 * How a handler gives a module its genesis: where it comes from, the call that takes it, and the
 * statements that this needs before it, which serve several modules.
 */
export interface OwnGenesis {
  readonly variable: string;
  readonly made: string;
  readonly call: string;
  readonly fails: boolean;
  /** Whether the call returns something before the error. */
  readonly dropped: boolean;
  readonly before: readonly string[];
}

/**
 * Calls what the module's own InitGenesis calls, where a handler can get at it; else the module
 * itself, by way of the module manager.
 */
export function ownGenesis(target: GenesisTarget): OwnGenesis {
  try {
    // What it imports counts only if it comes to an end.
    directly({ ...target, changes: new EditBatch(target.repo) });
  } catch (error) {
    if (error instanceof Refusal) return throughManager(target);
    throw error;
  }
  return directly(target);
}

/**
 * The module's InitGenesis with a genesis in JSON, as the module manager calls it
 * (docs/background/sdk.md#runmigrations).
 */
function throughManager(target: GenesisTarget): OwnGenesis {
  const { repo, changes, shape, module, sdk, key } = target;
  const { facts, func } = methodNamed(target, 'InitGenesis');
  const manager = migrationCall(shape)?.manager;
  const result = resultOf(func.syntax!, facts);
  const isKnown = result === '' || result === '[]abci.ValidatorUpdate';
  if (managerInterfaces(repo).length > 0 || manager === undefined || sdk === null || !isKnown)
    throw unusable(module, facts, 'takes what is not in reach of the handler');
  const type = assertedType(sdk, result !== '');
  const asserted = type === undefined ? '' : `.(${ofSdk(target, 'types/module')}.${type})`;
  const context = contextFor(target);
  const made = defaultGenesis(target);
  const variable = variableFor(module);
  // Many files call this package `types`, which says too little beside the modules' own.
  const codectypes = freeImport(repo, shape.facts, {
    path: 'github.com/cosmos/cosmos-sdk/codec/types',
    alias: 'codectypes',
  });
  changes.import(shape.facts.path, codectypes);
  const qualifier = qualifierOf(repo, dirname(shape.facts.path), codectypes);
  const registry = `${qualifier}.NewInterfaceRegistry()`;
  const genesis = `genesisCodec.MustMarshalJSON(${made.pointer ? '' : '&'}${variable})`;
  return {
    variable,
    made: made.text,
    fails: false,
    dropped: false,
    before: [
      ...context.before,
      `genesisCodec := ${ofSdk(target, 'codec')}.NewProtoCodec(${registry})`,
    ],
    call:
      `${manager}.Modules[${key}]${asserted}.InitGenesis` +
      `(${context.name}, genesisCodec, ${genesis})`,
  };
}

/** The interface of package module by which the manager's modules have InitGenesis. */
function assertedType(sdk: Generation, givesValidators: boolean): string | undefined {
  if (generationIsBefore(sdk, '0.47')) return undefined;
  return givesValidators && !generationIsBefore(sdk, '0.50') ? 'HasABCIGenesis' : 'HasGenesis';
}

function ofSdk(target: GenesisTarget, path: string): string {
  return importHere(target, { path: `github.com/cosmos/cosmos-sdk/${path}`, alias: undefined });
}

/**
 * Follows what the module's own InitGenesis calls; refused where that takes what a handler cannot
 * get at.
 */
function directly(target: GenesisTarget): OwnGenesis {
  const { module } = target;
  const { facts, func } = methodNamed(target, 'InitGenesis');
  const [call] = callsOf(childByField(func.syntax, 'body'), facts.text, 'InitGenesis');
  const called = call && calledBy(target, { facts, node: call });
  const state = genesisVariable(func, facts);
  if (!call || !called || state === undefined)
    throw unusable(module, facts, 'does more than to hand the genesis on');
  const variable = variableFor(module);
  const made = defaultGenesis(target);
  const context = contextOf(target, facts, called);
  const ctx = handlerParameters(func.syntax!, facts).list[0]?.name;
  const given = callArguments(call).map(node => {
    const written = nodeText(facts, node);
    const plain = written.replace(/^[*&]/, '');
    if (plain === ctx) return context.name;
    if (plain !== state) return held(target, facts, func, node);
    const isPointer = written.startsWith('&');
    if (made.pointer === isPointer) return variable;
    return isPointer ? `&${variable}` : `*${variable}`;
  });
  const result = resultOf(called.node, called.facts);
  if (!/^(error|\[\]abci\.ValidatorUpdate|\(\[\]abci\.ValidatorUpdate, error\))?$/.test(result))
    throw unusable(module, facts, `returns ${result}`);
  return {
    variable,
    made: made.text,
    call: `${calleeText(target, facts, func, call)}(${given.join(', ')})`,
    fails: /\berror\b/.test(result),
    dropped: result.includes(','),
    before: context.before,
  };
}

/** The function that a call calls, also a method of a keeper that the module holds. */
function calledBy(
  target: GenesisTarget,
  call: Expr,
): { facts: FileFacts; node: SyntaxNode } | undefined {
  return calledFunction(target.repo, call) ?? keeperMethod(target, call);
}

/** The context that a function takes, as the handler has it. */
function contextOf(
  target: GenesisTarget,
  facts: FileFacts,
  called: { facts: FileFacts; node: SyntaxNode },
): { name: string; before: string[] } {
  const [taken] = handlerParameters(called.node, called.facts).list;
  if (taken?.type !== 'context.Context') return contextFor(target);
  const [own] = target.shape.closure.parameters.list;
  if (own?.type !== 'context.Context')
    throw unusable(
      target.module,
      facts,
      'takes a context.Context, which this handler does not have',
    );
  return { name: own.name, before: [] };
}

/** The keeper's method behind `am.keeper.InitGenesis`. */
function keeperMethod(
  target: GenesisTarget,
  { facts, node }: Expr,
): { facts: FileFacts; node: SyntaxNode } | undefined {
  const field = fieldAt(target, facts, calledOperand(node));
  const dir = field && target.repo.folderOf(field.facts, typeRef(field.type)?.qualifier);
  if (!field || dir === undefined) return undefined;
  const found = target.repo
    .functions(dir, 'InitGenesis')
    .find(({ func }) => func.receiver?.type === typeName(field.type) && func.syntax);
  return found && { facts: found.facts, node: found.func.syntax! };
}

/** A field of the module, and the file that declares it. */
interface Field {
  readonly facts: FileFacts;
  readonly type: string;
}

/** The field that `am.keeper` means. */
function fieldAt(
  { repo, module }: GenesisTarget,
  facts: FileFacts,
  node: SyntaxNode | undefined,
): Field | undefined {
  if (childByField(node, 'operand')?.type !== 'identifier') return undefined;
  const name = nodeText(facts, childByField(node, 'field'));
  const struct = structIn(repo, module.dir, 'AppModule');
  const field = struct?.fields.find(f => f.name === name);
  return struct && field && { facts: struct.facts, type: field.type };
}

/** The import path of the package that declares a field's type. */
function pathOf({ repo, module }: GenesisTarget, { facts, type }: Field): string | undefined {
  const qualifier = typeRef(type)?.qualifier;
  return qualifier === undefined ? repo.importPath(module.dir) : repo.importFor(facts, qualifier);
}

/** A type's name without its package and pointer. */
function typeName(type: string): string {
  return type.replace(/^.*[.*]/, '');
}

/** What the handler has of the type that a field of the module has, as an argument. */
function held(target: GenesisTarget, facts: FileFacts, func: Func, node: SyntaxNode): string {
  const isUnary = node.type === 'unary_expression';
  const operator = isUnary ? nodeText(facts, childByField(node, 'operator')) : undefined;
  const operand = isUnary ? childByField(node, 'operand') : node;
  const field = fieldAt(target, facts, operand);
  const there = field && func.receiver && heldLike(target, field);
  if (!there) throw outOfReach(target, facts, node);
  const isPointer = operator === '&' || (operator === undefined && field.type.startsWith('*'));
  if (there.pointer === isPointer) return there.text;
  return isPointer ? `&${there.text}` : `*${there.text}`;
}

function outOfReach({ module }: GenesisTarget, facts: FileFacts, node: SyntaxNode): Refusal {
  return unusable(
    module,
    facts,
    `takes ${nodeText(facts, node)}, which is not in reach of the handler`,
  );
}

/** What the handler has of a field's type. */
function heldLike(target: GenesisTarget, field: Field): ReturnType<typeof heldBy> {
  const path = pathOf(target, field);
  if (path === undefined) return undefined;
  const exact = new RegExp(`^${path.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')}$`);
  return heldBy(target.repo, target.shape, { path: exact, name: typeName(field.type) });
}

/** The function that takes the genesis, as the handler calls it. */
function calleeText(target: GenesisTarget, facts: FileFacts, func: Func, call: SyntaxNode): string {
  const { repo, module } = target;
  const callee = childByField(call, 'function')!;
  const operand = calledOperand(call);
  if (!operand)
    return `${importNamed(target, repo.importPath(module.dir)!)}.${nodeText(facts, callee)}`;
  const ident = nodeText(facts, childByField(callee, 'field'));
  const isName = operand.type === 'identifier';
  const path = isName ? repo.importFor(facts, nodeText(facts, operand)) : undefined;
  if (path !== undefined) return `${importNamed(target, path)}.${ident}`;
  const field = fieldAt(target, facts, operand);
  const there = field && func.receiver && heldLike(target, field);
  if (!there) throw outOfReach(target, facts, operand);
  return `${there.text}.${ident}`;
}

function importNamed(target: GenesisTarget, path: string): string {
  const near = dirname(target.shape.facts.path);
  return importHere(target, { path, alias: packageAlias(target.repo, path, near) });
}
