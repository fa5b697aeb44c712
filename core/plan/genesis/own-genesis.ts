import type { Module } from '../../chain/chain.ts';
import { dirname } from '../../files.ts';
import { EditBatch } from '../../go/edit/edit-batch.ts';
import { qualifierOf } from '../../go/edit/imports.ts';
import { freeImport } from '../../go/edit/imports-in-use.ts';
import { calledFunction } from '../../go/eval/value.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { FileFacts, Func } from '../../go/source/facts.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import {
  callsOf,
  childByField,
  findAll,
  namedChildren,
  withoutParens,
} from '../../go/syntax/syntax.ts';
import { Refusal } from '../../refusal.ts';
import type { Generation } from '../../sdk/generations.ts';
import { generationIsBefore } from '../../sdk/generations.ts';
import { importInto, sdkContextIn } from '../handler/before-migrations.ts';
import type { HandlerShape } from '../handler/handler-shape.ts';
import { handlerParameters, migrationCall } from '../handler/handler-shape.ts';
import { heldBy } from '../handler/held-value.ts';
import { methodOf } from '../migration/find-module.ts';
import { structIn } from '../migration/keeper.ts';
import { managerInterfaces, packageAlias, typesAlias } from './module-version.ts';

/**
 * How a handler gives a module its genesis: where it comes from, the call that takes it, and the
 * statements that this needs before it, which serve several modules.
 */
export interface OwnGenesis {
  readonly variable: string;
  readonly made: string;
  readonly call: string;
  readonly fails: boolean;
  readonly dropped: boolean;
  readonly before: readonly string[];
}

/** What is read of a module, and the handler it is read for. */
interface Reading {
  readonly repo: Repo;
  readonly changes: EditBatch;
  readonly shape: HandlerShape;
  readonly module: Module;
  readonly sdk: Generation | null /** The module's name as the handler writes it. */;
  readonly key: string;
}

/**
 * Calls what the module's own InitGenesis calls, where a handler can get at it; else the module
 * itself, by way of the module manager.
 */
export function ownGenesis(reading: Reading): OwnGenesis {
  try {
    // What it imports counts only if it comes to an end.
    directly({ ...reading, changes: new EditBatch(reading.repo) });
  } catch (error) {
    if (error instanceof Refusal) return throughManager(reading);
    throw error;
  }
  return directly(reading);
}

/**
 * The module's InitGenesis with a genesis in JSON, as the module manager calls it
 * (docs/background/sdk.md#runmigrations).
 */
function throughManager(reading: Reading): OwnGenesis {
  const { repo, changes, shape, module, sdk, key } = reading;
  const { facts, func } = methodNamed(reading, 'InitGenesis');
  const near = dirname(shape.facts.path);
  const interfaces = managerInterfaces(repo);
  const manager = migrationCall(shape)?.manager;
  const result = resultOf(func.syntax!, facts.text);
  if (
    interfaces.length > 0 ||
    manager === undefined ||
    sdk === null ||
    !/^(\[\]abci\.ValidatorUpdate)?$/.test(result)
  )
    throw strange(module, facts, 'takes what is not in reach of the handler');
  const add = (path: string) =>
    importInto(
      repo,
      changes,
      shape,
      { path: `github.com/cosmos/cosmos-sdk/${path}`, alias: undefined },
      near,
    );
  const asserted = generationIsBefore(sdk, '0.47')
    ? ''
    : `.(${add('types/module')}.${result === '' || generationIsBefore(sdk, '0.50') ? 'HasGenesis' : 'HasABCIGenesis'})`;
  const context = contextFor(reading);
  const made = defaultGenesis(reading);
  const variable = variableFor(module);
  // Many files call this package `types`, which says too little beside the modules' own.
  const registry = freeImport(repo, shape.facts, {
    path: 'github.com/cosmos/cosmos-sdk/codec/types',
    alias: 'codectypes',
  });
  changes.import(shape.facts.path, registry);
  return {
    variable,
    made: made.text,
    fails: false,
    dropped: false,
    before: [
      ...context.before,
      `genesisCodec := ${add('codec')}.NewProtoCodec(${qualifierOf(repo, near, registry)}.NewInterfaceRegistry())`,
    ],
    call: `${manager}.Modules[${key}]${asserted}.InitGenesis(${context.name}, genesisCodec, genesisCodec.MustMarshalJSON(${made.pointer ? '' : '&'}${variable}))`,
  };
}

function variableFor({ name }: Module): string {
  return `${name
    .replace(/[^A-Za-z0-9]/g, '')
    .replace(/^\d+/, '')
    .toLowerCase()}Genesis`;
}

