import type { App } from '../../chain/chain.ts';
import type { Repo } from '../../go/repo/repo.ts';

/** What the source says of an app's node; each undefined where it does not. */
export interface DaemonFacts {
  readonly name: string | undefined;
  readonly home: string | undefined;
  /** What addresses of accounts begin with. */
  readonly prefix: string | undefined;
}

/** What the source says of an app's node. */
export function daemonOf(_repo: Repo, _app: App): DaemonFacts {
  return { name: undefined, home: undefined, prefix: undefined };
}
