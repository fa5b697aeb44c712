import { isCandidateOf } from '../../chain/app/plan-names.ts';
import type { App } from '../../chain/chain.ts';
import { storeId } from '../../chain/compare.ts';
import { readWiring } from '../../chain/read.ts';
import { dirname } from '../../files.ts';
import { usesCrlf } from '../../go/edit/edit.ts';
import { EditBatch } from '../../go/edit/edit-batch.ts';
import type { Repo } from '../../go/repo/repo.ts';
import { brokenAt } from '../../go/source/broken.ts';
import { isGenerated } from '../../go/source/facts.ts';
import { locationOf } from '../../go/source/location.ts';
import { prove } from '../../judge/upgrade.ts';
import { Refusal } from '../../refusal.ts';
import type { Wiring } from '../../wiring/style.ts';
import { setGenesis } from '../genesis/genesis.ts';
import type { GenesisChoice } from '../genesis/genesis-answers.ts';
import { readGenesisAnswers } from '../genesis/genesis-answers.ts';
import type { HandlerShape } from '../handler/handler-shape.ts';
import { handlerShape } from '../handler/handler-shape.ts';
import { modulesNamed } from '../migration/find-module.ts';
import { afterPlan, onTop } from '../on-top.ts';
import type { Plan } from '../plan.ts';
import { refuse } from '../plan.ts';
import type { Answers } from '../question.ts';
import { answerItems } from '../question.ts';
import { moveConsensusParams } from '../sdk-jump/consensus-params.ts';
import { setFirstVersions } from '../sdk-jump/first-versions.ts';
import { consensusParamsToMove, isFirstInPlace, jumpNotes, jumpSince } from '../sdk-jump/jump.ts';
import type { Job } from './job.ts';
import { nameOf } from './neighbour.ts';
import { checkPlanName } from './plan-name.ts';
import { derivedStores, readStoreAnswers } from './store-answers.ts';
import { upgradeInfo } from './upgrade-info.ts';
import type { UpgradeInput } from './upgrade-input.ts';
import { withMigrations } from './upgrade-migrations.ts';
import { chooseWay } from './upgrade-ways.ts';

/**
 * Plans a new upgrade. Bad answers give a refused plan, never an exception; what is offered is
 * proved (`core/judge`). Answers are those of `upgradeQuestions`; `name` is needed, the others have
 * defaults.
 */
export function planUpgrade(input: UpgradeInput, answers: Answers): Plan {
  try {
    return plan(input, answers);
  } catch (error) {
    if (error instanceof Refusal) return { ...refuse(''), refused: error.info };
    throw error;
  }
}

function plan(input: UpgradeInput, answers: Answers): Plan {
  const { repo, chain, app, base } = input;
  const name = typeof answers['name'] === 'string' ? answers['name'] : '';
  const verdict = checkPlanName(name);
  if (verdict?.severity === 'error') throw new Refusal(verdict.message);
  refuseTaken(app, name);
  refuseGeneratedApp(repo, app);
  const wiring = readWiring(repo, app);
  refuseBroken(repo, app, wiring);
  const stores = readStoreAnswers(app, base, answers);
  if ('error' in stores) throw new Refusal(stores.error);
  const binaries = [answers['binary'] ?? []]
    .flat()
    .filter((b): b is string => typeof b === 'string')
    .flatMap(b => b.split(/\s+/))
    .filter(b => b !== '');
  const info = binaries.length ? upgradeInfo(binaries) : undefined;
  if (info && 'error' in info) throw new Refusal(info.error);
  const job: Job = {
    repo,
    app,
    base,
    wiring,
    name,
    stores,
    info: info?.json,
    test: answers['test'] === true,
    changes: new EditBatch(repo),
    creates: [],
    plain: new Map(),
    notes: verdict ? [verdict.message] : [],
    tidy: [],
  };
  noteRepeated(job);
  noteCandidates(job);
  noteUnsure(job);
  const proved = chooseWay(job, answers);
  const wired: Plan = {
    creates: writesCrlf(repo, app)
      ? job.creates.map(c => ({ ...c, text: c.text.replace(/\r?\n/g, '\r\n') }))
      : job.creates,
    edits: [
      ...[...job.changes.texts()].map(
        ([file, text]) => [file, job.tidy.reduce((t, touch) => touch(file, t), text)] as const,
      ),
      ...job.plain,
    ]
      .filter(([file, after]) => repo.texts.get(file) !== after)
      .map(([file, after]) => ({ file, before: repo.texts.get(file)!, after })),
    notes: job.notes,
  };
  const wishes = readGenesisAnswers(app, base, answerItems(answers['genesis']) ?? []);
  const migrate = answerItems(answers['migrate']) ?? [];
  if ('error' in wishes) throw new Refusal(wishes.error);
  const both = wishes.find(w =>
    migrate.some(m => modulesNamed(chain, m).some(other => other.name === w.module.name)),
  );
  if (both)
    throw new Refusal(
      `${both.module.name} is given with --genesis and with --migrate: a module gets InitGenesis or a migration, so name it once`,
    );
  const made = withGenesis(input, withSteps(input, wired, name), name, wishes);
  for (const { file } of made.edits) refuseGenerated(repo, file);
  const wrong = prove(repo, chain, made, {
    app,
    name,
    ...proved,
    stores: {
      added: stores.added.map(s => s.name),
      deleted: stores.deleted.map(s => s.name),
      renamed: stores.renamed.map(r => ({ from: r.from.name, to: r.to.name })),
    },
  });
  if (wrong)
    throw new Refusal(
      `this chain's code could not be extended with certainty: ${wrong}; please add the upgrade by hand and report this`,
    );
  return withMigrations(input, made, migrate);
}

