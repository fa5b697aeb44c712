import type { App } from '../../chain/chain.ts';
import { sameApp } from '../../chain/compare.ts';
import { compareVersions, dependencyOf } from '../../chain/sdk/dependency.ts';
import { Refusal } from '../../refusal.ts';
import { render } from '../../render.ts';
import { stateBreakingReleases, watchedModules } from '../../sdk/releases.ts';
import type { PlanInput } from '../plan-input.ts';
import type { Answers } from '../question.ts';
import { nodeProgram } from './daemon.ts';
import { chosenNetwork, operatorsFolder, textAnswer } from './place.ts';
import type { OperatorFiles } from './upgrade-files.ts';
import { registeredNames } from './wanted-plan.ts';

/** The files of a release that breaks nothing. Throws `Refusal` with the first thing that does. */
export function noBreakFiles(input: PlanInput, answers: Answers): OperatorFiles {
  const { analysis, app, base } = input;
  const version = textAnswer(answers, 'no-break');
  if (!/^[\w][\w.+-]{0,63}$/.test(version) || version.includes('..'))
    throw new Refusal(`"${version}" is no version; write it as v1.2.3`);
  if (!base?.repo)
    throw new Refusal(
      'there is no release to compare with: name what the network runs with --base REF',
    );
  const network = chosenNetwork(analysis.repo, answers);
  const daemon = nodeProgram(analysis.repo, app).name ?? '$DAEMON';
  const data = { version, base: base.ref, id: network.id ?? '', daemon };
  const place = `${operatorsFolder}/${network.id ?? 'local'}/${version}`;
  const reasons = reasonsOf(input);
  return {
    files: {
      [`${place}/RELEASE-NOTES.md`]: render('operators/no-break.md', { ...data, reasons }),
      [`${place}/ANNOUNCEMENT.md`]: render('operators/no-break-announcement.md', data),
      [`${place}/CHANGELOG-entry.md`]: `## ${version}\n\n* Breaks nothing: no upgrade is needed.\n`,
    },
    notes: base.doubt === undefined ? [] : [`compared with a doubtful release: ${base.doubt}`],
  };
}

/** Why a release breaks nothing, one line each. Throws `Refusal` where it may break something. */
function reasonsOf(input: PlanInput): string[] {
  const { app, base } = input;
  const before = sameApp(base!.chain, app);
  if (!before) throw new Refusal(`${base!.ref} has no app in ${app.dir || 'the root folder'}`);
  return [
    handlersReason(before, app),
    storesReason(before, app),
    modulesReason(input),
    ...dependencyReasons(input, before),
  ];
}

const breaks = (what: string) =>
  new Refusal(`this release breaks something: ${what}; it needs an upgrade by vote`);
const unsure = (what: string) =>
  new Refusal(`it is not known whether this release breaks something: ${what}`);

function handlersReason(before: App, now: App): string {
  const registered = [before, now].flatMap(({ upgrades }) =>
    upgrades.filter(one => one.registered),
  );
  if (registered.some(({ name }) => name === null))
    throw unsure('the name of an upgrade is computed');
  const [old, own] = [registeredNames(before), registeredNames(now)];
  const [added] = own.filter(name => !old.includes(name));
  if (added !== undefined) throw breaks(`it registers the upgrade ${added}`);
  const [gone] = old.filter(name => !own.includes(name));
  if (gone !== undefined && gone === old.at(-1))
    throw breaks(`it no longer registers the last upgrade, ${gone}`);
  return `No upgrade is registered that was not (${own.length} are).`;
}

function storesReason(before: App, now: App): string {
  if ([...before.stores, ...now.stores].some(({ name }) => name === null))
    throw unsure('the name of a store cannot be read');
  const names = ({ stores }: App) => stores.map(({ name, kind }) => `${kind} ${name!}`);
  const [old, own] = [names(before), names(now)];
  const [added] = own.filter(store => !old.includes(store));
  const [gone] = old.filter(store => !own.includes(store));
  if (added !== undefined) throw breaks(`it mounts the store ${added}`);
  if (gone !== undefined) throw breaks(`it no longer mounts the store ${gone}`);
  return `The same ${own.length} stores are mounted.`;
}

function modulesReason({ analysis, base }: PlanInput): string {
  const [old, own] = [base!.chain.modules, analysis.chain.modules];
  for (const { name, consensusVersion } of own) {
    const then = old.find(module => module.name === name);
    if (!then) throw breaks(`the module ${name} is new`);
    if (consensusVersion === null || then.consensusVersion === null) {
      throw unsure(`the ConsensusVersion of ${name} cannot be read`);
    }
    if (then.consensusVersion !== consensusVersion)
      throw breaks(`${name} goes from version ${then.consensusVersion} to ${consensusVersion}`);
  }
  const gone = old.find(({ name }) => !own.some(module => module.name === name));
  if (gone) throw breaks(`the module ${gone.name} is gone`);
  return `The ${own.length} modules of the repository have the same ConsensusVersions.`;
}

/** The releases of the SDK and of what is built beside it. */
function dependencyReasons({ analysis, app, base }: PlanInput, before: App): string[] {
  return watchedModules.flatMap(({ name, path }) => {
    const now = dependencyOf(analysis.repo, app.dir, path);
    const then = dependencyOf(base!.repo!, before.dir, path);
    if (!now && !then) return [];
    if (!now || !then) throw breaks(`${name} was ${now ? 'added' : 'removed'}`);
    if (now.version === then.version) return [`${name} is ${now.version}, as it was.`];
    const [from, to] = [then.numbers, now.numbers];
    if (!from || !to)
      throw unsure(`${name} goes from ${then.version} to ${now.version}, which are not compared`);
    if (from[0] !== to[0] || from[1] !== to[1])
      throw breaks(`${name} goes from ${then.version} to ${now.version}`);
    const broken = stateBreakingReleases.find(
      release =>
        release.path === path &&
        release.version[0] === to[0] &&
        release.version[1] === to[1] &&
        compareVersions(from, release.version) < 0 !== compareVersions(to, release.version) < 0,
    );
    if (broken) throw breaks(`${name} goes to ${now.version}, which changes ${broken.changes}`);
    return [`${name} goes from ${then.version} to ${now.version}, a patch of the same series.`];
  });
}
