import { dirname } from '../../files.ts';
import { indentRest } from '../../go/edit/edit.ts';
import type { ImportSpec } from '../../go/edit/imports.ts';
import { qualifierOf } from '../../go/edit/imports.ts';
import { aliasInUse } from '../../go/edit/imports-in-use.ts';
import type { Repo } from '../../go/repo/repo.ts';
import { findAll } from '../../go/syntax/syntax.ts';
import { Refusal } from '../../refusal.ts';
import { importsOfGeneration } from '../../sdk/generations.ts';
import { appNames } from '../../wiring/app-names.ts';
import { namesAt } from '../../wiring/names-at.ts';
import type { Registration, Site } from '../../wiring/style.ts';
import { declaredNames, functionAround, importsUsed, nodeText, rootName } from '../go-tree.ts';
import type { Job } from '../upgrade/job.ts';
import { bodyWithoutMigrations, handlerBody } from './handler-body.ts';
import type { HandlerShape, Parameters } from './handler-shape.ts';
import {
  handlerParameters,
  migrationCall,
  registeredHandler,
  usableName,
} from './handler-shape.ts';

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
  neighbours: readonly Registration[],
  inReach: readonly string[],
): OwnHandler {
  const shape = registeredHandler(job.repo, neighbour);
  const closures = neighbours
    .map(registration => registeredHandler(job.repo, registration))
    .filter(other => other !== undefined)
    .filter(other => other.maker === undefined);
  const others = closures.filter(other => other.closure.node !== shape?.closure.node);
  const followed = shape && !shape.maker ? [shape, ...others] : closures;
  return handlerAt(job, neighbour.site, shape, followed, inReach);
}

/**
 * The same for a handler that is rewritten in its place, which may be another function than the one
 * that registers it.
 */
export function rewrittenHandler(
  job: Job,
  old: Registration,
  shape: HandlerShape,
  inReach: readonly string[],
): OwnHandler {
  return handlerAt(job, siteOf(old.site, shape), shape, [shape], inReach);
}

/** Where a handler's closure is written: what is in scope there is what counts. */
function siteOf(site: Site, { facts, closure }: HandlerShape): Site {
  const call = { facts, node: closure.node };
  const func = functionAround(call);
  return func?.syntax ? { ...site, call, func, fn: func.syntax } : site;
}

function handlerAt(
  job: Job,
  site: Site,
  shape: HandlerShape | undefined,
  shapes: readonly HandlerShape[],
  inReach: readonly string[],
): OwnHandler {
  const signature = shape ? signatureLike(job.repo, shape) : generationSignature(job, site);
  const run = migrationNames(job, site, shapes);
  const body =
    signature.arity === 2
      ? bodyWithoutMigrations(job.name)
      : handlerBody(
          shapes.filter(other => fits(other, signature, run)),
          {
            ctx: signature.ctx,
            versionMap: signature.versionMap,
            manager: run.manager,
            configurator: run.configurator,
            name: job.name,
            inReach: new Set([
              ...inReach,
              appAt(job, site),
              ...parametersAt(site).map(p => p.name),
              ...rootsOf(run),
            ]),
          },
        );
  const result = signature.result ? ` ${signature.result}` : '';
  return {
    text: `func${signature.text}${result} {\n\t${indentRest(body, '\t')}\n}`,
    body,
    parameters: signature.text,
    imports: signature.imports,
  };
}

/** Whether a handler runs migrations with these names, and calls its parameters the same. */
function fits(shape: HandlerShape, signature: Signature, run: RunNames): boolean {
  const call = migrationCall(shape);
  if (call?.manager !== run.manager || call.configurator !== run.configurator) return false;
  const names = shape.closure.parameters.list.map(({ name }) => (name === '_' ? '' : name));
  const [ctx, , versionMap, ...rest] = names;
  return (
    (!ctx || ctx === signature.ctx) &&
    (!versionMap || versionMap === signature.versionMap) &&
    rest.every(name => name === '')
  );
}

/** The names that expressions begin with. */
function rootsOf({ manager, configurator }: RunNames): string[] {
  return [manager, configurator].map(rootName).filter(name => name !== undefined);
}

function parametersAt(site: Site): Parameters['list'] {
  return handlerParameters(site.fn, site.call.facts).list;
}

/** A closure's parameters and result, as text; names are given where they are needed. */
interface Signature {
  readonly text: string;
  readonly result: string;
  readonly ctx: string;
  readonly versionMap: string;
  readonly arity: number;
  readonly imports: readonly ImportSpec[];
}

