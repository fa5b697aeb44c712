import type { Chain, StoreName } from '../../chain/chain.ts';
import { dirname } from '../../files.ts';
import { EditBatch } from '../../go/edit/edit-batch.ts';
import type { Repo } from '../../go/repo/repo.ts';
import { Refusal } from '../../refusal.ts';
import { render } from '../../render.ts';
import type { Generation } from '../../sdk/generations.ts';
import { beforeMigrations, importInto } from '../handler/before-migrations.ts';
import type { HandlerShape } from '../handler/handler-shape.ts';
import { versionMapIn } from '../handler/version-map.ts';
import type { GenesisChoice } from './genesis-answers.ts';
import { nameIn } from './genesis-answers.ts';
import { moduleKey, moduleVersion, ownModule } from './module-version.ts';
import type { OwnGenesis } from './own-genesis.ts';
import { ownGenesis } from './own-genesis.ts';

/** What a step changes: whole texts by file, and notes for the user. */
interface Changed {
  readonly texts: Map<string, string>;
  readonly notes: string[];
}

/** The handler that a step writes into. */
interface Target {
  readonly repo: Repo;
  readonly chain: Chain;
  readonly changes: EditBatch;
  readonly sdk: Generation | null;
  readonly shape: HandlerShape;
}

/**
 * Writes into a new handler how modules start, above RunMigrations
 * (docs/background/sdk.md#the-version-map-in-a-handler). Gives the changed texts and notes on them.
 */
export function setGenesis(
  repo: Repo,
  chain: Chain,
  sdk: Generation | null,
  shape: HandlerShape | undefined,
  choices: readonly GenesisChoice[],
): Changed {
  const changes = new EditBatch(repo);
  const map = shape && versionMapIn(changes, shape);
  if (!shape || !map) throw withoutMigrations(choices);
  const target: Target = { repo, chain, changes, sdk, shape };
  const notes: string[] = [];
  const declared = new Set<string>();
  const steps = choices.map(choice => {
    const step = stepFor(target, choice);
    // Statements that serve several modules are written once.
    const before = step.before.filter(statement => !declared.has(statement));
    for (const statement of before) declared.add(statement);
    notes.push(noteOn(step.name, choice.start, shape.facts.path));
    return { ...step, before, map: map.name };
  });
  const text = render('genesis/start.go', { declared: map.declared ?? '', steps });
  if (!beforeMigrations(changes, shape, text))
    throw new Refusal(
      'the new handler runs the migrations in the middle of another statement, so nothing can be ' +
        'written above it; leave out --genesis and write it by hand',
      { file: shape.facts.path },
    );
  return { texts: changes.texts(), notes };
}

function withoutMigrations(choices: readonly GenesisChoice[]): Refusal {
  const names = choices.map(choice => nameIn(choice.module)).join(', ');
  return new Refusal(
    `the new handler does not run the migrations itself, so how ${names} ` +
      `start${choices.length === 1 ? 's' : ''} cannot be written there; ` +
      'leave out --genesis and write it by hand',
  );
}

/** What the template is given for one module. */
function stepFor(target: Target, { module, start }: GenesisChoice) {
  const { repo, chain, changes, shape } = target;
  const key = moduleKey(repo, changes, shape, module);
  const genesis = start === 'own' ? genesisFor(target, module, key) : undefined;
  if (genesis?.fails)
    importInto(repo, changes, shape, { path: 'fmt', alias: undefined }, dirname(shape.facts.path));
  const skip = start !== 'again';
  return {
    name: nameIn(module),
    key,
    skip,
    own: genesis !== undefined,
    version: skip ? moduleVersion(repo, chain, changes, shape, module, key) : '',
    ...(genesis ?? { variable: '', made: '', call: '', fails: false, dropped: false, before: [] }),
  };
}

function genesisFor(target: Target, module: StoreName, key: string): OwnGenesis {
  const own = ownModule(target.chain, module);
  const name = nameIn(module);
  if (!own)
    throw new Refusal(
      `the code of ${name} is not in this repository, so its genesis cannot be written; ` +
        `take ${name}=skip and initialise it in the handler by hand`,
    );
  return ownGenesis({ ...target, module: own, key });
}

function noteOn(name: string, start: GenesisChoice['start'], file: string): string {
  switch (start) {
    case 'skip':
      return `${name} gets no InitGenesis: its store stays empty until something writes there.`;
    case 'own':
      return `${name} starts with its default genesis until you change it in ${file}.`;
    case 'again':
      return (
        `${name} gets InitGenesis again, over what its store already holds: ` +
        'make sure that it can run twice.'
      );
  }
}