/** The SDK's context as a handler has it. */
function contextFor({ repo, changes, shape }: Reading): { name: string; before: string[] } {
  const [own] = shape.closure.parameters.list;
  const name = own?.name ?? 'ctx';
  if (own?.type !== 'context.Context') return { name, before: [] };
  const unwrapped = sdkContextIn(shape);
  const sdk = () =>
    importInto(
      repo,
      changes,
      shape,
      { path: 'github.com/cosmos/cosmos-sdk/types', alias: 'sdk' },
      dirname(shape.facts.path),
    );
  return {
    name: unwrapped.name,
    before: unwrapped.declares ? [`${unwrapped.name} := ${sdk()}.UnwrapSDKContext(${name})`] : [],
  };
}

/**
 * Follows what the module's own InitGenesis calls; refused where that takes what a handler cannot
 * get at.
 */
function directly(reading: Reading): OwnGenesis {
  const { repo, shape, module } = reading;
  const { facts, func } = methodNamed(reading, 'InitGenesis');
  const text = (n: SyntaxNode) => facts.text.slice(n.start, n.end);
  const call = callsOf(childByField(func.syntax, 'body'), facts.text, 'InitGenesis')[0];
  const callee = call && childByField(call, 'function');
  const called =
    (call && calledFunction(repo, { facts, node: call })) ||
    (call && keeperMethod(reading, facts, call));
  const ctx = handlerParameters(func.syntax!, facts).list[0]?.name;
  const state = genesisVariable(func, facts);
  if (!call || !callee || !called || state === undefined)
    throw strange(module, facts, 'does more than to hand the genesis on');
  const variable = variableFor(module);
  const made = defaultGenesis(reading);
  const target = { facts: called.facts, list: handlerParameters(called.node, called.facts).list };
  const context = target.list[0]?.type;
  const own = shape.closure.parameters.list[0];
  if (context === 'context.Context' && own?.type !== 'context.Context')
    throw strange(module, facts, 'takes a context.Context, which this handler does not have');
  const handed =
    context === 'context.Context' ? { name: own!.name, before: [] } : contextFor(reading);
  const given = namedChildren(childByField(call, 'arguments')).map(node => {
    const plain = text(node).replace(/^[*&]/, '');
    const pointer = text(node).startsWith('&');
    if (plain === ctx) return handed.name;
    if (plain === state)
      return made.pointer === pointer ? variable : pointer ? `&${variable}` : `*${variable}`;
    return held(reading, facts, func, node);
  });
  const result = resultOf(called.node, called.facts.text);
  if (!/^(error|\[\]abci\.ValidatorUpdate|\(\[\]abci\.ValidatorUpdate, error\))?$/.test(result))
    throw strange(module, facts, `returns ${result}`);
  return {
    variable,
    made: made.text,
    call: `${calleeText(reading, facts, func, callee)}(${given.join(', ')})`,
    fails: /\berror\b/.test(result),
    dropped: result.includes(','),
    before: handed.before,
  };
}

function strange(module: Module, facts: FileFacts, why: string): Refusal {
  return new Refusal(
    `x/${module.name} cannot be given a genesis of its own: its InitGenesis ${why}; take ${module.name}=skip and initialise it in the handler by hand`,
    { file: facts.path },
  );
}

function methodNamed({ repo, module }: Reading, name: string): { facts: FileFacts; func: Func } {
  const found = methodOf(repo, module.dir, name);
  if (!found)
    throw new Refusal(
      `x/${module.name} has no ${name} that can be read, so it cannot be given a genesis of its own; take ${module.name}=skip`,
      { file: module.dir },
    );
  return found;
}

/** The variable that the module reads its genesis into. */
function genesisVariable(func: Func, { text }: FileFacts): string | undefined {
  return findAll(func.syntax, 'var_spec')
    .map(spec => /^(\w+) [\w.]*GenesisState$/.exec(text.slice(spec.start, spec.end))?.[1])
    .find(name => name !== undefined);
}

/** What the module gives out as its default genesis. */
function defaultGenesis(reading: Reading): { text: string; pointer: boolean } {
  const { repo, changes, shape, module } = reading;
  const { facts, func } = methodNamed(reading, 'DefaultGenesis');
  const [marshalled] = callsOf(childByField(func.syntax, 'body'), facts.text, 'MustMarshalJSON');
  const given = marshalled && namedChildren(childByField(marshalled, 'arguments'))[0];
  const made = given && withoutParens(given);
  const callee =
    made?.type === 'call_expression' && namedChildren(childByField(made, 'arguments')).length === 0
      ? childByField(made, 'function')
      : undefined;
  const [qualifier, ident] =
    callee?.type === 'selector_expression'
      ? facts.text.slice(callee.start, callee.end).split('.')
      : [];
  const path = qualifier === undefined ? undefined : repo.importFor(facts, qualifier);
  const dir = path === undefined ? undefined : repo.dirOf(path, dirname(facts.path));
  const found = dir === undefined || ident === undefined ? undefined : repo.func(dir, ident);
  if (!found?.func.syntax || path === undefined)
    throw strange(
      module,
      facts,
      'goes with a default genesis that is not made by one call of a function here',
    );
  const alias = typesAlias(path);
  return {
    text: `${importInto(repo, changes, shape, { path, alias }, dirname(shape.facts.path))}.${ident}()`,
    pointer: resultOf(found.func.syntax, found.facts.text).startsWith('*'),
  };
}

