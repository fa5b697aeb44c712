import type { App, Chain, Module } from '../../chain/chain.ts';
import { raisedFrom, sameApp } from '../../chain/compare.ts';
import type { VersionStep } from '../../edit/version-step.ts';
import type { Repo } from '../../go/repo/repo.ts';
import { Refusal } from '../../refusal.ts';
import type { Generation, GenerationFacts } from '../../sdk/generations.ts';
import { importsOfGeneration } from '../../sdk/generations.ts';
import type { Draft } from '../draft.ts';
import type { PlanInput } from '../plan-input.ts';
import type { Answers } from '../question.ts';
import { answerItems } from '../question.ts';
import type { Step } from '../task.ts';
import { bodyAsked } from './asked-body.ts';
import { bump } from './bump.ts';
import { findModule } from './find-module.ts';
import type { BodyGenerator } from './generated-body.ts';
import type { MigrationJob } from './job.ts';
import { legacyParams } from './legacy-params.ts';
import { newParams } from './new-params.ts';
import { notImportedNotes } from './not-imported.ts';
import { newCodec, oldCodec } from './old-codec.ts';
import { oldType } from './old-type.ts';
import type { PrefixMove } from './prefix.ts';
import { prefixMove } from './prefix.ts';
import { registerFirst } from './register-first.ts';
import { registerLike } from './register-like.ts';

/** The steps to a module's migration. Answers are those of `migrationQuestions`. */
export function migrationSteps(input: PlanInput, answers: Answers): readonly Step[] {
  return [migrationStep(input, answers)];
}

/**
 * Raises a module's ConsensusVersion by one, and registers a migration from the version before with
 * the function that migrates. `module` is needed among the answers.
 */
export function migrationStep(input: PlanInput, answers: Answers): Step {
  return {
    name: 'add a migration',
    apply(draft) {
      const module = moduleToMigrate(input, draft, answers);
      const { name, dir } = module;
      const step = nextVersion(module);
      const job = jobOf(input, draft, module, step, answers);
      bump(job.repo, job.changes, module, step.from, undefined);
      const newest = module.migrations.at(-1);
      if (newest) registerLike(job, newest);
      else registerFirst(job);
      const isWritten = job.prefix !== undefined || job.ready !== undefined;
      draft.note(
        `x/${name} goes from version ${step.from} to ${step.to}: ` +
          `${isWritten ? 'look over' : 'write what changes in'} ` +
          `${job.creates[0]?.file ?? 'its migration'}.`,
      );
      for (const note of notImportedNotes(job.repo, job.chain, module)) draft.note(note);
      return [{ kind: 'migration', dir, name, ...step }];
    },
  };
}

function moduleToMigrate({ base }: PlanInput, { now }: Draft, answers: Answers): ModuleToMigrate {
  const asked = typeof answers['module'] === 'string' ? answers['module'] : '';
  if (asked === '') throw new Refusal('name the module whose state changes, such as bank');
  const module = findModule(now.repo, now.chain, asked);
  const { name, dir, consensusVersion, versionPlace } = module;
  if (module.managed === false) {
    throw new Refusal(
      `${name} registers its services with something of the chain's own, so the SDK does not ` +
        'migrate it; migrate it as its neighbours are',
      { file: dir },
    );
  }
  if (consensusVersion === null || consensusVersion < 1) {
    const what = consensusVersion ?? 'computed, or that of a module it wraps';
    const where = versionPlace ? { line: versionPlace.line } : {};
    throw new Refusal(`the ConsensusVersion of ${name} is ${what}; raise it by hand`, {
      file: versionPlace?.file ?? dir,
      ...where,
    });
  }
  refuseRaised(base?.chain, module, consensusVersion);
  return { ...module, consensusVersion };
}

/** A module whose version is known, and can be raised. */
interface ModuleToMigrate extends Module {
  readonly consensusVersion: number;
}

function nextVersion(module: ModuleToMigrate): VersionStep {
  const { name, consensusVersion: from, migrations } = module;
  const taken = migrations.find(migration => migration.from === from);
  if (taken) {
    throw new Refusal(
      `a migration of ${name} from version ${from} is registered already; raise its ` +
        `ConsensusVersion to ${from + 1} for it to run`,
      { file: taken.location.file },
    );
  }
  return { from, to: from + 1 };
}

function jobOf(
  input: PlanInput,
  draft: Draft,
  module: Module,
  step: VersionStep,
  answers: Answers,
): MigrationJob {
  const { repo, chain } = draft.now;
  return {
    repo,
    chain,
    app: sameApp(chain, input.app) ?? input.app,
    module,
    step,
    test: answers['test'] !== false,
    store: storeAsked(answers),
    ...bodyOf(input, module, step, answers, draft),
    changes: draft.edits,
    creates: draft.creates,
    notes: draft.notes,
  };
}

function storeAsked({ store }: Answers): string | undefined {
  return typeof store === 'string' && store !== '' ? store : undefined;
}

/** The body that was asked for to be written outright. */
function bodyOf(
  input: PlanInput,
  module: Module,
  step: VersionStep,
  answers: Answers,
  { now: { repo }, notes }: Draft,
): Pick<MigrationJob, 'prefix' | 'ready'> {
  const { app } = input;
  const asked = bodyAsked(answers);
  if ('error' in asked) throw new Refusal(asked.error);
  if (storeAsked(answers) !== undefined && asked.body.endsWith('-params'))
    throw new Refusal(
      `--store and --${asked.body} do not go together: parameters are where the keeper keeps them`,
    );
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
      return { prefix: undefined, ready: retyped(input, repo, module, step, notes) };
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
  { app, oldType: read }: PlanInput,
  repo: Repo,
  { name }: Module,
  step: VersionStep,
  notes: string[],
): BodyGenerator {
  if (!read) throw new Refusal('what the type was in the last release was not read');
  return oldType(repo, read, { module: name, step, facts: factsOf(app.sdk.generation), notes });
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