/** The neighbour's parameter list on one line, every needed parameter named. */
function signatureLike(repo: Repo, { facts, closure }: HandlerShape): Signature {
  const { list } = closure.parameters;
  const ctx = usableName(list[0], 'ctx');
  const versionMap = usableName(list[2], 'fromVM');
  const types = list.map(p => p.type);
  const plan = types.length > 1 ? `_ ${types[1]!}` : '';
  const last = types.length === 3 ? `, ${versionMap} ${types[2]!}` : '';
  const text = `(${ctx} ${types[0]!}, ${plan}${last})`;
  return {
    text,
    result: closure.result,
    ctx,
    versionMap,
    arity: types.length,
    imports: importsUsed(repo, facts, text + closure.result),
  };
}

/** The signature of the app's SDK generation, where there is no neighbour to read. */
function generationSignature(job: Job, site: Site): Signature {
  const { generation } = job.app.sdk;
  if (generation === null)
    throw new Refusal(
      "cannot choose the handler's signature: the Cosmos SDK version of this app is not known",
    );
  const sdk = importsOfGeneration(generation);
  const importAt = (path: string, alias?: string) => {
    const spec = aliasInUse(job.repo, job.app.dir, path) ?? { path, alias };
    return { spec, name: qualifierOf(job.repo, dirname(site.call.facts.path), spec) };
  };
  const upgrade = importAt(sdk.upgradeTypes, 'upgradetypes');
  const module = importAt(sdk.module);
  const context = sdk.handlerContext === 'context' ? importAt('context') : importAt(sdk.sdk, 'sdk');
  const first = `ctx ${context.name}.Context, _ ${upgrade.name}.Plan`;
  if (sdk.handlerContext === 'none')
    return {
      text: `(${first})`,
      result: '',
      ctx: 'ctx',
      versionMap: '',
      arity: 2,
      imports: [upgrade.spec, context.spec],
    };
  return {
    text: `(${first}, fromVM ${module.name}.VersionMap)`,
    result: `(${module.name}.VersionMap, error)`,
    ctx: 'ctx',
    versionMap: 'fromVM',
    arity: 3,
    imports: [upgrade.spec, context.spec, module.spec],
  };
}

/** What RunMigrations is called on and with. */
interface RunNames {
  readonly manager: string;
  readonly configurator: string;
}

/** What RunMigrations is called on and with inside the app. */
export function migrationNames(job: Job, site: Site, shapes: readonly HandlerShape[]): RunNames {
  const call = shapes.map(migrationCall).find(one => one && inScope(site, one));
  if (call) return call;
  const names = appNames({ repo: job.repo, dir: job.app.dir, type: job.app.type });
  const given = parametersAt(site);
  const configurator =
    given.find(p => p.type.endsWith('.Configurator'))?.name ?? configuratorAt(job, site, names);
  const manager =
    given.find(p => p.type.endsWith('.Manager'))?.name ??
    (names?.manager && `${appAt(job, site)}.${names.manager}`);
  const isNeeded = job.app.sdk.generation !== '0.39' && job.app.sdk.generation !== '0.42';
  const missing = manager === undefined ? 'module manager' : 'configurator';
  if (isNeeded && (manager === undefined || configurator === undefined))
    throw new Refusal(
      `the ${missing} of the app was not found; ` +
        `keep it in a field of ${job.app.type} so that a handler can run migrations`,
    );
  return { manager: manager ?? '', configurator: configurator ?? '' };
}

/** The app's configurator: a field, or a local of the constructor that is named only there. */
function configuratorAt(
  job: Job,
  site: Site,
  names: ReturnType<typeof appNames>,
): string | undefined {
  const configurator = names?.configurator;
  if (!configurator) return undefined;
  if (!configurator.local) return `${appAt(job, site)}.${configurator.text}`;
  return names.constructor.func.name === site.func.name ? configurator.text : undefined;
}

/**
 * What the app is called in a function: its receiver, a parameter of the app's type, or what
 * handlers are registered on there.
 */
function appAt(job: Job, site: Site): string {
  const given = parametersAt(site).find(p => p.type.replace('*', '') === job.app.type)?.name;
  return (
    site.func.receiver?.name ||
    given ||
    namesAt({ facts: site.call.facts, func: site.func, dir: site.dir }).app
  );
}

/**
 * Whether the roots of a call's expressions mean the same at another site: the receiver, a
 * parameter of that function, or a local that is declared before.
 */
function inScope(site: Site, call: RunNames): boolean {
  const { facts } = site.call;
  const locals = findAll(site.fn, 'short_var_declaration')
    .filter(({ start }) => start < site.call.node.start)
    .flatMap(declaredNames)
    .map(name => nodeText(facts, name));
  const names = new Set([
    ...parametersAt(site).map(p => p.name),
    site.func.receiver?.name ?? '',
    ...locals,
  ]);
  return rootsOf(call).every(root => names.has(root));
}
