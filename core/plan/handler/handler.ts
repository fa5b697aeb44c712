import { dirname } from '../../files.ts';
import { indentRest } from '../../go/edit/edit.ts';
import type { ImportSpec } from '../../go/edit/imports.ts';
import type { Repo } from '../../go/repo/repo.ts';
import { importsOf as importsOfFile } from '../../go/source/facts.ts';
import { hasWord, rootName } from '../go-tree.ts';
import { bodyWithoutMigrations, handlerBody } from './handler-body.ts';
import type { HandlerShape, Parameters } from './handler-shape.ts';
import { hasSameNames, migrationCall, usableName } from './handler-shape.ts';

/** A handler ready to be written. */
export interface HandlerPlan {
  /** The function (or function literal), starting at column 0. */
  readonly text: string;
  readonly imports: ReadonlyMap<string, ImportSpec>;
  /** The positions of the constructor's parameters that were kept. */
  readonly kept: readonly number[];
  /** The constructor's parameters as written; absent where the handler is a closure. */
  readonly parameters?: Parameters['list'];
}

/** The kept parameters of a handler's constructor, in order. */
export function makerParameters(handler: HandlerPlan): Parameters['list'] | undefined {
  return handler.parameters && handler.kept.map(i => handler.parameters![i]!);
}

/** What a handler is written from. */
export interface HandlerRequest {
  readonly name: string;
  /** Handlers of the chain, newest first: their habits are followed. */
  readonly shapes: readonly HandlerShape[];
  /** Whose signature is taken over. */
  readonly signature: HandlerShape | undefined;
  readonly ident: string | undefined;
  readonly parameters: 'all' | 'used';
  readonly inReach: ReadonlySet<string>;
}

/** Writes a handler with a neighbour's signature and the chain's habits around RunMigrations. */
export function renderHandler(repo: Repo, request: HandlerRequest): HandlerPlan {
  const { signature, shapes } = request;
  if (!signature) return { text: '', imports: new Map(), kept: [] };
  const maker = signature.maker && namedParameters(signature.maker.parameters);
  const run = runNames(signature, shapes, maker);
  const habits = [signature, ...shapes.filter(s => s.closure.node !== signature.closure.node)];
  const source = habits.find(shape => fits(shape, signature, run));
  const followed = source ? [source, ...habits.filter(shape => shape !== source)] : [];
  const closure = closureText(request, signature, followed, run);
  const imports = importsOf(repo, source ? [signature, source] : [signature]);
  if (!signature.maker) return { text: closure, imports, kept: [] };
  const { list } = maker!;
  const kept = [...list.keys()].filter(
    i => request.parameters === 'all' || usesName(closure, list[i]!.name),
  );
  const ident = request.ident ? ` ${request.ident}` : '';
  const text =
    `func${ident}${keptParameters(maker!, kept)} ${signature.maker.result} ` +
    `{\n\treturn ${indentRest(closure, '\t')}\n}`;
  return { text: unindented(text, signature), imports, kept, parameters: list };
}

/** The function literal that is the handler. */
function closureText(
  request: HandlerRequest,
  signature: HandlerShape,
  followed: readonly HandlerShape[],
  run: RunNames,
): string {
  const { parameters, result } = signature.closure;
  const names = closureParameters(parameters);
  const body =
    parameters.list.length === 2
      ? bodyWithoutMigrations(request.name)
      : handlerBody(followed, {
          ctx: names.ctx,
          versionMap: names.versionMap,
          manager: run.manager,
          configurator: run.configurator,
          name: request.name,
          inReach: request.inReach,
        });
  return `func${names.text}${result ? ` ${result}` : ''} {\n\t${indentRest(body, '\t')}\n}`;
}

/** The constructor's parameter list with those that are kept, laid out as it was. */
function keptParameters({ text, list }: Parameters, kept: readonly number[]): string {
  if (kept.length === list.length) return text;
  const texts = kept.map(i => list[i]!.text);
  if (!text.includes('\n')) return `(${texts.join(', ')})`;
  return `(\n${texts.map(one => `\t${one},`).join('\n')}\n)`;
}

/**
 * A literal inside a struct carries its place's indent; the parameter list is written afresh at
 * column 0.
 */
