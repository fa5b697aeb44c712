import { dirname } from '../../files.ts';
import { assemble } from '../../go/edit/go-file.ts';
import type { ImportSpec } from '../../go/edit/imports.ts';
import { quote } from '../../go/syntax/syntax.ts';
import { render } from '../../render.ts';
import { importsOfGeneration } from '../../sdk/generations.ts';
import { makerParameters } from '../handler/handler.ts';
import type { Parameters } from '../handler/handler-shape.ts';
import type { Create } from '../plan.ts';
import type { Job } from '../upgrade/job.ts';
import { changesStores } from '../upgrade/job.ts';
import { identifierPart } from './naming.ts';
import type { NewPackage } from './upgrade-package.ts';

/** What a test is written for. */
export interface TestRequest {
  readonly package: { readonly dir: string; readonly name: string };
  readonly file: string;
  readonly made: NewPackage;
  /** The struct's variable and its fields, where there is one. */
  readonly upgrade: string | undefined;
  readonly nameField?: string;
  readonly handlerField?: string;
}

/**
 * The test of a new upgrade: its name, its stores, and that its handler runs and gives a version
 * map back.
 */
export function testFile(job: Job, request: TestRequest): Create {
  const { repo, name } = job;
  const { made, upgrade, file } = request;
  const imports = new Map<string, ImportSpec>([
    ['testing', { path: 'testing', alias: undefined }],
    ['strings', { path: 'strings', alias: undefined }],
    ...(made.shape?.imports ?? []),
  ]);
  const field = (ident: string | undefined) => upgrade && ident && `${upgrade}.${ident}`;
  const maker = field(request.handlerField) || made.handler;
  const body = render('upgrade/test.go', {
    title: upgrade && upgrade !== 'Upgrade' ? identifierPart(upgrade) : 'Upgrade',
    nameExpr: field(request.nameField) || (made.nameConst ?? quote(name)),
    literal: quote(name),
    stores: storesTested(job, upgrade) ?? false,
    run: (maker && handlerRun(job, made, maker, imports)) || false,
  });
  const like = repo.with(made.creates.map(create => [create.file, create.text]));
  const facts = like.facts(made.creates[0]!.file)!;
  const text = assemble(like, {
    path: file,
    header: headerOf(facts.text),
    packageClause: `package ${dirname(file) === made.dir ? facts.package : made.name}`,
    body: body.replace(/\{\n\n+/g, '{\n').replace(/\n\n+/g, '\n\n'),
    imports,
  });
  return { file, text };
}

/** What the test says of the upgrade's stores; undefined where it says nothing. */
function storesTested(
  job: Job,
  upgrade: string | undefined,
): { expr: string; added: string; deleted: string } | undefined {
  const { added, deleted } = job.stores;
  // The value of another repository's constant is not known here.
  const areKnown = [...added, ...deleted].every(store => store.name !== store.const);
  if (!upgrade || !changesStores(job) || !areKnown) return undefined;
  return {
    expr: `${upgrade}.StoreUpgrades`,
    added: quote(added.map(store => store.name).join(',')),
    deleted: quote(deleted.map(store => store.name).join(',')),
  };
}

function headerOf(text: string): string {
  const clause = /^package\s/m.exec(text)?.index ?? 0;
  const head = text.slice(0, clause);
  return /SPDX|copyright|licen[sc]e/i.test(head) ? head : '';
}

/** How the test calls the handler. */
interface Run {
  readonly vars: readonly string[];
  readonly call: string;
  readonly ctx: string;
  readonly plan: string;
  readonly versionMap: string;
  readonly old: boolean;
}

/**
 * Calls the handler with an empty module manager; parameters it does not need for that get their
 * zero value. Undefined where it cannot be called like that.
 */
function handlerRun(
  job: Job,
  made: NewPackage,
  maker: string,
  imports: Map<string, ImportSpec>,
): Run | undefined {
  const { generation } = job.app.sdk;
  const parameters = made.shape && makerParameters(made.shape);
  if (generation === null || !parameters) return undefined;
  const sdk = importsOfGeneration(generation);
  const old = sdk.handlerContext === 'none';
  const qualifier = (name: string, path: string, alias?: string) => {
    const known = [...imports].find(([, spec]) => spec.path === path);
    if (known) return known[0];
    imports.set(name, { path, alias });
    return name;
  };
  const vars: string[] = [];
  const given = parameters.map((parameter, i) => {
    const { type } = parameter;
    if (/(\*\w+\.Manager|\bModuleManager)$/.test(type))
      return `${qualifier('module', sdk.module)}.NewManager()`;
    if (type.endsWith('.Configurator'))
      return `${qualifier('module', sdk.module)}.NewConfigurator(nil, nil${old ? '' : ', nil'})`;
    const name = variableFor(parameter, i, parameters);
    vars.push(`${name} ${type}`);
    return name;
  });
  // A handler that takes its manager out of a struct of arguments would meet a nil one.
  if (!parameters.some(p => p.type.endsWith('Manager')) && !old) return undefined;
  const context = qualifier('sdk', sdk.sdk, 'sdk');
  const log = qualifier('log', sdk.log);
  const upgradetypes = qualifier('upgradetypes', sdk.upgradeTypes, 'upgradetypes');
  return {
    vars,
    call: `${maker}(${given.join(', ')})`,
    ctx: `${context}.Context{}.WithLogger(${log}.NewNopLogger())`,
    plan: `${upgradetypes}.Plan{Name: ${quote(job.name)}, Height: 1}`,
    versionMap: `${qualifier('module', sdk.module)}.VersionMap`,
    old,
  };
}

/** The variable for a parameter, called like it where that is possible. */
function variableFor(
  parameter: Parameters['list'][number],
  index: number,
  parameters: Parameters['list'],
): string {
  const { name } = parameter;
  if (name === '' || name === '_') return `arg${index}`;
  // Go lets a variable shadow the package of its own type, but not that of the next one's.
  const shadows = parameters.some(
    other => other !== parameter && new RegExp(`\\b${name}\\.`).test(other.type),
  );
  return shadows ? `arg${index}` : name;
}