/** Adds to the new handler what the jump from the SDK of the last release asks for. */
function withSteps({ repo, app, base }: UpgradeInput, plan: Plan, name: string): Plan {
  const jump = jumpSince(base, app);
  if (!jump) return plan;
  const after = afterPlan(repo, plan);
  const changes = new EditBatch(after);
  const said = consensusParamsToMove(repo, app, jump)
    ? [moveConsensusParams(after, app, changes, handlerOf(after, app, name), jump.from)]
    : [];
  const made = onTop(
    plan,
    { texts: changes.texts(), notes: [...said, ...jumpNotes(repo, app, jump)] },
    repo,
  );
  if (!isFirstInPlace(jump)) return made;
  const then = afterPlan(repo, made);
  return onTop(made, setFirstVersions(then, app, jump, handlerOf(then, app, name)), repo);
}

/** Has the new handler start modules as it is asked. */
function withGenesis(
  { repo, chain, app }: UpgradeInput,
  plan: Plan,
  name: string,
  wishes: readonly GenesisChoice[],
): Plan {
  if (wishes.length === 0) return plan;
  const after = afterPlan(repo, plan);
  const shape = handlerOf(after, app, name);
  const written =
    shape && [...plan.creates, ...plan.edits].some(({ file }) => file === shape.facts.path);
  return onTop(
    plan,
    setGenesis(after, chain, app.sdk.generation, written ? shape : undefined, wishes),
    repo,
  );
}

/** The handler of a new upgrade, where it is its alone. */
function handlerOf(repo: Repo, app: App, name: string): HandlerShape | undefined {
  const { registrations } = readWiring(repo, app);
  const handler = registrations.find(r => nameOf(r) === name)?.handler;
  const shape = handler && handlerShape(repo, handler, name);
  const same = (other: HandlerShape | undefined) =>
    other?.facts.path === shape?.facts.path &&
    other?.closure.node.start === shape?.closure.node.start;
  return shape &&
    !registrations.some(
      r => nameOf(r) !== name && r.handler && same(handlerShape(repo, r.handler, nameOf(r))),
    )
    ? shape
    : undefined;
}

/** Whether the app's own files end their lines as Windows does: then new ones do so too. */
function writesCrlf(repo: Repo, app: App): boolean {
  const files = repo.packages.get(app.dir)?.files ?? [];
  return files.length > 0 && files.every(file => usesCrlf(repo.texts.get(file)!));
}

/**
 * Stores that are there already when the upgrade runs stop the node (sdk.md B.3); test networks may
 * have gone another way, so it is only said.
 */
