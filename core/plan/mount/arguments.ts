import { appFields } from '../../chain/app/app-fields.ts';
import { keeperFields } from '../../chain/app/keepers.ts';
import type { App } from '../../chain/chain.ts';
import type { ImportSpec } from '../../go/edit/imports.ts';
import type { GoNode } from '../../go/eval/go-node.ts';
import { goNode } from '../../go/eval/go-node.ts';
import { behindLocals } from '../../go/eval/locals.ts';
import type { Repo } from '../../go/repo/repo.ts';
import { generationIsBefore } from '../../sdk/generations.ts';
import { importsUsed } from '../go-tree.ts';
import { keeperText, wantedField } from './keeper-argument.ts';
import type { Constructor, ModuleToMount, Parameter } from './module.ts';
import type { Need } from './needs.ts';
import { needOf } from './needs.ts';
import type { Code, Scope } from './scope.ts';
import { qualified } from './scope.ts';

const sdk = 'github.com/cosmos/cosmos-sdk';

/** What fills the parameters of a constructor. */
export interface Filling {
  readonly repo: Repo;
  readonly app: App;
  readonly module: ModuleToMount;
  readonly scope: Scope;
  /** Expressions that were asked for, by the parameter's number from 1 on, or its name. */
  readonly asked: ReadonlyMap<string, string>;
  /** The module's store key, where it is at hand by a name. */
  readonly key?: string;
  /** How the new keeper is reached, where it is made already. */
  readonly own:
    | { readonly maker: Constructor; readonly text: string; readonly pointer: boolean }
    | undefined;
}

/** The arguments of a constructor, or the parameter that nothing is known for. */
export type Filled =
  | { readonly texts: readonly string[]; readonly imports: readonly ImportSpec[] }
  | { readonly missing: Parameter; readonly number: number };

/** Fills the parameters of a constructor by what its neighbours are given. */
export function fill(filling: Filling, { parameters }: Constructor): Filled {
  const texts: string[] = [];
  const imports: ImportSpec[] = [];
  for (const [i, parameter] of parameters.entries()) {
    const code = argument(filling, parameter, i + 1);
    if (code === undefined) return { missing: parameter, number: i + 1 };
    if (code.text !== '') texts.push(code.text);
    imports.push(...code.imports);
  }
  return { texts, imports };
}

function argument(filling: Filling, parameter: Parameter, number: number): Code | undefined {
  const { asked, repo, scope } = filling;
  const given = asked.get(String(number)) ?? asked.get(parameter.name);
  if (given !== undefined) return { text: given, imports: importsUsed(repo, scope.facts, given) };
  const own = ownKeeper(filling, parameter);
  if (own !== undefined) return plainCode(own);
  const need = needOf(parameter);
  return need && met(filling, need, parameter);
}

/** The module's own keeper, by value, by address or by what its address points to. */
function ownKeeper({ own, module }: Filling, { type }: Parameter): string | undefined {
  if (!own || own.maker.result.path === undefined) return undefined;
  const { result } = own.maker;
  const isInterface =
    type.path !== undefined && /Keeper$/.test(type.name) && type.path === module.name.path;
  if (type.path === result.path && type.name === result.name) {
    if (type.pointer === own.pointer) return own.text;
    return own.pointer ? `*${own.text}` : `&${own.text}`;
  }
  const isOwn = isInterface && type.name === 'Keeper';
  if (!isOwn) return undefined;
  return module.byAddress && !own.pointer ? `&${own.text}` : own.text;
}

function plainCode(text: string): Code {
  return { text, imports: [] };
}

function met(filling: Filling, need: Need, parameter: Parameter): Code | undefined {
  switch (need.kind) {
    case 'options':
      return plainCode('');
    case 'keeper': {
      const field = wantedField(filling.repo, filling.app, parameter);
      const text = field && keeperText(filling.scope, field, parameter);
      return text === undefined ? undefined : plainCode(text);
    }
    case 'key':
    case 'service':
      return storeArgument(filling, need.kind);
    case 'subspace':
      return subspace(filling);
    case 'addresses':
      return addresses(filling, need.of);
    case 'authority':
      return authority(filling, need.bytes);
    default:
      return (
        likeNeighbour(filling, patterns[need.kind]) ??
        constantOf(filling, need.kind) ??
        ofApp(filling, need.kind, parameter)
      );
  }
}

const patterns: Readonly<
  Record<
    Exclude<
      Need['kind'],
      'options' | 'keeper' | 'key' | 'service' | 'subspace' | 'addresses' | 'authority'
    >,
    RegExp
  >
