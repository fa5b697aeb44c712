import { build } from './build.ts';
import type { RehearseOptions } from './options.ts';
import type { RehearsalFolder } from './rehearsal-folder.ts';
import type { Rehearsed } from './rehearsal-input.ts';
import { committedSource, workingSource } from './source-trees.ts';
import type { Steps } from './steps.ts';

/** The binaries of both versions. */
export interface Binaries {
  readonly old: string;
  readonly now: string;
}

/** Builds both versions, or takes what was built of the same content before; gives the binaries. */
export async function buildBoth(
  subject: Rehearsed,
  place: RehearsalFolder,
  options: Pick<RehearseOptions, 'build' | 'signal' | 'tell'>,
  steps: Steps,
): Promise<Binaries> {
  const { old, now } = subject;
  const [oldSource, newSource] = await steps.run('read', () =>
    Promise.all([committedSource(subject.root, subject.commit), workingSource(subject.root)]),
  );
  const remark = ({ cached }: { cached: boolean }) => (cached ? 'built before' : '');
  const common = { command: options.build, place, signal: options.signal, tell: options.tell };
  const progress = (step: string) => (text: string) => steps.goesOn(step, text);
  const oldBuilt = await steps.run(
    'build old',
    () =>
      build({
        what: 'old',
        source: oldSource,
        daemon: old.daemon,
        gomod: old.gomod,
        progress: progress('build old'),
        ...common,
      }),
    remark,
  );
  const newBuilt = await steps.run(
    'build new',
    () =>
      build({
        what: 'new',
        source: newSource,
        daemon: now.daemon,
        gomod: now.gomod,
        progress: progress('build new'),
        ...common,
      }),
    remark,
  );
  return { old: oldBuilt.binary, now: newBuilt.binary };
}
