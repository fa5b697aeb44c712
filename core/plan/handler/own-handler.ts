import { dirname } from '../../files.ts';
import { indentRest } from '../../go/edit/edit.ts';
import type { ImportSpec } from '../../go/edit/imports.ts';
import { qualifierOf } from '../../go/edit/imports.ts';
import { aliasInUse } from '../../go/edit/imports-in-use.ts';
import { importsOf } from '../../go/source/facts.ts';
import { childByField, descend, namedChildren } from '../../go/syntax/syntax.ts';
import { Refusal } from '../../refusal.ts';
import { importsOfGeneration } from '../../sdk/generations.ts';
import { appNames } from '../../wiring/app-names.ts';
import { namesAt } from '../../wiring/names-at.ts';
import type { Registration, Site } from '../../wiring/style.ts';
import type { Job } from '../upgrade/job.ts';
import { nameOf } from '../upgrade/neighbour.ts';
import { handlerBody } from './handler-body.ts';
import type { HandlerShape } from './handler-shape.ts';
import { handlerParameters, handlerShape, migrationCall } from './handler-shape.ts';

/**
 * A handler written as a closure inside the app: its text at column 0, the body alone, and the
 * imports it needs.
 */
export interface OwnHandler {
  readonly text: string;
  readonly body: string;
  readonly parameters: string;
  readonly imports: readonly ImportSpec[];
}

/**
 * Writes a closure with a neighbour's signature. It runs migrations the way the neighbours do;
 * where none does, with the app's own manager and configurator.
 */
export function ownHandler(
  job: Job,
  neighbour: Registration,
  like: readonly Registration[],
  inReach: readonly string[],
): OwnHandler {
  const shapes = like
    .map(r => shapeOf(job, r))
    .filter((s): s is HandlerShape => s !== undefined && s.maker === undefined);
  const shape = shapeOf(job, neighbour);
  return handlerAt(
    job,
    neighbour.site,
    shape,
    shape && !shape.maker
      ? [shape, ...shapes.filter(s => s.closure.node !== shape.closure.node)]
      : shapes,
    inReach,
  );
}

/**
 * The same for a handler that is rewritten where it stands, which may be another function than the
 * one that registers it.
 */
export function rewrittenHandler(
  job: Job,
  old: Registration,
  shape: HandlerShape,
  inReach: readonly string[],
): OwnHandler {
  return handlerAt(job, siteOf(old.site, shape), shape, [shape], inReach);
}

function shapeOf(job: Job, registration: Registration): HandlerShape | undefined {
  return registration.handler && handlerShape(job.repo, registration.handler, nameOf(registration));
}

/** Where a handler's closure stands: what is in scope there is what counts. */
function siteOf(site: Site, { facts, closure }: HandlerShape): Site {
  const func = facts.funcs.find(f => f.start <= closure.node.start && closure.node.end <= f.end);
  return func?.syntax
    ? { ...site, call: { facts, node: closure.node }, func, fn: func.syntax }
    : site;
}

function handlerAt(
  job: Job,
  site: Site,
  shape: HandlerShape | undefined,
  shapes: readonly HandlerShape[],
  inReach: readonly string[],
): OwnHandler {
  const signature = closureSignature(job, site, shape);
  const run = migrationNames(job, site, shapes);
  const reach = new Set([
    ...inReach,
    appAt(job, site),
    ...parameterNames(site),
    ...roots(run.manager, run.configurator),
  ]);
  const old = signature.arity === 2;
  const habits = shapes.filter(s => {
    const call = migrationCall(s);
    return (
      call &&
      call.manager === run.manager &&
      call.configurator === run.configurator &&
      closureNames(s).every(
        (n, i) => n === '' || i === 1 || n === [signature.ctx, '', signature.versionMap][i],
      )
    );
  });
  const body = old
    ? `// Modules have no migrations in this SDK: what ${job.name} changes in the state goes here.`
    : handlerBody(habits, {
        ctx: signature.ctx,
        versionMap: signature.versionMap,
        manager: run.manager,
        configurator: run.configurator,
        name: job.name,
        inReach: reach,
      });
  return {
    text: `func${signature.text}${signature.result ? ` ${signature.result}` : ''} {\n\t${indentRest(body, '\t')}\n}`,
    body,
    parameters: signature.text,
    imports: signature.imports,
  };
}

function roots(...texts: string[]): string[] {
  return texts.map(t => /^\w+/.exec(t)?.[0] ?? '').filter(t => t !== '');
}

function parameterNames(site: Site): string[] {
  return handlerParameters(site.fn, site.call.facts).list.map(p => p.name);
}

function closureNames(shape: HandlerShape): string[] {
  return shape.closure.parameters.list.map(p => (p.name === '_' ? '' : p.name));
}

interface Signature {
  text: string;
  result: string;
  ctx: string;
  versionMap: string;
  arity: number;
  imports: ImportSpec[];
}

/**
 * The neighbour's parameter list on one line, every needed parameter named; the generation's own
 * where there is no neighbour to read.
 */