function unindented(text: string, signature: HandlerShape): string {
  if (signature.maker?.name !== undefined) return text;
  const lines = text.split('\n');
  const close = lines.findIndex(line => /^\t+\)/.test(line));
  if (!lines[0]!.endsWith('(') || close < 0) return text;
  const indent = /^\t*/.exec(lines[close]!)![0];
  return lines
    .map((line, i) => {
      const isParameter = i > 0 && i <= close && line.startsWith(indent);
      return isParameter ? line.slice(indent.length) : line;
    })
    .join('\n');
}

function usesName(text: string, name: string): boolean {
  return name !== '' && name !== '_' && hasWord(text, name);
}

/**
 * The constructor's parameters, with names for the manager and the configurator where the neighbour
 * did without.
 */
function namedParameters(parameters: Parameters): Parameters {
  let text = parameters.text.replaceAll('\r\n', '\n');
  const list = parameters.list.map(parameter => {
    const { type } = parameter;
    const name = usableName(parameter, nameForType(type) ?? parameter.name);
    if (name !== parameter.name && parameter.name === '_')
      text = text.replace(`_ ${type}`, `${name} ${type}`);
    return { name, type, text: name ? `${name} ${type}` : type };
  });
  return { text, list };
}

function nameForType(type: string): string | undefined {
  if (type.endsWith('Manager')) return 'mm';
  return type.endsWith('.Configurator') ? 'configurator' : undefined;
}

/** The closure's parameter list, and the names of those that running migrations needs. */
interface ClosureParameters {
  readonly text: string;
  readonly ctx: string;
  readonly versionMap: string;
}

/** The closure's parameters with names where a name is needed. */
function closureParameters({ text: written, list }: Parameters): ClosureParameters {
  const [first, , third] = list;
  const ctx = usableName(first, 'ctx');
  const versionMap = usableName(third, 'fromVM');
  const isOneLine = !written.includes('\n');
  let text = isOneLine ? written : `(\n${list.map(p => `\t${p.text},`).join('\n')}\n)`;
  if (first?.name === '_') text = text.replace(`_ ${first.type}`, `${ctx} ${first.type}`);
  if (third?.name === '_') {
    const last = text.lastIndexOf(`_ ${third.type}`);
    if (last >= 0) text = text.slice(0, last) + versionMap + text.slice(last + 1);
  }
  return { text, ctx, versionMap };
}

/** What RunMigrations is called on and with. */
interface RunNames {
  readonly manager: string;
  readonly configurator: string;
}

/**
 * What RunMigrations is called on and with: as in the signature's own body, in another handler, or
 * the parameters of those types.
 */
function runNames(
  signature: HandlerShape,
  shapes: readonly HandlerShape[],
  maker: Parameters | undefined,
): RunNames {
  const reach = new Set(maker?.list.map(p => p.name) ?? []);
  for (const shape of [signature, ...shapes]) {
    const call = migrationCall(shape);
    if (!call) continue;
    const roots = [call.manager, call.configurator].map(text => rootName(text) ?? '');
    const isInReach = !signature.maker || shape === signature;
    if (isInReach || roots.every(root => reach.has(root))) return call;
  }
  const ofType = (pattern: RegExp) => maker?.list.find(p => pattern.test(p.type));
  return {
    manager: usableName(ofType(/(\bManager|ModuleManager)$/), 'mm'),
    configurator: usableName(ofType(/Configurator$/), 'configurator'),
  };
}

/**
 * Whether a handler's habits fit the signature: it runs migrations with the same names, and calls
 * its parameters the same.
 */
function fits(shape: HandlerShape, signature: HandlerShape, run: RunNames): boolean {
  const call = migrationCall(shape);
  if (call?.manager !== run.manager || call.configurator !== run.configurator) return false;
  const count = (one: HandlerShape) => one.closure.parameters.list.length;
  return count(shape) === count(signature) && hasSameNames(shape, signature);
}

function importsOf(repo: Repo, shapes: readonly HandlerShape[]): Map<string, ImportSpec> {
  const found = new Map<string, ImportSpec>();
  for (const { facts } of shapes.toReversed()) {
    for (const { path, alias } of importsOfFile(facts)) {
      if (alias === '_' || alias === '.') continue;
      const name = alias ?? repo.packageName(path, dirname(facts.path));
      found.set(name, { path, alias });
    }
  }
  return found;
}
