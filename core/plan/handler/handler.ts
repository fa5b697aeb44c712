import { dirname } from '../../files.ts';
import { indentRest } from '../../go/edit/edit.ts';
import type { ImportSpec } from '../../go/edit/imports.ts';
import type { Repo } from '../../go/repo/repo.ts';
import { handlerBody } from './handler-body.ts';
import type { HandlerShape, Parameters } from './handler-shape.ts';
import { migrationCall } from './handler-shape.ts';

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
  const closure = closureParameters(signature.closure.parameters);
  const maker = signature.maker && namedParameters(signature.maker.parameters);
  const run = migrationNames(signature, shapes, maker);
  const old = closure.list.length === 2;
  const habits = [signature, ...shapes.filter(s => s.closure.node !== signature.closure.node)];
  const source = habits.find(s => usable(s, signature, run)) ?? undefined;
  const body = old
    ? `// Modules have no migrations in this SDK: what ${request.name} changes in the state goes here.`
    : handlerBody(source ? [source, ...habits.filter(s => s !== source)] : [], {
        ctx: closure.ctx,
        versionMap: closure.versionMap,
        manager: run.manager,
        configurator: run.configurator,
        name: request.name,
        inReach: request.inReach,
      });
  const result = signature.closure.result ? ` ${signature.closure.result}` : '';
  const inner = `func${closure.text}${result} {\n\t${indentRest(body, '\t')}\n}`;
  const imports = importsOf(repo, [signature, ...(source ? [source] : [])]);
  if (!signature.maker) return { text: inner, imports, kept: [] };
  const makerList = maker!.list;
  const kept = makerList
    .map((_, i) => i)
    .filter(i => request.parameters === 'all' || mentions(inner, makerList[i]!.name));
  const parameters =
    kept.length === makerList.length
      ? maker!.text
      : maker!.text.includes('\n')
        ? `(\n${kept.map(i => `\t${makerList[i]!.text},`).join('\n')}\n)`
        : `(${kept.map(i => makerList[i]!.text).join(', ')})`;
  const text = `func${request.ident ? ` ${request.ident}` : ''}${parameters} ${signature.maker.result} {\n\treturn ${indentRest(inner, '\t')}\n}`;
  return { text: unindented(text, signature), imports, kept, parameters: makerList };
}

/**
 * A literal inside a struct carries its place's indent; the parameter list is written afresh at
 * column 0.
 */
function unindented(text: string, signature: HandlerShape): string {
  if (signature.maker?.name !== undefined) return text;
  const lines = text.split('\n');
  const close = lines.findIndex(line => /^\t+\)/.test(line));
  const first = /\($/.test(lines[0]!);
  if (!first || close < 0) return text;
  const indent = /^\t*/.exec(lines[close]!)![0];
  return lines
    .map((line, i) =>
      i > 0 && i <= close && line.startsWith(indent) ? line.slice(indent.length) : line,
    )
    .join('\n');
}

function mentions(text: string, name: string): boolean {
  return name !== '' && name !== '_' && new RegExp(`\\b${name}\\b`).test(text);
}

/**
 * The constructor's parameters, with names for the manager and the configurator where the neighbour
 * did without.
 */
function namedParameters(parameters: Parameters): Parameters {
  let text = parameters.text.replaceAll('\r\n', '\n');
  const list = parameters.list.map(p => {
    const name =
      p.name !== '_' && p.name !== ''
        ? p.name
        : /Manager$/.test(p.type)
          ? 'mm'
          : /\.Configurator$/.test(p.type)
            ? 'configurator'
            : p.name;
    if (name !== p.name && p.name === '_') text = text.replace(`_ ${p.type}`, `${name} ${p.type}`);
    return { name, type: p.type, text: name ? `${name} ${p.type}` : p.type };
  });
  return { text, list };
}

/** The closure's parameters with names where a name is needed. */
function closureParameters(parameters: Parameters): {
  text: string;
  ctx: string;
  versionMap: string;
  list: Parameters['list'];
} {
  const { list } = parameters;
  const [first, , third] = list;
  const ctx = first && first.name !== '_' && first.name !== '' ? first.name : 'ctx';
  const versionMap = third && third.name !== '_' && third.name !== '' ? third.name : 'fromVM';
  let text = parameters.text
    .replaceAll('\r\n', '\n')
    .replace(/\n\t+/g, '\n\t')
    .replace(/\n\t+\)$/, '\n)');
  if (text.includes('\n')) text = `(\n${list.map(p => `\t${p.text},`).join('\n')}\n)`;
  if (first?.name === '_') text = text.replace(`_ ${first.type}`, `${ctx} ${first.type}`);
  if (third?.name === '_')
    text = text.replace(
      new RegExp(`_ (${escape(third.type)})(?!.*_ ${escape(third.type)})`),
      `${versionMap} $1`,
    );
  return { text, ctx, versionMap, list };
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/**
 * What RunMigrations is called on and with: as in the signature's own body, in another handler, or
 * the parameters of those types.
 */
function migrationNames(
  signature: HandlerShape,
  shapes: readonly HandlerShape[],
  maker: Parameters | undefined,
): { manager: string; configurator: string } {
  const reach = new Set(maker?.list.map(p => p.name) ?? []);
  for (const shape of [signature, ...shapes]) {
    const call = migrationCall(shape);
    if (!call) continue;
    const roots = [call.manager, call.configurator].map(text => /^\w+/.exec(text)?.[0] ?? '');
    if (!signature.maker || shape === signature || roots.every(root => reach.has(root)))
      return call;
  }
  const byType = (pattern: RegExp) => maker?.list.find(p => pattern.test(p.type))?.name;
  return {
    manager: named(byType(/(\bManager|ModuleManager)$/)) ?? 'mm',
    configurator: named(byType(/Configurator$/)) ?? 'configurator',
  };
}

function named(name: string | undefined): string | undefined {
  return name === '_' || name === '' ? undefined : name;
}

/**
 * A handler whose habits fit the signature: it runs migrations with the same names, and its context
 * has the same type.
 */
function usable(
  shape: HandlerShape,
  signature: HandlerShape,
  run: { manager: string; configurator: string },
): boolean {
  const call = migrationCall(shape);
  const names = (s: HandlerShape) =>
    s.closure.parameters.list.map(p => (p.name === '_' ? '' : p.name));
  if (!call || call.manager !== run.manager || call.configurator !== run.configurator) return false;
  const [mine, theirs] = [names(signature), names(shape)];
  return (
    mine.length === theirs.length && theirs.every((n, i) => n === '' || n === mine[i] || i === 1)
  );
}

function importsOf(repo: Repo, shapes: readonly HandlerShape[]): Map<string, ImportSpec> {
  const found = new Map<string, ImportSpec>();
  for (const { facts } of shapes.toReversed()) {
    for (const block of facts.imports) {
      for (const i of block.imports)
        if (i.alias !== '_' && i.alias !== '.')
          found.set(i.alias ?? repo.packageName(i.path, dirname(facts.path)), {
            path: i.path,
            alias: i.alias,
          });
    }
  }
  return found;
}