function closureSignature(job: Job, site: Site, shape: HandlerShape | undefined): Signature {
  if (shape) {
    const { list } = shape.closure.parameters;
    const used = (i: number, fallback: string) =>
      list[i]?.name && list[i].name !== '_' ? list[i].name : fallback;
    const ctx = used(0, 'ctx');
    const versionMap = used(2, 'fromVM');
    const types = list.map(p => p.type);
    const plan = types.length > 1 ? `_ ${types[1]}` : '';
    const text =
      types.length === 3
        ? `(${ctx} ${types[0]}, ${plan}, ${versionMap} ${types[2]})`
        : `(${ctx} ${types[0]}, ${plan})`;
    const imports = importsOf(shape.facts)
      .filter(
        i =>
          i.alias !== '_' &&
          i.alias !== '.' &&
          new RegExp(`\\b${qualifierOf(job.repo, dirname(shape.facts.path), i)}\\.`).test(
            text + shape.closure.result,
          ),
      )
      .map(i => ({ path: i.path, alias: i.alias }));
    return { text, result: shape.closure.result, ctx, versionMap, arity: types.length, imports };
  }
  const { generation } = job.app.sdk;
  if (generation === null)
    throw new Refusal(
      "the Cosmos SDK version of this app is not known, so the handler's signature is not either",
    );
  const facts = importsOfGeneration(generation);
  const name = (path: string, alias?: string) => {
    const wanted = aliasInUse(job.repo, job.app.dir, path) ?? { path, alias };
    return { wanted, name: qualifierOf(job.repo, dirname(site.call.facts.path), wanted) };
  };
  const upgrade = name(facts.upgradeTypes, 'upgradetypes');
  const module = name(facts.module);
  const ctx = facts.handlerContext === 'context' ? name('context') : name(facts.sdk, 'sdk');
  const imports = [
    upgrade.wanted,
    ctx.wanted,
    ...(facts.handlerContext === 'none' ? [] : [module.wanted]),
  ];
  if (facts.handlerContext === 'none')
    return {
      text: `(ctx ${ctx.name}.Context, _ ${upgrade.name}.Plan)`,
      result: '',
      ctx: 'ctx',
      versionMap: '',
      arity: 2,
      imports,
    };
  return {
    text: `(ctx ${ctx.name}.Context, _ ${upgrade.name}.Plan, fromVM ${module.name}.VersionMap)`,
    result: `(${module.name}.VersionMap, error)`,
    ctx: 'ctx',
    versionMap: 'fromVM',
    arity: 3,
    imports,
  };
}

/** What RunMigrations is called on and with inside the app. */
export function migrationNames(
  job: Job,
  site: Site,
  shapes: readonly HandlerShape[],
): { manager: string; configurator: string } {
  for (const shape of shapes) {
    const call = migrationCall(shape);
    if (call && inScope(site, call)) return call;
  }
  const names = appNames({ repo: job.repo, dir: job.app.dir, type: job.app.type });
  const here = appAt(job, site);
  const given = handlerParameters(site.fn, site.call.facts).list;
  const configurator =
    given.find(p => /\.Configurator$/.test(p.type))?.name ??
    (names?.configurator &&
    (!names.configurator.local || names.constructor.func.name === site.func.name)
      ? names.configurator.local
        ? names.configurator.text
        : `${here}.${names.configurator.text}`
      : undefined);
  const manager =
    given.find(p => /\.Manager$/.test(p.type))?.name ??
    (names?.manager ? `${here}.${names.manager}` : undefined);
  if (
    (manager === undefined || configurator === undefined) &&
    job.app.sdk.generation !== '0.39' &&
    job.app.sdk.generation !== '0.42'
  ) {
    throw new Refusal(
      `the ${manager === undefined ? 'module manager' : 'configurator'} of the app was not found; keep it in a field of ${job.app.type} so that a handler can run migrations`,
    );
  }
  return { manager: manager ?? '', configurator: configurator ?? '' };
}

/**
 * What the app is called in a function: its receiver, a parameter of the app's type, or what
 * handlers are registered on there.
 */
function appAt(job: Job, site: Site): string {
  const given = handlerParameters(site.fn, site.call.facts).list.find(
    p => p.type.replace('*', '') === job.app.type,
  )?.name;
  return (
    site.func.receiver?.name ||
    given ||
    namesAt({ facts: site.call.facts, func: site.func, dir: site.dir }).app
  );
}

/**
 * Whether the roots of a call's expressions mean the same at another site: the receiver, or a
 * parameter of that function.
 */
function inScope(site: Site, call: { manager: string; configurator: string }): boolean {
  const names = new Set([
    ...handlerParameters(site.fn, site.call.facts).list.map(p => p.name),
    site.func.receiver?.name ?? '',
  ]);
  const locals = new Set<string>();
  for (const node of descend(site.fn)) {
    if (node.type === 'short_var_declaration' && node.start < site.call.node.start)
      for (const n of namedChildren(childByField(node, 'left')))
        locals.add(site.call.facts.text.slice(n.start, n.end));
  }
  return roots(call.manager, call.configurator).every(root => names.has(root) || locals.has(root));
}
