import { dirname } from '../../files.ts';
import { assemble } from '../../go/edit/go-file.ts';
import type { ImportSpec } from '../../go/edit/imports.ts';
import { quote } from '../../go/syntax/syntax.ts';
import { render } from '../../render.ts';
import { importsOfGeneration } from '../../sdk/generations.ts';
import { makerParameters } from '../handler/handler.ts';
import type { Create } from '../plan.ts';
import type { Job } from '../upgrade/job.ts';
import { changesStores } from '../upgrade/job.ts';
import { identifierPart } from './naming.ts';
import type { NewPackage } from './upgrade-package.ts';

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
  const { made, upgrade } = request;
  const generation = job.app.sdk.generation;
  const imports = new Map<string, ImportSpec>([
    ['testing', { path: 'testing', alias: undefined }],
    ['strings', { path: 'strings', alias: undefined }],
    ...(made.shape?.imports ?? []),
  ]);
  const like = repo.with(made.creates.map(c => [c.file, c.text]));
  const nameExpr =
    upgrade && request.nameField
      ? `${upgrade}.${request.nameField}`
      : (made.nameConst ?? quote(name));
  const maker =
    upgrade && request.handlerField ? `${upgrade}.${request.handlerField}` : made.handler;
  const run =
    generation !== null && maker && made.shape ? handlerRun(job, made, maker, imports) : undefined;
  // A constant of another repository has a value that is not known here.
  const named = [...job.stores.added, ...job.stores.deleted].every(s => s.name !== s.const);
  const stores =
    changesStores(job) && upgrade && named
      ? {
          expr: `${upgrade}.StoreUpgrades`,
          added: quote(job.stores.added.map(s => s.name).join(',')),
          deleted: quote(job.stores.deleted.map(s => s.name).join(',')),
        }
      : undefined;
  const title = upgrade && upgrade !== 'Upgrade' ? identifierPart(upgrade) : 'Upgrade';
  const body = render('upgrade/test.go', {
    title,
    nameExpr,
    literal: quote(name),
    stores: stores ?? false,
    run: run ?? false,
  });
  const facts = like.facts(made.creates[0]!.file)!;
  return {
    file: request.file,
    text: assemble(like, {
      path: request.file,
      header: headerOf(facts.text),
      packageClause: `package ${dirname(request.file) === made.dir ? facts.package : made.name}`,
      body: body.replace(/\{\n\n+/g, '{\n').replace(/\n\n+/g, '\n\n'),
      imports,
    }),
  };
}

function headerOf(text: string): string {
  const clause = /^package\s/m.exec(text)?.index ?? 0;
  return /SPDX|copyright|licen[sc]e/i.test(text.slice(0, clause)) ? text.slice(0, clause) : '';
}

interface Run {
  vars: string[];
  call: string;
  ctx: string;
  plan: string;
  versionMap: string;
  old: boolean;
}

/**
 * Calls the handler with an empty module manager; parameters it does not need for that get their
 * zero value.
 */
function handlerRun(
  job: Job,
  made: NewPackage,
  maker: string,
  imports: Map<string, ImportSpec>,
): Run | undefined {
  const facts = importsOfGeneration(job.app.sdk.generation!);
  const shape = made.shape!;
  const parameters = makerParameters(shape);
  if (!parameters) return undefined;
  const need = (name: string, path: string, alias?: string) => {
    const known = [...imports].find(([, w]) => w.path === path);
    if (known) return known[0];
    imports.set(name, { path, alias });
    return name;
  };
  const vars: string[] = [];
  const given: string[] = [];
  for (const [i, p] of parameters.entries()) {
    if (/(\*\w+\.Manager|\bModuleManager)$/.test(p.type))
      given.push(`${need('module', facts.module)}.NewManager()`);
    else if (/\.Configurator$/.test(p.type))
      given.push(
        `${need('module', facts.module)}.NewConfigurator(nil, nil${facts.handlerContext === 'none' ? '' : ', nil'})`,
      );
    else {
      // Go lets a variable shadow the package of its own type, but not that of the next one's.
      const shadows = parameters.some(o => o !== p && new RegExp(`\\b${p.name}\\.`).test(o.type));
      const name = p.name === '' || p.name === '_' || shadows ? `arg${i}` : p.name;
      vars.push(`${name} ${p.type}`);
      given.push(name);
    }
  }
  // A handler that takes its manager out of a struct of arguments would meet a nil one.
  if (!parameters.some(p => /Manager$/.test(p.type)) && facts.handlerContext !== 'none')
    return undefined;
  const sdk = need('sdk', facts.sdk, 'sdk');
  const log = need('log', facts.log);
  const upgradetypes = need('upgradetypes', facts.upgradeTypes, 'upgradetypes');
  return {
    vars,
    call: `${maker}(${given.join(', ')})`,
    ctx: `${sdk}.Context{}.WithLogger(${log}.NewNopLogger())`,
    plan: `${upgradetypes}.Plan{Name: ${quote(job.name)}, Height: 1}`,
    versionMap: `${need('module', facts.module)}.VersionMap`,
    old: facts.handlerContext === 'none',
  };
}
