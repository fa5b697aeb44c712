import { Refusal } from '../../refusal.ts';
import type { GenesisChoice } from '../genesis/genesis-answers.ts';
import { readGenesisAnswers } from '../genesis/genesis-answers.ts';
import { modulesNamed } from '../migration/find-module.ts';
import type { PlanInput } from '../plan-input.ts';
import type { Answer, Answers } from '../question.ts';
import { answerItems } from '../question.ts';
import type { WantedUpgrade } from './job.ts';
import { checkNewName } from './plan-name.ts';
import { readStoreAnswers } from './store-answers.ts';
import { upgradeInfo } from './upgrade-info.ts';

/** The upgrade that the answers ask for. */
export interface UpgradeRequest extends WantedUpgrade {
  /** How modules start that RunMigrations would start otherwise. */
  readonly genesis: readonly GenesisChoice[];
  /** The modules that get a migration in the same plan, as the answers name them. */
  readonly migrate: readonly string[];
  /** What is to be said of the answers themselves. */
  readonly notes: readonly string[];
}

/** Reads the answers. Throws `Refusal` where one cannot be met. */
export function readRequest(input: PlanInput, answers: Answers): UpgradeRequest {
  const { app, base } = input;
  const name = planName(answers);
  const verdict = checkNewName(name);
  const stores = readStoreAnswers({ app, base: base?.chain, baseDoubt: base?.doubt }, answers);
  if ('error' in stores) throw new Refusal(stores.error);
  const info = infoOf(answers['binary']);
  const genesis = readGenesisAnswers(app, base?.chain, answerItems(answers['genesis']) ?? []);
  if ('error' in genesis) throw new Refusal(genesis.error);
  const migrate = answerItems(answers['migrate']) ?? [];
  refuseBoth(input, genesis, migrate);
  return {
    name,
    stores,
    info,
    test: answers['test'] === true,
    genesis,
    migrate,
    notes: verdict ? [verdict.message] : [],
  };
}

/** The plan name among the answers, empty where there is none. */
export function planName(answers: Answers): string {
  return typeof answers['name'] === 'string' ? answers['name'] : '';
}

function infoOf(given: Answer | undefined): string | undefined {
  const binaries = [given ?? []]
    .flat()
    .filter((text): text is string => typeof text === 'string')
    .flatMap(text => text.split(/\s+/))
    .filter(text => text !== '');
  if (binaries.length === 0) return undefined;
  const info = upgradeInfo(binaries);
  if ('error' in info) throw new Refusal(info.error);
  return info.json;
}

function refuseBoth(
  { analysis }: PlanInput,
  genesis: readonly GenesisChoice[],
  migrate: readonly string[],
): void {
  const isMigrated = ({ module }: GenesisChoice) =>
    migrate.some(name =>
      modulesNamed(analysis.chain, name).some(other => other.name === module.name),
    );
  const both = genesis.find(isMigrated);
  if (!both) return;
  throw new Refusal(
    `${both.module.name ?? both.module.const ?? 'a module'} is given with --genesis and with --migrate: a module gets InitGenesis ` +
      'or a migration, so name it once',
  );
}