> = {
  codec: /(^|\.)(appCodec|cdc|codec|marshaler|AppCodec\(\))$/i,
  amino: /(^|\.)(legacyAmino|amino|LegacyAmino\(\))$/i,
  logger: /(^|\.)(logger|Logger\(\))$/i,
  registry: /(^|\.)interfaceRegistry(\(\))?$/i,
  messages: /(^|\.)(MsgServiceRouter\(\)|msgServiceRouter)$/i,
  queries: /(^|\.)(GRPCQueryRouter\(\)|grpcQueryRouter)$/i,
  events: /^runtime\.EventService\{\}$/,
  fees: /\.FeeCollectorName$/,
};

/** What most of the neighbours are given of that kind, else a parameter of the function. */
function likeNeighbour({ repo, scope }: Filling, pattern: RegExp): Code | undefined {
  const text =
    mostOf(scope.given.filter(one => pattern.test(one.text))) ??
    scope.parameters.find(({ name }) => pattern.test(name))?.name;
  return text === undefined ? undefined : { text, imports: importsUsed(repo, scope.facts, text) };
}

/** What the SDK has a name for. */
function constantOf({ repo, app, scope }: Filling, kind: keyof typeof patterns): Code | undefined {
  if (kind === 'events') {
    const service = qualified(repo, app, scope.facts, `${sdk}/runtime`, 'EventService');
    return { ...service, text: `${service.text}{}` };
  }
  if (kind === 'fees')
    return qualified(repo, app, scope.facts, `${sdk}/x/auth/types`, 'FeeCollectorName');
  return undefined;
}

/** What the app itself has: a field of that type, or a method that every app has of its base. */
function ofApp(
  { repo, app, scope }: Filling,
  kind: keyof typeof patterns,
  { type }: Parameter,
): Code | undefined {
  if (scope.app === undefined) return undefined;
  const fields = appFields(repo, app.dir, app.type).filter(
    field => field.holder.name === app.type && field.package === type.path,
  );
  const field =
    fields.find(({ ref }) => ref?.name === type.name) ??
    (kind === 'codec' ? fields.find(({ ref }) => /Codec$/.test(ref?.name ?? '')) : undefined);
  if (field && type.path !== undefined) return plainCode(`${scope.app}.${field.name}`);
  const method = baseMethods[kind];
  return method === undefined ? undefined : plainCode(`${scope.app}.${method}()`);
}

const baseMethods: Readonly<Partial<Record<keyof typeof patterns, string>>> = {
  logger: 'Logger',
  messages: 'MsgServiceRouter',
  queries: 'GRPCQueryRouter',
};

