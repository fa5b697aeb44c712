import { git } from '../../host/git/git.ts';

/** A commit of the main line and the one before it there. */
export interface Step {
  readonly before: string;
  readonly after: string;
}

/**
 * Steps of the main line up to `head` after which upgrades may be registered otherwise, newest
 * first: Go in a path that speaks of upgrades is touched, or a line of app.go that does.
 */
export async function stepsOf(repository: string, head: string): Promise<Step[]> {
  // A merge is compared with the main line only.
  const log = (...more: string[]) =>
    git(repository, [
      'log',
      '--first-parent',
      '-m',
      '--no-renames',
      '--name-only',
      '--format=%x00%H %P',
      ...more,
    ]);
  const texts = await Promise.all([
    log(head, '--', ':(icase)*upgrade*.go'),
    log('-i', '-Gupgrade', head, '--', '*/app.go', 'app.go'),
  ]);
  const found = new Map(
    texts
      .flatMap(text => text.toString().split('\0').slice(1))
      .flatMap((record): [string, Step][] => {
        const [commits = '', ...files] = record.split('\n').filter(Boolean);
        const [after, before] = commits.split(' ');
        return after && before && files.some(file => !file.endsWith('_test.go'))
          ? [[after, { before, after }]]
          : [];
      }),
  );
  const order = await git(repository, ['rev-list', '--first-parent', head]);
  return order
    .toString()
    .split('\n')
    .flatMap(commit => found.get(commit) ?? []);
}