/** The keeper's method behind `am.keeper.InitGenesis`. */
function keeperMethod(
  reading: Reading,
  facts: FileFacts,
  call: SyntaxNode,
): { facts: FileFacts; node: SyntaxNode } | undefined {
  const field = fieldAt(reading, facts, childByField(childByField(call, 'function')!, 'operand'));
  const path = field && pathOf(reading, field.facts, field.type);
  const dir = path === undefined ? undefined : reading.repo.dirOf(path, reading.module.dir);
  const ident = field?.type.replace(/^.*[.*]/, '');
  const found =
    dir === undefined
      ? undefined
      : reading.repo
          .functions(dir, 'InitGenesis')
          .find(({ func }) => func.receiver?.type === ident && func.syntax);
  return found && { facts: found.facts, node: found.func.syntax! };
}

interface Field {
  readonly facts: FileFacts;
  readonly type: string;
}

/** The field that `am.keeper` means. */
function fieldAt(
  { repo, module }: Reading,
  facts: FileFacts,
  node: SyntaxNode | undefined,
): Field | undefined {
  const [, , name] =
    /^(\w+)\.(\w+)$/.exec(node ? facts.text.slice(node.start, node.end) : '') ?? [];
  const struct = name === undefined ? undefined : structIn(repo, module.dir, 'AppModule');
  const field = struct?.fields.find(f => f.name === name);
  return struct && field && { facts: struct.facts, type: field.type };
}

function pathOf({ repo, module }: Reading, facts: FileFacts, type: string): string | undefined {
  const [, qualifier] = /^\*?(\w+)\.\w+$/.exec(type) ?? [];
  return qualifier === undefined ? repo.importPath(module.dir) : repo.importFor(facts, qualifier);
}

/** What the handler has of the type that a field of the module has. */
function held(
  reading: Reading,
  facts: FileFacts,
  func: Func,
  node: SyntaxNode,
  receiver = false,
): string {
  const { repo, shape, module } = reading;
  const written = facts.text.slice(node.start, node.end);
  const op = /^[*&]/.exec(written)?.[0];
  const operand = node.type === 'unary_expression' ? childByField(node, 'operand') : node;
  const field = fieldAt(reading, facts, operand);
  const path = field && pathOf(reading, field.facts, field.type);
  const there =
    path === undefined
      ? undefined
      : heldBy(repo, shape, {
          path: new RegExp(`^${path.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')}$`),
          name: field!.type.replace(/^.*[.*]/, ''),
        });
  if (!there || !func.receiver)
    throw strange(module, facts, `takes ${written}, which is not in reach of the handler`);
  const pointer = op === '&' || (op === undefined && field!.type.startsWith('*'));
  return receiver || there.pointer === pointer
    ? there.text
    : pointer
      ? `&${there.text}`
      : `*${there.text}`;
}

/** The function that takes the genesis, as the handler calls it. */
function calleeText(reading: Reading, facts: FileFacts, func: Func, callee: SyntaxNode): string {
  const { repo, changes, shape, module } = reading;
  const written = facts.text.slice(callee.start, callee.end);
  const near = dirname(shape.facts.path);
  const imported = (path: string | undefined) =>
    path === undefined
      ? undefined
      : importInto(repo, changes, shape, { path, alias: packageAlias(repo, path, near) }, near);
  if (callee.type === 'identifier') return `${imported(repo.importPath(module.dir))}.${written}`;
  const operand = childByField(callee, 'operand')!;
  const ident = written.replace(/^.*\./, '');
  const path =
    operand.type === 'identifier'
      ? repo.importFor(facts, facts.text.slice(operand.start, operand.end))
      : undefined;
  return `${imported(path) ?? held(reading, facts, func, operand, true)}.${ident}`;
}

function resultOf(fn: SyntaxNode, text: string): string {
  const result = childByField(fn, 'result');
  return result
    ? text.slice(result.start, result.end).replace(/\w+\.ValidatorUpdate/, 'abci.ValidatorUpdate')
    : '';
}