function mostOf(given: readonly GoNode[]): string | undefined {
  const counts = new Map<string, number>();
  for (const { text } of given) counts.set(text, (counts.get(text) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
}

/** The key of the module's store, or a service on it, as a neighbour is given its own. */
function storeArgument(filling: Filling, kind: 'key' | 'service'): Code | undefined {
  const { repo, app, module, scope } = filling;
  if (!module.store) return undefined;
  const { path, name } = module.store;
  if (filling.key !== undefined) return byKey(filling, filling.key, kind);
  const constant = qualified(repo, app, scope.facts, path, name);
  const services = scope.given.filter(one => isStoreService(one) && storeConstantIn(one));
  const keys = scope.given.flatMap(one => indexedKey(one) ?? []);
  const model = kind === 'service' ? services.at(-1) : keys.at(-1);
  if (model) return { text: withConstant(model, constant.text), imports: constant.imports };
  const key = keys.at(-1);
  if (kind === 'key' || !key) return undefined;
  const service = byKey(filling, withConstant(key, constant.text), kind);
  return { text: service.text, imports: [...service.imports, ...constant.imports] };
}

function byKey({ repo, app, scope }: Filling, key: string, kind: 'key' | 'service'): Code {
  if (kind === 'key') return plainCode(key);
  const service = qualified(repo, app, scope.facts, `${sdk}/runtime`, 'NewKVStoreService');
  return { text: `${service.text}(${key})`, imports: service.imports };
}

/** `runtime.NewKVStoreService(keys[x.StoreKey])`, or a helper of the app: `service(x.StoreKey)`. */
function isStoreService(one: GoNode): boolean {
  const { callee, arguments: given } = one;
  if (!callee || given.length !== 1 || isKeyGetter(one)) return false;
  const isHelper = callee.type === 'identifier' && storeConstantNode(given[0]!) !== undefined;
  return callee.name === 'NewKVStoreService' || isHelper;
}

/** `app.GetKey(x.StoreKey)`. */
function isKeyGetter({ callee }: GoNode): boolean {
  return /^(Get(KVStore|Store)?Key|UnsafeFindStoreKey)$/.test(callee?.name ?? '');
}

/** `keys[x.StoreKey]` or `app.GetKey(x.StoreKey)` in an argument. */
function indexedKey(one: GoNode): GoNode | undefined {
  if (one.type === 'index_expression' || isKeyGetter(one))
    return storeConstantIn(one) ? one : undefined;
  return one.arguments.flatMap(inner => indexedKey(inner) ?? [])[0];
}

function storeConstantIn(one: GoNode): GoNode | undefined {
  const own = storeConstantNode(one);
  if (own) return own;
  const inner = one.type === 'index_expression' ? [one.field('index')] : one.arguments;
  return inner.flatMap(part => (part ? (storeConstantIn(part) ?? []) : []))[0];
}

// Keys of stores that are made anew at every start.
const shortLived = /^(Mem|Memory|T|Transient|Object)StoreKey$/;

function storeConstantNode(one: GoNode): GoNode | undefined {
  const isConstant =
    one.type === 'selector_expression' && /StoreKey$/.test(one.name) && !shortLived.test(one.name);
  return isConstant ? one : undefined;
}

function withConstant(model: GoNode, constant: string): string {
  const inner = storeConstantIn(model)!;
  const { text } = model;
  const from = inner.node.start - model.node.start;
  return text.slice(0, from) + constant + text.slice(from + inner.text.length);
}

/** `app.GetSubspace(x.ModuleName)`, as a neighbour gets its own. */
function subspace({ repo, app, module, scope }: Filling): Code | undefined {
  const model = scope.given.filter(({ callee }) => callee?.name === 'GetSubspace').at(-1);
  const name = model?.arguments[0];
  if (!model || !name) return undefined;
  const constant = qualified(repo, app, scope.facts, module.name.path, module.name.name);
  const from = name.node.start - model.node.start;
  const text =
    model.text.slice(0, from) + constant.text + model.text.slice(from + name.text.length);
  return { text, imports: constant.imports };
}

const addressPatterns = {
  account:
    /AccountAddrPrefix|AccAddr|AddressCodec\(\)$|^accounts?(Codec)?$|(^|\.)(ac|addressCodec|accountCodec)$/,
  validator:
    /ValidatorAddrPrefix|ValAddr|^validators?(Codec)?$|(^|\.)(vc|valCodec|validatorAddressCodec)$/,
  consensus:
    /ConsensusAddrPrefix|ConsAddr|^consensus(Nodes|Codec)?$|(^|\.)(cc|consCodec|consensusAddressCodec)$/,
} as const;

/** A codec of addresses, as neighbours get it; that of accounts also from their keeper. */
function addresses(filling: Filling, of: 'account' | 'validator' | 'consensus'): Code | undefined {
  const { app, scope } = filling;
  const isCodec = (one: GoNode) =>
    addressPatterns[of].test(one.text) && !/^(sdk\.GetConfig|"|\w+\.Bech32\w+$)/.test(one.text);
  const text = mostOf(scope.given.filter(isCodec));
  if (text !== undefined) return { text, imports: importsUsed(filling.repo, scope.facts, text) };
  const { generation } = app.sdk;
  const isKeeper =
    of === 'account' && generation !== null && !generationIsBefore(generation, '0.50');
  return isKeeper && scope.owner !== undefined
    ? plainCode(`${scope.owner}.AccountKeeper.AddressCodec()`)
    : undefined;
}

/** The address of x/gov, as neighbours get it, else as the SDK's own app has it. */
function authority({ repo, app, scope }: Filling, bytes: boolean): Code | undefined {
  const isString = (text: string) =>
    !/\.Bytes\(\)$/.test(text) && !/NewModuleAddress\([^)]*\)$/.test(text);
  const named = [
    /NewModuleAddress\(\s*\w*gov\w*\.ModuleName\s*\)/i,
    /(^|\.)\w*(authority|gov\w*addr(ess)?)(\(\))?(\.String\(\))?$/i,
  ];
  const isAuthority = (given: GoNode) => {
    // What a variable is called does not say whether it holds the text or the bytes.
    const value = goNode(behindLocals(given)).text;
    const isNamed = named.some(name => name.test(given.text) || name.test(value));
    return isNamed && isString(value) !== bytes;
  };
  const text = mostOf(scope.given.filter(isAuthority));
  if (text !== undefined) return { text, imports: importsUsed(repo, scope.facts, text) };
  const hasGov = keeperFields(repo, app.dir, app.type).some(({ name }) => name === 'GovKeeper');
  if (!hasGov) return undefined;
  const make = qualified(repo, app, scope.facts, `${sdk}/x/auth/types`, 'NewModuleAddress');
  const gov = qualified(repo, app, scope.facts, `${sdk}/x/gov/types`, 'ModuleName');
  return {
    text: `${make.text}(${gov.text})${bytes ? '' : '.String()'}`,
    imports: [...make.imports, ...gov.imports],
  };
}
