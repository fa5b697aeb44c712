import type { Handler } from '../../chain/app/handler-code.ts';
import {
  bodiesOf,
  entryWrites,
  handlersOf,
  migrationRuns,
  versionMapOf,
} from '../../chain/app/handler-code.ts';
import { stringValue } from '../../go/eval/value.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { Job } from './job.ts';

/**
 * Says which module versions every handler so far sets before it runs migrations: chains do that
 * for modules that they register by hand, whose versions no InitGenesis stores
 * (docs/background/sdk.md#fresh-chains). A new handler repeats nothing of what others do.
 */
export function setVersions({ repo, app, wiring }: Pick<Job, 'repo' | 'app' | 'wiring'>): string[] {
  const sets = handlersOf(repo, app, wiring)
    .filter(handler => migrationRuns(repo, handler).length > 0)
    .map(handler => versionsSetBy(repo, handler));
  const [first, ...others] = sets;
  // One handler may have done it once for all.
  if (!first || others.length === 0) return [];
  const always = [...first].filter(name => others.every(names => names.has(name)));
  if (always.length === 0) return [];
  const [versions, them] =
    always.length === 1
      ? [`the version of ${always[0]!}`, 'it']
      : [`the versions of ${always.join(', ')}`, 'them'];
  return [
    `Every handler so far sets ${versions} before it runs migrations, and the new one does not. ` +
      `If the network does not store ${them}, RunMigrations runs InitGenesis again: ` +
      `set ${them} there too.`,
  ];
}

/** The modules whose entries in the version map a handler sets, by name or by constant. */
function versionsSetBy(repo: Repo, handler: Handler): ReadonlySet<string> {
  const map = versionMapOf(handler);
  const own = bodiesOf(repo, handler).filter(({ via }) => via === undefined);
  const keys = own
    .flatMap(entryWrites)
    .filter(write => write.map === map)
    .flatMap(({ key }) => {
      const value = stringValue(repo, key);
      if (value.kind === 'unknown') return [];
      return [value.kind === 'known' ? value.value : value.const.replace(/^.*\/x\//, 'x/')];
    });
  return new Set(keys);
}
