import type { App } from '../../chain/chain.ts';
import { dirname } from '../../files.ts';
import type { Repo } from '../../go/repo/repo.ts';
import { brokenAt } from '../../go/source/broken.ts';
import { isGenerated } from '../../go/source/facts.ts';
import { locationOf } from '../../go/source/location.ts';
import { Refusal } from '../../refusal.ts';
import type { Wiring } from '../../wiring/style.ts';
import type { PlanInput } from '../plan-input.ts';
import type { Answers } from '../question.ts';
import { checkNewName } from './plan-name.ts';
import { planName } from './request.ts';

/** Refuses a name that cannot be had, and an app that cannot be read for sure. */
export function refuseUnfitApp({ analysis, app }: PlanInput, answers: Answers): void {
  const name = planName(answers);
  const verdict = checkNewName(name);
  if (verdict?.severity === 'error') throw new Refusal(verdict.message);
  refuseTaken(app, name);
  refuseGeneratedApp(analysis.repo, app);
  refuseBroken(analysis.repo, app, analysis.wiringOf(app));
}

/** Refuses a plan name that an app has already, or that cosmovisor could not tell from one it has. */
export function refuseTaken(app: App, name: string): void {
  for (const upgrade of app.upgrades) {
    if (upgrade.name === name) {
      const { file, line } = upgrade.location;
      const reason = upgrade.registered
        ? `${name} is registered already at ${file}:${line}; choose another name`
        : `${name} exists already in ${upgrade.package} but is not registered (${file}:${line}); ` +
          'register or remove it';
      throw new Refusal(reason, { file, line });
    }
    if (upgrade.registered && upgrade.name?.toLowerCase() === name.toLowerCase()) {
      throw new Refusal(
        `${name} differs from the registered ${upgrade.name} only in capitals, which cosmovisor ` +
          'does not tell apart; choose another name',
      );
    }
  }
}

/** Go that does not parse where the wiring is or may be. */
function refuseBroken(repo: Repo, app: App, wiring: Wiring): void {
  const registering = wiring.registrations.flatMap(({ package: dir, place }) => [
    dir,
    dirname(place.facts.path),
  ]);
  for (const dir of new Set([app.dir, ...registering])) {
    for (const facts of repo.filesOf(dir)) {
      const broken = brokenAt(facts);
      if (broken === undefined) continue;
      const { line } = locationOf(facts, { start: broken, end: broken });
      throw new Refusal(`${facts.path}:${line}: syntax error; fix it and run again`, {
        file: facts.path,
        line,
      });
    }
  }
}

/**
 * A generated file is not read; where it builds the app or registers handlers, nothing that is
 * concluded from the others holds.
 */
function refuseGeneratedApp(repo: Repo, app: App): void {
  const wires = /\b(NewBaseApp|LoadLatestVersion|SetUpgradeHandler|SetStoreLoader)\(/;
  for (const file of repo.packages.get(app.dir)?.files ?? []) {
    const text = repo.texts.get(file)!;
    if (wires.test(text) && isGenerated(text)) {
      throw new Refusal(`${file} is generated ("DO NOT EDIT"); change what generates it`, { file });
    }
  }
}