function noteRepeated({ app, base, stores, notes }: Job): void {
  const before = base?.apps.find(a => a.dir === app.dir);
  for (const { name } of stores.added) {
    const earlier = app.upgrades.find(
      u =>
        u.registered &&
        u.stores?.added.some(s => s.name === name) &&
        !app.upgrades.some(o => o.stores?.deleted.some(d => d.name === name)),
    );
    const mounted = before?.stores.some(s => s.name === name) ?? false;
    if (!earlier && !mounted) continue;
    notes.push(
      `The store ${name} is ${mounted ? 'mounted by the last release already' : `added by ${earlier!.name ?? earlier!.package} already`}: on a network that has it, the node stops with "initial version set to …, but found earlier version".`,
    );
  }
}

/**
 * A release often does what its candidates did, on networks that never ran them; the new upgrade
 * starts without their stores and steps.
 */
function noteCandidates({ app, name, stores, notes }: Job): void {
  for (const { name: candidate, registered, stores: theirs } of app.upgrades) {
    if (!registered || candidate === null || !isCandidateOf(candidate, name)) continue;
    const [added, deleted] = [
      [theirs?.added, stores.added],
      [theirs?.deleted, stores.deleted],
    ].map(([of, mine]) =>
      (of ?? []).flatMap(s =>
        s.name !== null && !mine!.some(m => m.name === s.name) ? [s.name!] : [],
      ),
    ) as [string[], string[]];
    const lacks = [
      added.length ? `adds ${added.join(', ')}` : '',
      deleted.length ? `deletes ${deleted.join(', ')}` : '',
    ]
      .filter(Boolean)
      .join(' and ');
    notes.push(
      `${candidate} is a candidate of ${name}${lacks ? ` and ${lacks}, which ${name} does not: networks that never ran it need that too` : ''}. What its handler does is not repeated, for it may be meant for a test network alone.`,
    );
  }
}

/**
 * A module that moved keeps its store, a new one needs it added; which it is the names do not tell.
 */
function noteUnsure({ app, base, stores, notes }: Job): void {
  for (const store of derivedStores(app, base).unsure) {
    const id = storeId(store)!;
    if (
      ![...stores.added, ...stores.renamed.map(r => r.to)].some(
        s => s.name === id || s.const === id,
      )
    )
      notes.push(
        `The store ${id} is not known to be new: the last release may mount it by another constant. If it is new, give it with --added.`,
      );
  }
}

function refuseTaken(app: App, name: string): void {
  for (const upgrade of app.upgrades) {
    if (upgrade.name === name) {
      const { file, line } = upgrade.location;
      throw new Refusal(
        upgrade.registered
          ? `${name} is registered already at ${file}:${line}; choose another name`
          : `${name} exists already in ${upgrade.package} but is not registered (${file}:${line}); register or remove it`,
        { file, line },
      );
    }
    if (upgrade.registered && upgrade.name?.toLowerCase() === name.toLowerCase()) {
      throw new Refusal(
        `${name} differs from the registered ${upgrade.name} only in capitals, which cosmovisor does not tell apart; choose another name`,
      );
    }
  }
}

/** Go that does not parse where the wiring stands or may stand. */
function refuseBroken(repo: Repo, app: App, wiring: Wiring): void {
  const dirs = new Set([
    app.dir,
    ...wiring.registrations.flatMap(r => [r.package, dirname(r.place.facts.path)]),
  ]);
  for (const dir of dirs) {
    for (const facts of repo.filesOf(dir)) {
      const broken = brokenAt(facts);
      if (broken === undefined) continue;
      const { line } = locationOf(facts, { start: broken, end: broken });
      throw new Refusal(`${facts.path} does not parse at line ${line}; mend it first`, {
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
  for (const file of repo.packages.get(app.dir)?.files ?? []) {
    const text = repo.texts.get(file)!;
    if (
      /\b(NewBaseApp|LoadLatestVersion|SetUpgradeHandler|SetStoreLoader)\(/.test(text) &&
      isGenerated(text)
    )
      refuseGenerated(repo, file);
  }
}

function refuseGenerated(repo: Repo, file: string): void {
  if (file.endsWith('.go') && repo.facts(file)?.generated)
    throw new Refusal(`${file} is generated ("DO NOT EDIT"); change what generates it`, { file });
}
