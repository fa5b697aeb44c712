import { goNode } from '../../go/eval/go-node.ts';
import type { Expr } from '../../go/eval/value.ts';
import { callsOf } from '../../go/syntax/syntax.ts';
import { Refusal } from '../../refusal.ts';
import { appNames } from '../../wiring/app-names.ts';
import { functionsOf } from '../../wiring/call-sites.ts';
import type { NamesAt } from '../../wiring/names-at.ts';
import { namesAt } from '../../wiring/names-at.ts';
import type { Site } from '../../wiring/style.ts';
import type { LoaderJob } from './loader-way.ts';

/**
 * Where the app is in reach, on which SetStoreLoader is called: the registration itself, or the
 * app's call of the function that only gets keepers.
 */
export function siteInReach(job: LoaderJob, site: Site): Site {
  if (hasApp(site)) return site;
  const [caller, ...others] = callersInApp(job, site);
  if (!caller || others.length > 0 || !namesInReach(job, caller)) {
    throw new Refusal(
      `${site.func.name} is not given the app, on which a store loader is set; ` +
        'set one by hand where it is called',
      { file: site.call.facts.path },
    );
  }
  return caller;
}

function callersInApp(job: LoaderJob, site: Site): Site[] {
  return functionsOf(job.repo, job.app.dir).flatMap(({ facts, func }) =>
    callsOf(func.syntax, facts.text, site.func.name)
      .filter(node => leadsTo(job, site, { facts, node }))
      .map(node => ({
        call: { facts, node },
        dir: job.app.dir,
        func,
        fn: func.syntax!,
        loop: undefined,
        condition: undefined,
        reachable: true,
      })),
  );
}

/**
 * What keeper and app are called in a function of the app that registers nothing itself. Undefined
 * where it registers, or has neither.
 */
export function namesInReach(
  { repo, app }: LoaderJob,
  { call: { facts }, func }: Site,
): Pick<NamesAt, 'keeper' | 'base'> | undefined {
  if (callsOf(func.syntax, facts.text, 'SetUpgradeHandler').length > 0) return undefined;
  const names = appNames({ repo, dir: app.dir, type: app.type });
  const name =
    func.receiver?.type === app.type
      ? func.receiver.name
      : names?.builds.find(b => b.fn.func === func)?.app;
  return name && names?.keeper ? { keeper: `${name}.${names.keeper}`, base: name } : undefined;
}

function hasApp({ call: { facts }, func, dir }: Site): boolean {
  return (func.receiver?.name ?? '') !== '' || namesAt({ facts, func, dir }).keeper.includes('.');
}

/** Whether a call of the app is one of the function in which a site lies. */
function leadsTo({ repo, app }: LoaderJob, { dir }: Site, { facts, node }: Expr): boolean {
  const callee = goNode({ facts, node }).field('function');
  const operand = callee?.type === 'selector_expression' ? callee.field('operand') : undefined;
  if (operand) return repo.folderOf(facts, operand.text) === dir;
  return callee?.type === 'identifier' && dir === app.dir;
}
