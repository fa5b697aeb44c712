import type { Chain } from '../../chain/chain.ts';
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
import { ownGenesis } from './own-genesis.ts';

/**
 * Writes into a new handler how modules start, above RunMigrations
 * (docs/background/sdk.md#the-version-map-in-a-handler). Gives the changed texts and what to tell
 * of it.
 */
export function setGenesis(
  repo: Repo,
  chain: Chain,
  sdk: Generation | null,
  shape: HandlerShape | undefined,
  wishes: readonly GenesisChoice[],
): { texts: Map<string, string>; notes: string[] } {
  const changes = new EditBatch(repo);
  const map = shape && versionMapIn(changes, shape);
  if (!shape || !map)
    throw new Refusal(
      `the new handler does not run the migrations itself, so how ${wishes.map(w => nameIn(w.module)).join(', ')} start${wishes.length === 1 ? 's' : ''} cannot be written there; leave out --genesis and write it by hand`,
    );
  const notes: string[] = [];
  const declared = new Set<string>();
  const steps = wishes.map(({ module, start }) => {
    const key = moduleKey(repo, changes, shape, module);
    const name = nameIn(module);
    const skip = start !== 'again';
    const own = start === 'own' ? ownModule(chain, module) : undefined;
    if (start === 'own' && !own)
      throw new Refusal(
        `the code of ${name} is not in this repository, so its genesis cannot be written; take ${name}=skip and initialise it in the handler by hand`,
      );
    const genesis = own && ownGenesis({ repo, changes, shape, module: own, sdk, key });
    const before = (genesis?.before ?? []).filter(statement => !declared.has(statement));
    before.forEach(statement => declared.add(statement));
    if (genesis?.fails)
      importInto(
        repo,
        changes,
        shape,
        { path: 'fmt', alias: undefined },
        dirname(shape.facts.path),
      );
    notes.push(said(name, start, shape.facts.path));
    return {
      name,
      key,
      map: map.name,
      skip,
      own: genesis !== undefined,
      version: skip ? moduleVersion(repo, chain, changes, shape, module, key) : '',
      ...(genesis ?? { variable: '', made: '', call: '', fails: false, dropped: false }),
      before,
    };
  });
  if (
    !beforeMigrations(
      changes,
      shape,
      render('genesis/start.go', { declared: map.declared ?? '', steps }),
    )
  )
    throw new Refusal(
      `the new handler runs the migrations in the middle of another statement, so nothing can be written above it; leave out --genesis and write it by hand`,
      { file: shape.facts.path },
    );
  return { texts: changes.texts(), notes };
}

function said(name: string, start: GenesisChoice['start'], file: string): string {
  switch (start) {
    case 'skip':
      return `${name} gets no InitGenesis: its store stays empty until something writes there.`;
    case 'own':
      return `${name} starts with its default genesis until you change it in ${file}.`;
    case 'again':
      return `${name} gets InitGenesis again, over what its store holds already: make sure that it stands that.`;
  }
}
