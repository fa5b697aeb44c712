import type { App, Chain, Module } from '../../chain/chain.ts';
import { raisedFrom } from '../../chain/compare.ts';
import { EditBatch } from '../../go/edit/edit-batch.ts';
import type { Repo } from '../../go/repo/repo.ts';
import { brokenAt } from '../../go/source/broken.ts';
import { locationOf } from '../../go/source/location.ts';
import { proveMigration } from '../../judge/migration.ts';
import { Refusal } from '../../refusal.ts';
import type { Generation, GenerationFacts } from '../../sdk/generations.ts';
import { importsOfGeneration } from '../../sdk/generations.ts';
import type { Plan } from '../plan.ts';
import { refuse } from '../plan.ts';
import type { Answers } from '../question.ts';
import { answerItems } from '../question.ts';
import type { UpgradeInput } from '../upgrade/upgrade-input.ts';
import { bodyAsked } from './asked-body.ts';
import { bump } from './bump.ts';
import { findModule } from './find-module.ts';
import type { BodyGenerator } from './generated-body.ts';
import type { MigrationJob } from './job.ts';
import { legacyParams } from './legacy-params.ts';
import { newParams } from './new-params.ts';
import { newCodec, oldCodec } from './old-codec.ts';
import { oldType } from './old-type.ts';
import type { PrefixMove } from './prefix.ts';
import { prefixMove } from './prefix.ts';
import { registerFirst } from './register-first.ts';
import { registerLike } from './register-like.ts';
import type { VersionStep } from './step.ts';

/**
 * Plans a module's migration: its ConsensusVersion one higher, a migration registered from the
 * version before, and the function that migrates. Bad answers give a refused plan, never an
 * exception; what is offered is proved. Answers are those of `migrationQuestions`; `module` is
 * needed.
 */
export function planMigration(input: UpgradeInput, answers: Answers): Plan {
  try {
    return plan(input, answers);
  } catch (error) {
    if (error instanceof Refusal) return { ...refuse(''), refused: error.info };
    throw error;
  }
}

function plan(input: UpgradeInput, answers: Answers): Plan {
  const { repo, chain, app, base } = input;
  const name = typeof answers['module'] === 'string' ? answers['module'] : '';
  if (name === '') throw new Refusal('name the module whose state changes, such as bank');
  const module = findModule(repo, chain, name);
  const version = module.consensusVersion;
  if (module.managed === false)
    throw new Refusal(
      `${module.name} registers its services with something of the chain's own, so the SDK does not migrate it; migrate it as its neighbours are`,
      { file: module.dir },
    );
  if (version === null || version < 1)
    throw new Refusal(
      `the ConsensusVersion of ${module.name} is ${version === null ? 'computed, or that of a module it wraps' : version}; raise it by hand`,
      {
        file: module.versionPlace?.file ?? module.dir,
        ...(module.versionPlace ? { line: module.versionPlace.line } : {}),
      },
    );
  refuseRaised(base, module, version);
  const step = { from: version, to: version + 1 };
  if (module.migrations.some(m => m.from === version))
    throw new Refusal(
      `a migration of ${module.name} from version ${version} is registered already; raise its ConsensusVersion to ${version + 1} for it to run`,
      { file: module.migrations.find(m => m.from === version)!.location.file },
    );
  const changes = new EditBatch(repo);
  const notes: string[] = [];
  const job: MigrationJob = {
    repo,
    chain,
    app,
    module,
    step,
    test: answers['test'] !== false,
    ...bodyOf(input, module, step, answers, notes),
    changes,
    creates: [],
    notes,
  };
  bump(repo, changes, module, version, undefined);
  const newest = module.migrations.at(-1);
  if (newest) registerLike(job, newest);
  else registerFirst(job);
  const edits = [...changes.texts()]
    .filter(([file, after]) => repo.texts.get(file) !== after)
    .map(([file, after]) => ({ file, before: repo.texts.get(file)!, after }));
  for (const { file } of edits) refuseUnfit(repo, file);
  const made: Plan = {
    creates: job.creates,
    edits,
    notes: [
      ...job.notes,
      `x/${module.name} goes from version ${step.from} to ${step.to}: ${job.prefix || job.ready ? 'look over' : 'write what changes in'} ${job.creates[0]?.file ?? 'its migration'}.`,
    ],
  };
  const wrong = proveMigration(repo, chain, made, { dir: module.dir, name: module.name, step });
  if (wrong)
    throw new Refusal(
      `this module's code could not be extended with certainty: ${wrong}; please add the migration by hand and report this`,
    );
  return made;
}

/** The body that was asked for to be written outright. */
function bodyOf(
  input: UpgradeInput,
  module: Module,
  step: VersionStep,
  answers: Answers,
  notes: string[],
): Pick<MigrationJob, 'prefix' | 'ready'> {
  const { repo, app } = input;
  const asked = bodyAsked(answers);
  if ('error' in asked) throw new Refusal(asked.error);
  switch (asked.body) {
    case 'prefix':
      return { prefix: prefixOf(String(answers['prefix'])), ready: undefined };
    case 'new-params':
      return {
        prefix: undefined,
        ready: newParams(repo, answerItems(answers['new-params']) ?? []),
      };
    case 'legacy-params':
      return { prefix: undefined, ready: legacyParams(repo, module, notes) };
    case 'old-codec':
      return { prefix: undefined, ready: recoded(repo, app, module, String(answers['old-codec'])) };
    case 'old-type':
      return { prefix: undefined, ready: retyped(input, module, step, notes) };
    default:
      return { prefix: undefined, ready: undefined };
  }
}

function recoded(
  repo: Repo,
  { sdk: { generation } }: App,
  { name }: Module,
  text: string,
): BodyGenerator {
  const read = oldCodec(text);
  if ('error' in read) throw new Refusal(read.error);
  return newCodec(repo, read, factsOf(generation), name);
}

function retyped(
  {
    repo,
    app: {
      sdk: { generation },
    },
    oldType: read,
  }: UpgradeInput,
  { name }: Module,
  step: VersionStep,
  notes: string[],
): BodyGenerator {
  if (!read) throw new Refusal('what the type was in the last release was not read');
  return oldType(repo, read, { module: name, step, facts: factsOf(generation), notes });
}

function factsOf(generation: Generation | null): GenerationFacts {
  if (generation === null)
    throw new Refusal(
      'the Cosmos SDK version of this app is not known, so the right imports are not either',
    );
  return importsOfGeneration(generation);
}

function prefixOf(text: string): PrefixMove {
  const read = prefixMove(text);
  if ('error' in read) throw new Refusal(read.error);
  return read;
}

/**
 * A module whose version rose since the release is at its new version already: one step is enough
 * for all that changes in a release.
 */
function refuseRaised(base: Chain | undefined, module: Module, version: number): void {
  const before = raisedFrom(base, module);
  if (before === undefined) return;
  throw new Refusal(
    `${module.name} was raised from version ${before} to ${version} since the last release already; change that migration`,
    { file: module.versionPlace?.file ?? module.dir },
  );
}

function refuseUnfit(repo: Repo, file: string): void {
  const facts = repo.facts(file);
  const broken = facts && brokenAt(facts);
  if (facts?.generated)
    throw new Refusal(`${file} is generated ("DO NOT EDIT"); change what generates it`, { file });
  if (facts && broken !== undefined)
    throw new Refusal(
      `${file} does not parse at line ${locationOf(facts, { start: broken, end: broken }).line}; mend it first`,
      { file },
    );
}
