import { readErasOf } from '../../core/chain/eras/eras.ts';
import { Refusal } from '../../core/refusal.ts';
import type { Log } from '../../host/commands/session.ts';
import { openSession } from '../../host/commands/session.ts';

/**
 * The release that supports an era first, as `Since` of the chain's repository in a folder has it: a
 * network keeps when an era begins, and not which release knows it. Throws `Refusal` where the folder
 * is no such repository, or does not tell.
 */
export async function releaseOfEra(era: string, dir: string, tell: Log): Promise<string> {
  const found = await sinceIn(era, dir, tell);
  if (found !== undefined) return found;
  throw new Refusal(
    `nothing here tells which release supports the era ${JSON.stringify(era)} first: ` +
      "add --release VERSION, as the chain's daemon says (era list)",
  );
}

async function sinceIn(era: string, dir: string, tell: Log): Promise<string | undefined> {
  try {
    const { chain, repo } = await openSession(dir, tell);
    const since = chain.apps.flatMap(app => readErasOf(repo, app)?.since.get(era) ?? []);
    const [only, ...others] = new Set(since);
    return others.length === 0 ? only : undefined;
  } catch (error) {
    // The command needs no repository.
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}
