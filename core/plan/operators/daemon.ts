import type { App } from '../../chain/chain.ts';
import { readDaemon } from '../../chain/daemon/daemon.ts';
import type { Repo } from '../../go/repo/repo.ts';

/** What the source says of an app's node; each undefined where it does not. */
export interface NodeProgram {
  /** What its binary is called. */
  readonly name: string | undefined;
  /** Its default home, as a shell writes it. */
  readonly home: string | undefined;
  /** What addresses of accounts begin with. */
  readonly prefix: string | undefined;
}

/** What the source says of an app's node. */
export function nodeProgram(repo: Repo, app: Pick<App, 'dir'>): NodeProgram {
  const daemon = readDaemon(repo, app);
  return {
    name: daemon?.name,
    home: daemon?.home?.replace(/^~/, '$HOME'),
    prefix: daemon?.prefix ?? undefined,
  };
}
